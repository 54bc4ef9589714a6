"""The calendar: what stands on which day, for whom, and how a busy month stays one page."""

from datetime import UTC, datetime, timedelta
from typing import Any

import html5lib
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from articles.desk import workflow
from articles.models import Story
from tests.articles.admin.desk_pages import LATER, signed_in
from tests.html import words
from tests.newsdesk import NOW, Cast, draft, published, republished, scheduled, section, taken_down

CALENDAR = "/admin/articles/story/calendar/"
DAY = timedelta(days=1)


def parsed(page: bytes) -> Any:
    return html5lib.parse(page, namespaceHTMLElements=False)


def shown(person: User, query: str = "?month=2026-11") -> dict[str, list[str]]:
    """What a person finds on each day that has anything, in words; the day as its link names it."""
    answer = signed_in(person).get(CALENDAR + query)
    assert answer.status_code == 200, answer
    days = {}
    for cell in parsed(answer.content).iter("td"):
        entries = [words(entry) for entry in cell.iter("li")]
        if entries:
            link = next(cell.iter("a")).get("href", "")
            days[link.partition("?day=")[2].partition("&")[0]] = entries
    return days


class TestWhatStandsOnADay:
    def test_each_sort_in_words_with_time_section_and_assignee(self, cast: Cast) -> None:
        scheduled(cast, at=datetime(2026, 11, 26, 6, tzinfo=UTC), headline="Planned", assignee=cast.editor)
        draft(cast.editor, headline="Embargoed", embargo_at=datetime(2026, 11, 27, 0, 1, tzinfo=UTC))
        draft(cast.editor, headline="To write", due_at=datetime(2026, 11, 27, 17, tzinfo=UTC))
        draft(cast.editor, headline="Too late", due_at=NOW)
        published(cast, headline="Out")
        assert shown(cast.editor) == {
            "2026-11-23": [
                "09:30 Overdue Too late Local Government Draft",
                "09:30 Published Out Local Government",
            ],
            "2026-11-26": ["06:00 Scheduled Planned Local Government Editor"],
            "2026-11-27": [
                "00:01 Embargo ends Embargoed Local Government Draft",
                "17:00 Due To write Local Government Draft",
            ],
        }

    def test_a_story_stands_wherever_something_happens_to_it(self, cast: Cast) -> None:
        at = datetime(2026, 11, 26, 6, tzinfo=UTC)
        scheduled(cast, at=at, headline="Twice", embargo_at=at)
        assert [entry[6:18] for entry in shown(cast.editor)["2026-11-26"]] == ["Embargo ends", "Scheduled Tw"]

    def test_an_update_says_so_and_what_was_taken_down_too(self, cast: Cast) -> None:
        story = published(cast, headline="Twice told")
        republished(
            story, cast, now=NOW + timedelta(minutes=5), standfirst="It was eleven.", change_kind="update"
        )
        taken_down(cast, headline="Gone", slug="gone")
        assert [entry[6:34] for entry in shown(cast.editor)["2026-11-23"]] == [
            "Published, taken down since ",
            "Published Twice told Local G",
            "Update published Twice told ",
        ]

    def test_what_is_on_hold_says_so_while_it_is_still_to_come(self, cast: Cast) -> None:
        published(cast, headline="Out and stopped")
        draft(cast.editor, headline="To write", due_at=LATER + DAY, slug="to-write")
        scheduled(cast, at=LATER + 2 * DAY, headline="Planned", embargo_at=LATER + 2 * DAY, slug="planned")
        for story in Story.objects.all():
            workflow.perform(story, "hold", by=cast.manager, now=NOW, note="The lawyer reads it.")
        assert shown(cast.editor) == {
            "2026-11-23": ["09:30 Published Out and stopped Local Government"],
            "2026-11-24": ["10:30 Due To write On hold Local Government Draft"],
            "2026-11-25": ["10:30 Embargo ends Planned On hold Local Government Approved"],
        }

    def test_what_was_cancelled_given_up_or_done_stands_nowhere(self, cast: Cast) -> None:
        cancelled = scheduled(cast, at=LATER + DAY, due_at=LATER + DAY)
        workflow.perform(cancelled, "unschedule", by=cast.manager, now=LATER)
        spiked = draft(cast.editor, due_at=LATER + DAY, embargo_at=LATER + DAY, slug="spiked")
        workflow.perform(spiked, "spike", by=cast.editor, now=LATER, note="Overtaken by events.")
        draft(cast.editor, embargo_at=NOW, slug="over")
        assert shown(cast.editor) == {}


