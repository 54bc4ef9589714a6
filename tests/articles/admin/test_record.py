"""The record of a story as a page."""

from datetime import timedelta

import pytest
from django.test import Client

from articles.admin import panels
from articles.desk import workflow
from articles.desk.following_up import sweep
from articles.desk.record import write_event
from articles.desk.refusals import Refused
from articles.models import Story
from tests.articles.admin.desk_pages import in_situation, signed_in, url
from tests.articles.desk.test_verification import by_sql
from tests.newsdesk import NOW, Cast, draft, published, scheduled

LATER = NOW + timedelta(hours=1)


def page(client: Client, story: Story, query: str = "") -> str:
    return client.get(url("record", story) + query).content.decode()


class TestThePage:
    def test_lists_every_event_in_order_with_what_proves_it(self, cast: Cast) -> None:
        story = in_situation(cast, "live")
        shown = page(signed_in(cast.editor), story)
        places = [shown.index(f'id="event-{number}"') for number in range(1, 6)]
        assert places == sorted(places)
        assert "<strong>Manager</strong> approved revision 2" in shown
        assert story.revisions.get(number=2).hash[:12] in shown
        assert all(event.hash[:12] in shown for event in story.events.all())
        assert "Chain verified" in shown

    def test_tells_refusals_apart(self, cast: Cast) -> None:
        story = draft(cast.editor)
        with pytest.raises(Refused):
            workflow.perform(story, "approve", by=cast.editor, now=NOW, revision=1)
        shown = page(signed_in(cast.editor), story)
        assert shown.count('class="refused"') == 1
        assert "Refused</span> <strong>Editor</strong> was refused: approve" in shown

    def test_says_that_the_clock_did_it(self, cast: Cast) -> None:
        story = scheduled(cast, at=LATER)
        sweep(LATER)
        shown = page(signed_in(cast.editor), story)
        assert "<strong>The clock</strong> put revision 1 before readers, as scheduled" in shown

    def test_names_what_was_altered(self, cast: Cast) -> None:
        story = published(cast)
        by_sql("UPDATE articles_storyevent SET note = 'Forged' WHERE number = 3")
        shown = page(signed_in(cast.manager), story)
        assert "Chain verified" not in shown
        assert "Event 3 (approve) was altered: it does not match its own hash." in shown

    def test_goes_on_a_hundred_at_a_time(self, cast: Cast) -> None:
        story = draft(cast.editor)
        for _ in range(149):
            write_event(story, "reply", by=cast.editor, now=NOW, note="And another thing.")
        client = signed_in(cast.editor)
        first, second = page(client, story), page(client, story, "?after=100")
        assert 'id="event-100"' in first and 'id="event-101"' not in first
        assert 'href="?after=100"' in first
        assert 'id="event-101"' in second and 'id="event-150"' in second and 'id="event-100"' not in second
        assert "Chain verified" in second

    @pytest.mark.parametrize("after", ["x", "-1", "9" * 30, "%00", "١", ""])
    def test_has_no_page_that_never_was(self, after: str, cast: Cast) -> None:
        story = draft(cast.editor)
        assert signed_in(cast.editor).get(url("record", story) + f"?after={after}").status_code == 404

    def test_asks_no_more_for_many_events_than_for_few(
        self, cast: Cast, django_assert_max_num_queries
    ) -> None:
        story = draft(cast.editor)
        for _ in range(60):
            write_event(story, "reply", by=cast.editor, now=NOW, note="And another thing.")
        client = signed_in(cast.editor)
        with django_assert_max_num_queries(13):
            page(client, story)

    def test_is_reached_from_the_review_page_and_the_revisions(self, cast: Cast) -> None:
        story, client = draft(cast.editor), signed_in(cast.editor)
        for name in ("review", "revisions"):
            assert f'href="{url("record", story)}"' in client.get(url(name, story)).content.decode()

    def test_has_room_for_what_others_know(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        panel = panels.Panel("Who was told", [(NOW, "1,200 subscribers by mail")])
        monkeypatch.setattr(panels, "PANELS", [lambda story: panel])
        shown = page(signed_in(cast.editor), draft(cast.editor))
        assert "Who was told</h2>" in shown and "1,200 subscribers by mail" in shown


class TestWhoMaySee:
    def test_is_whoever_may_know_of_the_story(self, cast: Cast) -> None:
        story = draft(cast.editor)
        Story.objects.filter(pk=story.pk).update(restricted=True)
        assert signed_in(cast.editor).get(url("record", story)).status_code == 200
        assert signed_in(cast.second_editor).get(url("record", story)).status_code == 404
