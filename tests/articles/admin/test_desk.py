"""My desk and the queue."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from articles.desk import workflow
from articles.models import Story
from tests.articles.admin.desk_pages import post, seen, signed_in
from tests.newsdesk import NOW, Cast, change, draft, published, scheduled, section, submitted, taken_down

QUEUE = "/admin/articles/story/queue/"


def desk(person: object) -> dict[str, list[str]]:
    """The piles of a person's desk, by name: the headlines in each."""
    answer = signed_in(person).get("/admin/")  # type: ignore[arg-type]
    assert answer.status_code == 200
    piles = answer.context["piles"]
    return {pile.name: [str(row) for row in (*pile.stories, *pile.editions)] for pile in piles}


class TestMyDesk:
    def test_of_an_editor(self, cast: Cast) -> None:
        draft(cast.editor, headline="Mine")
        draft(cast.second_editor, headline="Theirs")
        given = draft(cast.second_editor, headline="Given to me")
        Story.objects.filter(pk=given.pk).update(assignee=cast.editor)
        away = draft(cast.editor, headline="Given away")
        Story.objects.filter(pk=away.pk).update(assignee=cast.second_editor)
        scheduled(cast, headline="Planned", at=NOW + timedelta(days=1))
        published(cast, headline="Printed")
        taken_down(cast, headline="Withdrawn")
        assert desk(cast.editor) == {
            "sent-back": [],
            "mine": ["Given to me", "Mine"],
            "scheduled": ["Planned"],
            "live": ["Printed"],
        }

    def test_of_a_manager_begins_with_the_queue(self, cast: Cast) -> None:
        submitted(cast, headline="Waiting")
        assert list(desk(cast.manager)) == ["to-review", "sent-back", "mine", "scheduled", "live"]
        assert desk(cast.manager)["to-review"] == ["Waiting"]

    def test_of_an_administrator_holds_no_story(self, cast: Cast) -> None:
        published(cast)
        assert desk(cast.administrator) == {}

    def test_lists_what_there_is_to_manage_for_whom_no_story_lies_there(self, cast: Cast) -> None:
        assert 'class="app-list"' in signed_in(cast.administrator).get("/admin/").content.decode()
        assert 'class="app-list"' not in signed_in(cast.manager).get("/admin/").content.decode()

    def test_a_story_sent_back_lies_there_with_its_note_until_it_is_sent_again(self, cast: Cast) -> None:
        story = submitted(cast, headline="Back again")
        post(cast.manager, story, "request_changes", note="Who pays?", **seen(story))
        change(story, by=cast.editor, now=NOW, standfirst="The county pays.")
        assert desk(cast.editor)["sent-back"] == ["Back again"]
        assert desk(cast.second_editor)["sent-back"] == []
        page = signed_in(cast.editor).get("/admin/").content.decode()
        assert "Who pays?" in page
        post(cast.editor, story, "submit")
        assert desk(cast.editor)["sent-back"] == []

    def test_lists_are_short_and_lead_to_all(self, cast: Cast) -> None:
        for number in range(7):
            draft(cast.editor, headline=f"Story {number}")
        assert len(desk(cast.editor)["mine"]) == 5
        client = signed_in(cast.editor)
        assert 'href="/admin/articles/story/?mine=open"' in client.get("/admin/").content.decode()
        assert "7 stories" in client.get("/admin/articles/story/?mine=open").content.decode()

    def test_hides_what_is_restricted(self, cast: Cast) -> None:
        for story in (published(cast), scheduled(cast, at=NOW + timedelta(days=1)), submitted(cast)):
            Story.objects.filter(pk=story.pk).update(restricted=True)
        assert [names for names in desk(cast.second_manager).values() if names] == []

    def test_asks_as_much_for_fifty_stories_as_for_one(self, cast: Cast) -> None:
        client = signed_in(cast.manager)

        def count() -> int:
            with CaptureQueriesContext(connection) as queries:
                assert client.get("/admin/").status_code == 200
            return len(queries)

        submitted(cast, headline="One")
        draft(cast.manager, headline="Own")
        published(cast, headline="Out")
        scheduled(cast, headline="Planned", at=NOW + timedelta(days=1))
        one = count()
        for number in range(12):
            submitted(cast, headline=f"Waiting {number}")
            draft(cast.manager, headline=f"Own {number}")
            published(cast, headline=f"Out {number}")
            scheduled(cast, headline=f"Planned {number}", at=NOW + timedelta(days=1))
        assert count() == one <= 21  # five of them for what is late, six for alarms

    def test_of_a_manager_tells_what_is_owed_and_held(self, cast: Cast) -> None:
        rushed, held = draft(cast.editor, headline="Rushed"), draft(cast.editor, headline="Stopped")
        details = {"revision": 1}
        now = NOW
        workflow.perform(
            rushed, "publish_unreviewed", by=cast.manager, now=now, note="It was noon.", **details
        )
        workflow.perform(held, "hold", by=cast.manager, now=now, note="The lawyer reads it.")
        piles = desk(cast.second_manager)
        assert (piles["owed"], piles["held"]) == (["Rushed"], ["Stopped"])
        page = signed_in(cast.second_manager).get("/admin/").text
        assert "It was noon." in page
        assert "The lawyer reads it." in page
        assert "Another manager has to" not in page
        assert "Another manager has to sign it" in signed_in(cast.manager).get("/admin/").text
        assert "owed" not in desk(cast.editor)