class TestTheNewsroomsClock:
    @pytest.mark.parametrize(
        ("at", "day", "clock"),
        [
            (datetime(2026, 7, 1, 22, 59, tzinfo=UTC), "2026-07-01", "23:59 "),
            (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "2026-07-02", "00:30 "),
            (datetime(2026, 6, 30, 23, 0, tzinfo=UTC), "2026-07-01", "00:00 "),
            (datetime(2026, 11, 30, 23, 59, tzinfo=UTC), "2026-11-30", "23:59 "),
            (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "2026-10-25", "01:30 BST "),
            (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "2026-10-25", "01:30 GMT "),
            (datetime(2027, 3, 28, 22, 30, tzinfo=UTC), "2027-03-28", "23:30 BST "),
        ],
    )
    def test_says_which_day_it_is(self, at: datetime, day: str, clock: str, cast: Cast) -> None:
        story = draft(cast.editor)
        Story.objects.filter(pk=story.pk).update(due_at=at)
        found = shown(cast.editor, f"?month={day[:7]}")
        assert [*found] == [day]
        assert found[day][0].startswith(clock)

    def test_the_days_on_which_it_changes_say_so(self, cast: Cast) -> None:
        client = signed_in(cast.editor)
        assert client.get(f"{CALENDAR}?month=2026-10").text.count("Clocks go back") == 1
        assert client.get(f"{CALENDAR}?month=2027-03").text.count("Clocks go forward") == 1
        assert "Clocks go" not in client.get(f"{CALENDAR}?month=2026-11").text

    def test_the_present_month_and_day(self, cast: Cast) -> None:
        page = signed_in(cast.editor).get(CALENDAR)
        assert "<h1>November 2026</h1>" in page.text
        today = [cell for cell in parsed(page.content).iter("td") if "Today" in words(cell)]
        assert [words(cell) for cell in today] == ["Monday 23 November Today Nothing"]


class TestWhoSeesWhat:
    def test_a_contributor_finds_own_stories_only(self, cast: Cast) -> None:
        draft(cast.editor, headline="Theirs", due_at=LATER)
        draft(cast.contributor, headline="Mine", due_at=LATER, slug="mine")
        assert shown(cast.contributor) == {"2026-11-23": ["10:30 Due Mine Local Government Draft"]}

    @pytest.mark.parametrize("query", ["?month=2026-11", "?week=2026-W48", "?day=2026-11-26"])
    def test_nobody_but_those_named_learns_of_a_restricted_story(self, query: str, cast: Cast) -> None:
        story = scheduled(cast, at=datetime(2026, 11, 26, 6, tzinfo=UTC), due_at=LATER)
        Story.objects.filter(pk=story.pk).update(restricted=True, headline="The inquiry")
        story.restricted_to.add(cast.second_editor)
        known = {
            person.email.partition("@")[0]
            for person in (
                cast.contributor,
                cast.editor,
                cast.second_editor,
                cast.manager,
                cast.second_manager,
            )
            if "The inquiry" in signed_in(person).get(CALENDAR + query).text
        }
        assert known == {"editor", "second.editor"}

    def test_is_restricted_in_words(self, cast: Cast) -> None:
        draft(cast.editor, restricted=True, due_at=LATER)
        assert shown(cast.editor)["2026-11-23"] == [
            "10:30 Due Council puts its records in one place Restricted Local Government Draft"
        ]

    def test_only_managers_are_offered_to_move(self, cast: Cast) -> None:
        scheduled(cast, at=datetime(2026, 11, 26, 6, tzinfo=UTC))
        assert "/move/" in signed_in(cast.second_manager).get(CALENDAR).text
        assert "/move/" not in signed_in(cast.editor).get(CALENDAR).text


