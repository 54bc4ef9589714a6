"""Moving a scheduled story from the calendar: by managers, at once, or not at all."""

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse

from accounts.models import User
from articles.desk import workflow
from articles.models import Edition, Story, StoryEvent
from tests.articles.admin.desk_pages import LATER, seen, signed_in, url
from tests.newsdesk import Cast, approved, change, published, scheduled

CALENDAR = "/admin/articles/story/calendar/"
PLANNED = datetime(2026, 11, 26, 6, tzinfo=UTC)
MOVED = "2026-11-27T07:15"


@pytest.fixture
def story(cast: Cast) -> Story:
    return scheduled(cast, at=PLANNED, slug="planned")


def goes_out(story: Story) -> list[datetime]:
    return [edition.published_at for edition in Edition.objects.scheduled(LATER).filter(story=story)]


def move(person: User, story: Story, back: str = "", **data: Any) -> HttpResponse:
    """Send the form as its page shows it, with `data` typed."""
    planned = story.editions.order_by("-pk").first()
    sent = {**seen(story), "moves": planned.pk if planned else 0, **data}
    address = url("move", story) + (f"?{urlencode({'next': back})}" if back else "")
    return signed_in(person).post(address, sent)  # type: ignore[return-value]


class TestAMove:
    @pytest.mark.parametrize(("which", "clock"), [("0", "BST"), ("1", "GMT")])
    def test_to_a_time_that_comes_twice_says_everywhere_which(
        self, which: str, clock: str, story: Story, cast: Cast
    ) -> None:
        move(cast.manager, story, **{"at": "2027-10-31T01:30", "at-which": which})
        client = signed_in(cast.manager)
        pages = [client.get(page).text for page in ("/admin/", url("review", story), url("move", story))]
        assert [f"31 October 2027, 01:30 {clock}" in page for page in pages] == [True] * 3

    def test_sets_the_new_time_and_leads_back_with_the_message(self, story: Story, cast: Cast) -> None:
        back = f"{CALENDAR}?week=2026-W48"
        answer = move(cast.second_manager, story, back, at=MOVED)
        assert (answer.status_code, answer["Location"]) == (302, back)
        assert goes_out(story) == [datetime(2026, 11, 27, 7, 15, tzinfo=UTC)]
        done = StoryEvent.objects.filter(story=story).order_by("-pk")[:2]
        assert [event.act for event in done] == ["schedule", "unschedule"]

    def test_says_when_it_goes_out(self, story: Story, cast: Cast) -> None:
        client = signed_in(cast.manager)
        data = {**seen(story), "moves": story.editions.get().pk, "at": "2027-07-01T06:00"}
        page = client.post(url("move", story), data, follow=True).text
        assert "has been moved. It goes out 1 July 2027, 06:00." in page
        assert goes_out(story) == [datetime(2027, 7, 1, 5, tzinfo=UTC)]

    def test_opens_on_the_time_that_is_set(self, story: Story, cast: Cast) -> None:
        page = signed_in(cast.manager).get(url("move", story)).text
        assert 'value="2026-11-26T06:00"' in page
        assert "It goes out <strong>26 November 2026, 06:00</strong>." in page

    @pytest.mark.parametrize(
        "back",
        [
            *(
                "https://evil.example/",
                "//evil.example/admin/articles/story/calendar/",
                "/admin/",
                "javascript:alert(1)",
            ),
            *(f"{CALENDAR}?month=13", f"{CALENDAR}/../?month=2026-11", "\r\nSet-Cookie: a=b", ""),
        ],
    )
    def test_leads_to_the_calendar_and_nowhere_else(self, back: str, story: Story, cast: Cast) -> None:
        assert move(cast.manager, story, back, at=MOVED)["Location"] == CALENDAR

    def test_keeps_what_readers_have_until_then(self, cast: Cast) -> None:
        story = published(cast)
        change(story, by=cast.editor, now=LATER, standfirst="It was ten.", change_kind="update")
        workflow.perform(story, "submit", by=cast.editor, now=LATER)
        workflow.perform(story, "approve", by=cast.manager, now=LATER, revision=story.version)
        workflow.perform(story, "schedule", by=cast.manager, now=LATER, at=PLANNED)
        assert move(cast.manager, story, at=MOVED).status_code == 302
        assert Edition.objects.live(PLANNED).get(story=story).standfirst == "A single store replaces eleven."
        after = PLANNED + timedelta(days=2)
        assert Edition.objects.live(after).get(story=story).standfirst == "It was ten."