class TestAlarms:
    def _words(self, person: User) -> str:
        return signed_in(person).get("/admin/").text

    def test_tell_managers_of_overdue_reviews(self, cast: Cast) -> None:
        submitted(cast, due_at=NOW - timedelta(hours=1))
        assert "Overdue for review" in self._words(cast.manager)
        assert "Overdue for review" not in self._words(cast.editor)

    def test_tell_of_signatures_long_owed(self, cast: Cast) -> None:
        story = draft(cast.editor)
        before = NOW - timedelta(days=2)
        workflow.perform(story, "publish_unreviewed", by=cast.manager, now=before, note="Noon.", revision=1)
        assert "still not countersigned" in self._words(cast.second_manager)

    def test_tell_where_nobody_is_left_to_approve(self, cast: Cast) -> None:
        submitted(cast, by=cast.manager)
        assert "no manager is left" not in self._words(cast.manager)
        User.objects.filter(pk=cast.second_manager.pk).update(is_active=False)
        assert "no manager is left" in self._words(cast.manager)

    def test_are_silent_on_a_good_day(self, cast: Cast) -> None:
        submitted(cast)
        assert "alarm-1" not in self._words(cast.manager)


class TestQueue:
    def test_holds_the_longest_wait_first(self, cast: Cast) -> None:
        submitted(cast, headline="Second", now=NOW - timedelta(hours=1))
        submitted(cast, headline="First", now=NOW - timedelta(days=1))
        draft(cast.editor, headline="Not sent")
        page = signed_in(cast.manager).get(QUEUE).content.decode()
        assert page.index("First") < page.index("Second")
        assert "Not sent" not in page
        assert "Sent by Editor" in page

    def test_says_what_presses(self, cast: Cast) -> None:
        submitted(cast, due_at=NOW - timedelta(hours=1), embargo_at=NOW + timedelta(days=1))
        page = signed_in(cast.manager).get(QUEUE).content.decode()
        assert "Overdue" in page
        assert "Embargo until 24 November 2026, 09:30" in page

    def test_says_which_ones_another_manager_has_to_approve(self, cast: Cast) -> None:
        submitted(cast, by=cast.manager)
        words = "You have worked on this one"
        assert words in signed_in(cast.manager).get(QUEUE).content.decode()
        assert words not in signed_in(cast.second_manager).get(QUEUE).content.decode()

    def test_work_that_has_been_published_counts_no_more(self, cast: Cast) -> None:
        story = published(cast, by=cast.second_manager)
        change(story, by=cast.editor, now=NOW, headline="Changed", change_kind="update")
        post(cast.editor, story, "submit")
        words = "You have worked on this one"
        assert words not in signed_in(cast.second_manager).get(QUEUE).content.decode()

    @pytest.mark.parametrize("who", ["editor", "contributor", "administrator"])
    def test_is_the_managers(self, who: str, cast: Cast) -> None:
        assert signed_in(getattr(cast, who)).get(QUEUE).status_code == 403

    def test_asks_as_much_for_many_as_for_one(self, cast: Cast) -> None:
        client = signed_in(cast.manager)

        def count() -> int:
            with CaptureQueriesContext(connection) as queries:
                client.get(QUEUE)
            return len(queries)

        submitted(cast)
        one = count()
        for number in range(20):
            submitted(cast, headline=f"Story {number}")
        assert count() == one <= 6

    def test_says_who_is_reading_and_takes_one_back_to_it(self, cast: Cast) -> None:
        story = submitted(cast)
        answer = post(cast.manager, story, "claim", back="queue")
        assert (answer.status_code, answer["Location"]) == (302, QUEUE)
        page = signed_in(cast.second_manager).get(QUEUE).text
        assert "Manager is reading it" in page
        assert "Leave it to others" in page

    @pytest.mark.parametrize(
        ("query", "left"),
        [
            ("section=health", ["Clinics"]),
            ("assignee=me", ["Given to me"]),
            ("assignee=nobody", ["Clinics", "Read", "Late"]),
            ("reading=me", ["Read"]),
            ("reading=nobody", ["Clinics", "Given to me", "Late"]),
            ("due=overdue", ["Late"]),
            ("section=no-such&due=never", ["Clinics", "Given to me", "Read", "Late"]),
            ("sort=due", ["Late", "Clinics", "Given to me", "Read"]),
        ],
    )
    def test_shows_what_is_asked_for(self, query: str, left: list[str], cast: Cast) -> None:
        submitted(cast, headline="Clinics", section=section("Health", "health"), now=NOW - timedelta(hours=4))
        submitted(cast, headline="Given to me", assignee=cast.manager, now=NOW - timedelta(hours=3))
        read = submitted(cast, headline="Read", now=NOW - timedelta(hours=2))
        workflow.perform(read, "claim", by=cast.manager, now=NOW)
        submitted(cast, headline="Late", due_at=NOW, now=NOW - timedelta(hours=1))
        answer = signed_in(cast.manager).get(f"{QUEUE}?{query}")
        assert [str(story) for story in answer.context["stories"]] == left

    def test_empty(self, cast: Cast) -> None:
        assert b"Nothing waits for review." in signed_in(cast.manager).get(QUEUE).content
