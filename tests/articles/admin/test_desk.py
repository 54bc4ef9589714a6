"""My desk and the queue."""

from datetime import timedelta

import pytest

from articles.desk import workflow
from articles.models import Story
from tests.articles.admin.desk_pages import LATER, post, seen, signed_in
from tests.newsdesk import (
    NOW,
    Cast,
    approve,
    approved,
    change,
    draft,
    published,
    scheduled,
    section,
    submitted,
    taken_down,
)

QUEUE = "/admin/articles/story/queue/"


def desk(person: object) -> dict[str, list[str]]:
    """The piles of a person's desk, by name: the headlines in each."""
    answer = signed_in(person).get("/admin/")  # type: ignore[arg-type]
    assert answer.status_code == 200
    piles = answer.context["piles"]
    return {pile.name: [str(row) for row in (*pile.stories, *pile.editions)] for pile in piles}


def pile(person: object, name: str) -> str:
    """One pile as it stands on the page."""
    page = signed_in(person).get("/admin/").text  # type: ignore[arg-type]
    return page.partition(f'id="pile-{name}"')[2].partition("</section>")[0]


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
        told = pile(cast.editor, "sent-back")
        assert "Who pays?" in told and "Sent back by Manager <time" in told
        post(cast.editor, story, "submit")
        assert desk(cast.editor)["sent-back"] == []

    def test_a_story_on_hold_is_marked_wherever_it_lies(self, cast: Cast) -> None:
        held = submitted(cast)
        workflow.perform(held, "hold", by=cast.manager, now=NOW, note="The lawyer reads it.")
        for person, name in ((cast.editor, "mine"), (cast.manager, "to-review")):
            assert "mark-warning" in pile(person, name) and "On hold" in pile(person, name)

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

    def test_of_a_manager_tells_what_is_owed_and_held(self, cast: Cast) -> None:
        rushed, held = draft(cast.editor, headline="Rushed"), draft(cast.editor, headline="Stopped")
        workflow.perform(
            rushed, "publish_unreviewed", by=cast.manager, now=NOW, note="It was noon.", revision=1
        )
        workflow.perform(held, "hold", by=cast.manager, now=NOW, note="The lawyer reads it.")
        piles = desk(cast.second_manager)
        assert (piles["owed"], piles["held"]) == (["Rushed"], ["Stopped"])
        page = signed_in(cast.second_manager).get("/admin/").text
        assert "It was noon." in page
        assert "The lawyer reads it." in page
        assert "Another manager has to" not in page
        assert "Another manager has to sign it" in signed_in(cast.manager).get("/admin/").text
        assert "owed" not in desk(cast.editor)

    def test_of_a_manager_holds_what_is_approved_until_it_is_out_or_scheduled(self, cast: Cast) -> None:
        tomorrow = NOW + timedelta(days=1)
        approved(cast, headline="New")
        update = published(cast, headline="Out", now=NOW - timedelta(days=1))
        change(update, by=cast.editor, now=NOW, kicker="Records", change_kind="update")
        workflow.perform(update, "submit", by=cast.editor, now=NOW)
        approve(update, cast, now=LATER)
        stopped = scheduled(cast, at=tomorrow, headline="Stopped")
        workflow.perform(stopped, "hold", by=cast.manager, now=NOW, note="The lawyer reads it.")
        scheduled(cast, at=tomorrow, headline="Planned")
        published(cast, headline="Done")
        taken_down(cast, headline="Withdrawn")
        assert sorted(desk(cast.second_manager)["approved"]) == ["New", "Out", "Stopped"]
        told = pile(cast.second_manager, "approved")
        assert "Approved by Manager <time" in told
        assert told.count("On hold") == 1
        all_of_them = signed_in(cast.second_manager).get("/admin/articles/story/?desk=approved").text
        assert "3 stories" in all_of_them
        assert "approved" not in desk(cast.editor)

    def test_says_how_long_a_signature_has_been_owed_and_how_many_are(self, cast: Cast) -> None:
        for days in range(1, 8):
            story, then = draft(cast.editor, headline=f"Rushed {days}"), NOW - timedelta(days=days)
            workflow.perform(story, "publish_unreviewed", by=cast.manager, now=then, note="Noon.", revision=1)
            change(story, by=cast.editor, now=LATER, kicker="Records")
        owed = pile(cast.second_manager, "owed")
        assert owed.index("Rushed 7") < owed.index("Rushed 3")
        assert "Rushed 2" not in owed
        assert "Published without review by Manager <time" in owed
        assert ">16 Nov, 09:30</time>" in owed
        assert "just now" not in owed
        assert ">See all 7<" in owed


