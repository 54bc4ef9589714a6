"""The tick that sends an update to readers who follow the story: in the form, beside the text, and in a sentence."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from articles.desk import workflow
from articles.models import Edition, Story
from articles.models.editions import FAR_FUTURE
from tests.articles.admin.desk_pages import review, url
from tests.articles.admin.posting import change, desk, filled
from tests.newsdesk import MINUTE, NOW, Cast, approve, draft, live, published, republished, scheduled
from tests.newsdesk import change as saved_by

pytestmark = pytest.mark.django_db

TICK = "Send this update to readers who follow it"
BESIDE = "Sent to readers who follow it"
TICKED = {"change_kind": "update", "tell_readers": "on"}


@pytest.fixture(autouse=True)
def _today() -> Any:
    with time_machine.travel(NOW + MINUTE, tick=False):
        yield


def save(cast: Cast, story: Story, **fields: Any) -> Any:
    story.refresh_from_db()
    return desk(cast.editor).post(change(story), filled(story, **fields))


def told(person: Any, story: Story) -> str:
    """The sentence on the review page; nothing where there is none."""
    found = re.search(
        r'<p class="telling"><strong>Once it is published:</strong> (.+?)</p>', review(person, story)
    )
    return found[1] if found else ""


def is_ticked(client: Client, path: str) -> bool:
    [tick] = re.findall(
        r'<input type="checkbox" name="tell_readers"[^>]*>', client.get(path).content.decode()
    )
    return "checked" in tick


class TestTheTick:
    def test_is_there_only_where_readers_had_the_story(self, cast: Cast) -> None:
        client = desk(cast.editor)
        for story in (draft(cast.editor), scheduled(cast, at=NOW + timedelta(days=1), headline="Ahead")):
            assert TICK not in client.get(change(story)).content.decode()
        story = published(cast, headline="Out")
        assert TICK in client.get(change(story)).content.decode()

    def test_is_saved_with_the_text_and_gone_once_it_is_published(self, cast: Cast) -> None:
        story = published(cast)
        save(cast, story, standfirst="Nine stores.", **TICKED)
        assert is_ticked(desk(cast.editor), change(story))
        assert story.revisions.get(number=2).as_dict()["tell_readers"] is True
        story.refresh_from_db()
        workflow.perform(story, "submit", by=cast.editor, now=NOW + MINUTE)
        approve(story, cast, now=NOW + MINUTE)
        workflow.perform(story, "publish", by=cast.manager, now=NOW + MINUTE)
        assert live(story, NOW + MINUTE).tell_readers
        assert not is_ticked(desk(cast.editor), change(story))

    def test_taken_away_takes_the_approval_with_it(self, cast: Cast) -> None:
        story = published(cast)
        save(cast, story, standfirst="Nine stores.", **TICKED)
        story.refresh_from_db()
        workflow.perform(story, "submit", by=cast.editor, now=NOW + MINUTE)
        approve(story, cast, now=NOW + MINUTE)
        save(cast, story)
        story.refresh_from_db()
        assert (story.state, story.version) == (Story.State.DRAFT, 3)
        assert "tell_readers" not in story.revisions.get(number=3).as_dict()

    @pytest.mark.parametrize("kind", ["typo", "clarification", "correction", "retraction"])
    def test_for_anything_but_an_update_is_an_issue_at_the_tick(self, cast: Cast, kind: str) -> None:
        story = published(cast)
        save(cast, story, standfirst="Nine.", change_kind=kind, public_note="It was nine.", tell_readers="on")
        page = desk(cast.editor).get(f"{change(story)}?check=review").content.decode()
        assert '<a href="#id_tell_readers">Only an update is sent to readers who follow it' in page
        assert 'id="id_tell_readers_error"' in page

    def test_alone_is_no_change_of_what_readers_have(self, cast: Cast) -> None:
        story = published(cast)
        answer = save(cast, story, **TICKED)
        story.refresh_from_db()
        assert (answer.status_code, story.version, story.state) == (302, 1, Story.State.APPROVED)

    def test_alone_is_a_change_of_what_is_only_scheduled(self, cast: Cast) -> None:
        story = published(cast)
        saved_by(story, by=cast.editor, now=NOW, standfirst="Nine stores.", change_kind="update")
        workflow.perform(story, "submit", by=cast.editor, now=NOW)
        approve(story, cast, now=NOW)
        workflow.perform(story, "schedule", by=cast.manager, now=NOW, at=NOW + timedelta(days=1))
        assert told(cast.manager, story) == "Readers are sent nothing."
        assert "Tick this to save" in save(cast, story, **TICKED).content.decode()
        save(cast, story, void_scheduled="on", **TICKED)
        assert not Edition.objects.scheduled(NOW).exists()
        assert told(cast.manager, story) == "Readers who follow it are told of this update."


class TestWhereItIsKept:
    def test_what_is_typed_and_not_saved(self, cast: Cast) -> None:
        story, client = published(cast), desk(cast.editor)
        assert (
            client.post(url("autosave", story), filled(story, standfirst="Nine.", **TICKED)).status_code
            == 200
        )
        assert TICK in [one.label for one in client.get(change(story)).context["offer"].differs]
        assert is_ticked(client, f"{change(story)}?recover=1")
        client.post(url("autosave", story), filled(story, standfirst="Nine.", change_kind="update"))
        assert not is_ticked(client, f"{change(story)}?recover=1")

    def test_what_is_typed_is_told_what_it_lacks(self, cast: Cast) -> None:
        story = published(cast)
        typed = filled(story, standfirst="Nine.", change_kind="typo", tell_readers="on")
        answer = desk(cast.editor).post(url("autosave", story), typed)
        assert "Only an update is sent to readers who follow it" in answer.content.decode()

    def test_a_save_that_came_too_late(self, cast: Cast) -> None:
        story = published(cast)
        late = filled(story, standfirst="Nine.", **TICKED)
        save(cast, story, standfirst="Nine.", change_kind="update")
        answer = desk(cast.second_editor).post(change(story), late)
        [differs] = answer.context["conflict"].differences
        assert (differs.label, "Yes" in differs.mine, "No" in differs.theirs) == (TICK, True, True)
        assert ("tell_readers", "on") in answer.context["conflict"].posted

    def test_going_back_to_an_older_text_leaves_it_as_it_is(self, cast: Cast) -> None:
        story = published(cast)
        save(cast, story, standfirst="Nine stores.", **TICKED)
        save(cast, story, standfirst="Ten stores.", change_kind="update")
        story.refresh_from_db()
        workflow.perform(story, "revert_to", by=cast.editor, now=NOW + MINUTE, number=2, revision=3)
        assert not story.tell_readers


class TestWhatIsReadBeforeDeciding:
    def test_of_a_story_nobody_has_read_is_that_followers_get_an_alert(self, cast: Cast) -> None:
        assert told(cast.manager, draft(cast.editor)) == "Readers who follow it are sent an alert."

    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ({}, "Who is told depends on the kind of change, and nobody has said that yet."),
            ({"change_kind": "typo"}, "Readers are sent nothing."),
            ({"change_kind": "update"}, "Readers are sent nothing."),
            (TICKED, "Readers who follow it are told of this update."),
            (
                {"change_kind": "correction", "public_note": "It was nine."},
                "Readers who were sent an earlier version are told of the correction.",
            ),
            (
                {"change_kind": "clarification", "public_note": "It is nine."},
                "Readers who were sent an earlier version are told of the clarification.",
            ),
        ],
    )
    def test_of_a_change_is_who_is_told_of_it(
        self, cast: Cast, fields: dict[str, str], sentence: str
    ) -> None:
        story = published(cast)
        save(cast, story, standfirst="Nine stores.", **fields)
        assert told(cast.manager, story) == sentence

    def test_is_nothing_where_readers_have_this_very_text(self, cast: Cast) -> None:
        assert told(cast.manager, published(cast)) == ""

    def test_is_the_tick_in_the_difference_and_beside_the_text(self, cast: Cast) -> None:
        story = published(cast)
        save(cast, story, standfirst="Nine stores.", **TICKED)
        page = review(cast.manager, story)
        assert f"<dt>{BESIDE}</dt><dd>Yes</dd>" in page
        assert f'<h3 class="difference-field">{BESIDE}</h3>' in page
        compared = desk(cast.manager).get(url("compare", story, 1, 2)).content.decode()
        assert f"{BESIDE}</h" in compared and ">Yes<" in compared
        assert f"<dt>{BESIDE}</dt>" not in review(cast.manager, published(cast, headline="Other"))

    def test_is_that_the_last_tick_is_not_one_of_this_change(self, cast: Cast) -> None:
        story = published(cast)
        republished(story, cast, now=NOW, headline="New", change_kind="update", tell_readers=True)
        save(cast, story, standfirst="Nine stores.", change_kind="update")
        assert "They are not told of this one." in review(cast.manager, story)

    def test_is_said_on_the_pages_of_grave_acts(self, cast: Cast) -> None:
        story = published(cast)
        taking = desk(cast.manager).get(url("act", story, "take_down")).content.decode()
        assert "Readers who were sent it are told that it was taken down." in taking
        save(cast, story, standfirst="Nine stores.", **TICKED)
        page = desk(cast.manager).get(url("act", story, "publish_unreviewed")).content.decode()
        assert "<dt>Who is told</dt><dd><p>Readers who follow it are told of this update.</p></dd>" in page


class TestReaders:
    def test_are_shown_nothing_of_the_tick(self, cast: Cast, client: Client) -> None:
        story = published(cast)
        republished(story, cast, now=NOW, standfirst="Nine stores.", change_kind="update", tell_readers=True)
        path = story.editions.get(superseded_at=FAR_FUTURE).get_absolute_url()
        for page in (path, f"{path}history/"):
            assert BESIDE not in client.get(page).content.decode()