class TestAddresses:
    @pytest.mark.parametrize(
        ("query", "title"),
        [
            ("?month=2026-02", "February 2026"),
            ("?week=2026-W48", "Week 48: 23 to 29 November 2026"),
            ("?week=2026-W53", "Week 53: 28 December 2026 to 3 January 2027"),
            ("?day=2026-11-25", "Wednesday 25 November 2026"),
        ],
    )
    def test_show_what_they_name(self, query: str, title: str, cast: Cast) -> None:
        page = signed_in(cast.editor).get(CALENDAR + query)
        assert f"<h1>{title}</h1>" in page.text

    @pytest.mark.parametrize(
        "query",
        [
            *(
                "month=0000-01",
                "month=2026-13",
                "month=2026-00",
                "month=9999-12",
                "month=2026-1",
                "month=",
            ),
            *("week=9999-W53", "week=2027-W53", "week=0001-W01", "week=2026-48", "week=9999999999999999-W01"),
            *(
                "day=2026-02-30",
                "day=1899-12-31",
                "day=2026-11-25T06:00",
                "month=%D9%A2%D9%A0%D9%A2%D9%A6-11",
            ),
            *(
                "month=2026-11&month=2026-12",
                "month=2026-11&week=2026-W48",
                "week=-001-W01",
                "month=2026-11%0A",
            ),
        ],
    )
    def test_that_name_nothing_answer_404_with_a_sentence(self, query: str, cast: Cast) -> None:
        answer = signed_in(cast.editor).get(f"{CALENDAR}?{query}")
        assert answer.status_code == 404
        said = words(parsed(answer.content))
        assert any(told in said for told in ("There is no such", "Ask for one", "The calendar goes from")), (
            said
        )

    def test_lead_back_on_and_to_today(self, cast: Cast) -> None:
        section()
        page = signed_in(cast.editor).get(f"{CALENDAR}?month=2027-01&section=local-government&x=1").text
        assert 'month=2026-12&amp;section=local-government" rel="prev"' in page
        assert 'month=2027-02&amp;section=local-government" rel="next"' in page
        assert "?month=2026-11&amp;section=local-government" in page
        assert "?week=2026-W53&amp;section=local-government" in page

    @pytest.mark.parametrize(("query", "gone"), [("?month=1900-01", "prev"), ("?month=2199-12", "next")])
    def test_end_where_the_calendar_ends(self, query: str, gone: str, cast: Cast) -> None:
        assert f'rel="{gone}"' not in signed_in(cast.editor).get(CALENDAR + query).text

    def test_narrow_by_section_and_assignee(self, cast: Cast) -> None:
        draft(cast.editor, headline="Ours", due_at=LATER, assignee=cast.manager)
        health = section("Health", "health")
        draft(cast.editor, headline="Ward", due_at=LATER, section=health, slug="ward")
        assert [*shown(cast.manager, "?month=2026-11&section=health").values()] == [
            ["10:30 Due Ward Health Draft"]
        ]
        mine = [*shown(cast.manager, "?month=2026-11&assignee=me").values()]
        assert mine == [["10:30 Due Ours Local Government Draft Manager"]]
        assert len(shown(cast.manager, "?month=2026-11&section=nowhere")["2026-11-23"]) == 2


class TestABusyMonth:
    @pytest.fixture
    def busy(self, cast: Cast) -> list[Story]:
        """Sixty stories due on one day, half of them in review."""
        local = section()
        stories = [
            Story(
                headline=f"Story {n}",
                section=local,
                created_by=cast.editor,
                due_at=LATER + n * timedelta(minutes=1),
            )
            for n in range(60)
        ]
        return Story.objects.bulk_create(stories)

    def test_shows_some_of_a_day_and_leads_to_the_rest(self, busy: list[Story], cast: Cast) -> None:
        entries = shown(cast.editor)["2026-11-23"]
        assert [entry.partition(" Local")[0] for entry in entries] == [
            f"10:3{n} Due Story {n}" for n in range(4)
        ]
        page = signed_in(cast.editor).get(CALENDAR).text
        assert "56 more" in page
        assert len(shown(cast.editor, "?week=2026-W48")["2026-11-23"]) == 25
        assert signed_in(cast.editor).get(f"{CALENDAR}?day=2026-11-23").text.count('class="entry ') == 60

    @pytest.mark.parametrize("query", ["?month=2026-11", "?week=2026-W48", "?day=2026-11-23"])
    def test_costs_the_same_queries_as_a_quiet_one(self, query: str, cast: Cast, request: Any) -> None:
        scheduled(cast, at=LATER + timedelta(hours=2))
        client = signed_in(cast.manager)
        client.get(CALENDAR)
        with CaptureQueriesContext(connection) as quiet:
            client.get(CALENDAR + query)
        request.getfixturevalue("busy")
        for number in range(3):
            published(cast, slug=f"out-{number}")
        with CaptureQueriesContext(connection) as full:
            assert "Story 0" in client.get(CALENDAR + query).text
        assert len(full) == len(quiet) <= 8, [query["sql"] for query in full]

    def test_looks_through_no_table_from_end_to_end(self, cast: Cast) -> None:
        published(cast)
        with CaptureQueriesContext(connection) as ran:
            signed_in(cast.editor).get(CALENDAR)
        asked = {
            name: _plan(sql)
            for sql in (query["sql"] for query in ran)
            for name in INDEXES
            if _ranges(sql, name)
        }
        assert asked.keys() == INDEXES.keys()
        wanted = INDEXES | (ON_POSTGRESQL if connection.vendor == "postgresql" else {})
        assert [name for name, plan in asked.items() if wanted[name] not in plan] == [], asked


#: What the calendar looks for by time, and the index that finds it. SQLite takes those of times once it has statistics.
INDEXES = {
    '"articles_edition"."published_at"': "edition_published",
    '"articles_story"."due_at"': "story_state_updated",
    '"articles_story"."embargo_at"': "story_state_updated",
}
ON_POSTGRESQL = {
    '"articles_story"."due_at"': "story_due",
    '"articles_story"."embargo_at"': "story_embargo",
}


def _ranges(sql: str, name: str) -> bool:
    return f"{name} < '" in sql and f"{name} >= '" in sql


def _plan(sql: str) -> str:
    """How the database would run it, with sequential scans made dear, as a large table makes them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute(f"EXPLAIN {sql}")
        else:
            cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        return " ".join(str(row) for row in cursor.fetchall())
