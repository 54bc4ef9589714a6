"""A story's mails on the desk: the numbers add up, and no address is told."""

import pytest

from alerts.models import Notice, State
from alerts.sending.books import books_of_story
from articles.models import Story
from tests.alerts.admin.mails import told
from tests.articles.admin.desk_pages import signed_in, url
from tests.newsdesk import Cast, draft, published

#: One more of each, so that no two can be mistaken for each other.
EACH = {state.value: number for number, state in enumerate(State, start=1)}


@pytest.fixture
def story(cast: Cast) -> Story:
    story = published(cast)
    told(story, **EACH)
    return story


def page(person: object, story: Story) -> str:
    answer = signed_in(person).get(f"/admin/alerts/stories/{story.pk}/")  # type: ignore[arg-type]
    assert answer.status_code == 200
    return answer.text


def test_the_numbers_add_up(story: Story):
    total = books_of_story(story.pk)
    assert total.add_up and total.eligible == sum(EACH.values())


def test_each_state_has_its_number_and_the_sum_stands_below(cast: Cast, story: Story):
    shown = page(cast.editor, story)
    for name, count in {
        "Accepted by the mail server": EACH["accepted"],
        "Waiting": EACH["ready"] + EACH["retry"] + EACH["sending"],
        "Uncertain": EACH["uncertain"],
        "Failed": EACH["failed"],
        "Not sent: the address gets no mail": EACH["suppressed"],
        "Cancelled": EACH["cancelled"],
        "Owed": sum(EACH.values()),
    }.items():
        assert f'<th scope="row">{name}</th><td>{count}</td>' in shown, name
    assert f"{sum(EACH.values())} told of the story." in shown


def test_why_mails_were_not_sent_is_told(cast: Cast, story: Story):
    assert "no such mailbox" in page(cast.editor, story)


def test_numbers_that_do_not_add_up_are_not_hidden(cast: Cast, story: Story):
    Notice.objects.update(eligible=1000)
    assert "These numbers do not add up" in page(cast.editor, story)


def test_no_address_is_told(cast: Cast, story: Story):
    assert "@mail.example" not in page(cast.manager, story)


def test_only_who_may_settle_uncertain_ones_is_led_there(cast: Cast, story: Story):
    assert "Say what became of the uncertain ones" in page(cast.manager, story)
    assert "Say what became of the uncertain ones" not in page(cast.editor, story)


def test_a_story_that_is_hidden_from_one_is_not_there(cast: Cast, story: Story):
    Story.objects.update(restricted=True)
    assert signed_in(cast.second_editor).get(f"/admin/alerts/stories/{story.pk}/").status_code == 404


def test_where_nobody_was_to_be_told_it_says_so(cast: Cast):
    assert "No reader was to be told" in page(cast.editor, draft(cast.editor))


@pytest.mark.parametrize("where", ["record", "review"])
class TestBesideTheStory:
    def test_stands_how_many_were_told(self, cast: Cast, story: Story, where: str):
        shown = signed_in(cast.editor).get(url(where, story)).text
        assert f"Mails owed: {sum(EACH.values())}; accepted by the mail server: {EACH['accepted']}" in shown
        assert f'href="/admin/alerts/stories/{story.pk}/"' in shown

    def test_stands_nothing_where_nobody_was_to_be_told(self, cast: Cast, where: str):
        shown = signed_in(cast.editor).get(url(where, draft(cast.editor))).text
        assert "Readers told by mail" not in shown

    def test_a_contributor_sees_the_sum_and_is_led_nowhere(self, cast: Cast, where: str):
        story = published(cast, by=cast.contributor)
        told(story, accepted=2)
        shown = signed_in(cast.contributor).get(url(where, story)).text
        assert "Mails owed: 2" in shown and f'/admin/alerts/stories/{story.pk}/"' not in shown
