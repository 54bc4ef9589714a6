"""My desk and the queue."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Story
from tests.articles.admin.desk_pages import post, seen, signed_in
from tests.newsdesk import NOW, Cast, change, draft, published, scheduled, submitted, taken_down

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
        assert count() == one <= 13  # five of them for what is late


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
        assert count() == one <= 5

    def test_empty(self, cast: Cast) -> None:
        assert b"Nothing waits for review." in signed_in(cast.manager).get(QUEUE).content