class TestARefusedMove:
    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ({"at": ""}, "Say when the story is to go out."),
            ({"at": "tomorrow"}, "This is no date and time."),
            ({"at": "2026-11-20T06:00"}, "This time has passed."),
            ({"at": "2027-03-28T01:30"}, "there is no 01:30. Choose another time."),
            ({"at": "2027-10-31T01:30"}, "01:30 comes twice. Say which one is meant."),
            ({"at": "9999-12-31T23:59"}, "Check the year."),
            ({"at": "2026-11-26T05:00"}, "under embargo until 26 November 2026, 05:30"),
        ],
    )
    def test_says_why_at_the_field_and_keeps_everything(
        self, typed: dict[str, str], sentence: str, story: Story, cast: Cast
    ) -> None:
        Story.objects.filter(pk=story.pk).update(embargo_at=PLANNED - timedelta(minutes=30))
        answer = move(
            cast.manager, story, f"{CALENDAR}?day=2026-11-26", note="The minister is late.", **typed
        )
        assert answer.status_code == 422
        page = answer.text
        field = page.partition('<div class="act-field has-errors">')[2].partition("</div>")[0]
        assert sentence in field
        assert "Nothing has changed: it goes out 26 November 2026, 06:00." in page
        assert "The minister is late." in page
        assert typed["at"] in page
        assert "day%3D2026-11-26" in page
        assert goes_out(story) == [PLANNED]

    def test_that_an_editor_asks_for_is_on_record(self, story: Story, cast: Cast) -> None:
        answer = move(cast.editor, story, at=MOVED)
        assert answer.status_code == 403
        assert "Only managers can do this." in answer.text
        assert goes_out(story) == [PLANNED]
        assert StoryEvent.objects.filter(story=story, refusal="Only managers can do this.").exists()

    def test_after_somebody_else_moved_it_shows_where_it_is_now(self, story: Story, cast: Cast) -> None:
        first = story.editions.get()
        workflow.perform(story, "schedule", by=cast.second_manager, now=LATER, at=PLANNED + timedelta(days=4))
        answer = move(cast.manager, story, moves=first.pk, at=MOVED)
        assert answer.status_code == 409
        assert "Somebody moved or cancelled the publication" in answer.text
        assert "Nothing has changed: it goes out 30 November 2026, 06:00." in answer.text
        assert f'value="{MOVED}"' in answer.text
        assert goes_out(story) == [PLANNED + timedelta(days=4)]
        assert move(cast.manager, story, at=MOVED).status_code == 302

    def test_of_what_was_cancelled_schedules_nothing(self, story: Story, cast: Cast) -> None:
        first = story.editions.get()
        workflow.perform(story, "unschedule", by=cast.second_manager, now=LATER)
        answer = move(cast.manager, story, moves=first.pk, at=MOVED)
        assert answer.status_code == 409
        assert MOVED in answer.text
        assert goes_out(story) == []

    def test_of_what_was_saved_since_is_told(self, story: Story, cast: Cast) -> None:
        data = {**seen(story), "moves": story.editions.get().pk, "at": MOVED}
        change(story, by=cast.editor, now=LATER, standfirst="Twelve.")
        answer = signed_in(cast.manager).post(url("move", story), data)
        assert answer.status_code == 403
        assert "The story is draft." in answer.text


class TestThePage:
    def test_is_closed_where_nothing_is_scheduled(self, cast: Cast) -> None:
        answer = signed_in(cast.manager).get(url("move", approved(cast)))
        assert answer.status_code == 403
        assert "Nothing is scheduled." in answer.text
        assert 'name="at"' not in answer.text

    def test_is_not_there_for_who_may_not_know_of_the_story(self, story: Story, cast: Cast) -> None:
        Story.objects.filter(pk=story.pk).update(restricted=True)
        for answer in (signed_in(cast.manager).get(url("move", story)), move(cast.manager, story, at=MOVED)):
            assert answer.status_code == 404
        assert goes_out(story) == [PLANNED]

    @pytest.mark.parametrize("object_id", ["0", "x", "99999999999999999999", "1_2f"])
    def test_of_no_story_is_not_there(self, object_id: str, cast: Cast) -> None:
        assert signed_in(cast.manager).get(url("move", object_id)).status_code == 404