class TestWhatIsOverdue:
    """Said in the same words and colour on every page of the desk that tells of a story."""

    MARK = '<span class="mark mark-warning">Overdue: due <time'

    @pytest.mark.parametrize("page", ["/admin/", QUEUE, "/admin/articles/story/"])
    def test_is_marked(self, page: str, cast: Cast) -> None:
        story = submitted(cast, due_at=NOW, assignee=cast.manager)
        client = signed_in(cast.manager)
        assert self.MARK in client.get(page).text
        Story.objects.filter(pk=story.pk).update(due_at=NOW + timedelta(days=1))
        assert "Overdue: due" not in client.get(page).text
        assert "<span>Due <time" in client.get(page).text

    @pytest.mark.parametrize("state", ["approved", "spiked"])
    def test_ends_when_it_is_done_or_given_up(self, state: str, cast: Cast) -> None:
        story = draft(cast.manager, due_at=NOW)
        assert self.MARK in signed_in(cast.manager).get("/admin/articles/story/").text
        Story.objects.filter(pk=story.pk).update(state=state)
        page = signed_in(cast.manager).get("/admin/articles/story/").text
        assert self.MARK not in page and "<span>Due <time" in page


class TestQueue:
    def test_holds_the_longest_wait_first(self, cast: Cast) -> None:
        submitted(cast, headline="Sent an hour ago", now=NOW - timedelta(hours=1))
        submitted(cast, headline="Sent a day ago", now=NOW - timedelta(days=1))
        draft(cast.editor, headline="Not sent")
        page = signed_in(cast.manager).get(QUEUE).content.decode()
        assert page.index("Sent a day ago") < page.index("Sent an hour ago")
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

    def test_says_who_is_reading_and_lets_another_take_over(self, cast: Cast) -> None:
        story = submitted(cast)
        post(cast.manager, story, "claim")
        page = signed_in(cast.manager).get(QUEUE).text
        assert "You are reading it" in page and "Leave it to others" in page
        page = signed_in(cast.second_manager).get(QUEUE).text
        assert "Manager is reading it" in page and "Leave it to others" not in page
        answer = post(cast.second_manager, story, "claim", back="queue")
        assert (answer.status_code, answer["Location"]) == (302, QUEUE)
        assert "Second Manager is reading it" in signed_in(cast.manager).get(QUEUE).text

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

    def test_shows_a_hundred_and_leads_to_the_others_as_they_were_asked_for(self, cast: Cast) -> None:
        Story.objects.bulk_create(
            Story(headline=f"Story {number:03}", state="in_review", due_at=NOW - timedelta(minutes=number))
            for number in range(103)
        )
        client = signed_in(cast.manager)
        first = client.get(f"{QUEUE}?due=overdue&sort=due").text
        assert "Story 102" in first and "Story 002" not in first
        assert "1 to 100 of 103" in first
        assert 'href="?due=overdue&amp;sort=due&amp;page=2"' in first
        last = client.get(f"{QUEUE}?due=overdue&sort=due&page=2").text
        assert "Story 102" not in last and "Story 002" in last

    @pytest.mark.parametrize(
        ("asked", "kept"),
        [
            ("section=local-government&sort=due&page=2", "section=local-government&sort=due&page=2"),
            ("section=elsewhere&due=overdue&next=//a.example/", "due=overdue"),
            ("//a.example/", ""),
            ("page=two&sort=%0d%0aSet-Cookie:a", ""),
            ("", ""),
        ],
    )
    def test_is_as_it_was_after_taking_a_story(self, asked: str, kept: str, cast: Cast) -> None:
        story = submitted(cast)
        page = signed_in(cast.manager).get(f"{QUEUE}?section=local-government&sort=due").text
        assert 'name="asked" value="section=local-government&amp;sort=due"' in page
        for act in ("claim", "unclaim"):
            answer = post(cast.manager, story, act, back="queue", asked=asked)
            assert (answer.status_code, answer["Location"]) == (302, f"{QUEUE}?{kept}".rstrip("?"))

    def test_empty(self, cast: Cast) -> None:
        assert b"Nothing waits for review." in signed_in(cast.manager).get(QUEUE).content
