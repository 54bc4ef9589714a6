"""What happens once after an edition began: done on time, once, and without holding up another story."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from articles.desk import following_up, workflow
from articles.desk.following_up import register, sweep
from articles.desk.intake import take_in
from articles.desk.lateness import late, lateness
from articles.desk.record import chain_hash
from articles.models import Edition, FollowUp, Story, StoryEvent, Sweep
from tests.newsdesk import MINUTE, NOW, Cast, change, hire, published, scheduled, section

LATER = NOW + timedelta(hours=1)
SECOND = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _own_effects(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but what the desk itself registers; what a test does is gone with it."""
    monkeypatch.setattr(following_up, "EFFECTS", {"appeared": following_up.EFFECTS["appeared"]})
    monkeypatch.setattr("articles.desk.lateness.EFFECTS", following_up.EFFECTS)


class Telling:
    """A side effect that notes for which editions it was called, and fails where it is told to."""

    def __init__(self, *failing: int) -> None:
        self.told: list[int] = []
        self.failing = set(failing)

    def __call__(self, edition: Edition, *, now: datetime) -> None:
        Story.objects.filter(pk=edition.story_id).update(kicker="Touched")
        if edition.pk in self.failing:
            raise ValueError("The printer is on fire.")
        self.told.append(edition.pk)


class TestAppearing:
    def test_is_put_on_record_as_of_when_readers_got_it(self, cast: Cast) -> None:
        story = scheduled(cast, at=LATER)
        sweep(LATER + 5 * MINUTE)
        event = story.events.latest("number")
        assert (event.act, event.actor, event.at, event.revision.number) == ("appeared", None, LATER, 1)
        assert event.details["edition"] == story.editions.get().pk
        assert event.hash == chain_hash(event)

    def test_is_not_told_before_its_time(self, cast: Cast) -> None:
        story = scheduled(cast, at=LATER)
        sweep(LATER - SECOND)
        assert not FollowUp.objects.exists()
        assert story.events.latest("number").act == "schedule"

    def test_is_told_once_however_often_a_worker_looks(self, cast: Cast) -> None:
        story = scheduled(cast, at=LATER)
        for minute in range(5):
            sweep(LATER + minute * MINUTE)
        assert story.events.filter(act="appeared").count() == 1

    def test_of_an_update_is_told_for_that_edition(self, cast: Cast) -> None:
        story = scheduled(cast, at=LATER)
        sweep(LATER)
        change(story, by=cast.editor, now=LATER, kicker="New", change_kind="update")
        workflow.perform(story, "submit", by=cast.editor, now=LATER)
        workflow.perform(story, "approve", by=cast.manager, now=LATER, revision=2)
        workflow.perform(story, "schedule", by=cast.manager, now=LATER, at=LATER + MINUTE)
        sweep(LATER + 2 * MINUTE)
        told = story.events.filter(act="appeared").order_by("number")
        assert [event.revision.number for event in told] == [1, 2]

    def test_says_nothing_of_what_a_person_published_at_once(self, cast: Cast) -> None:
        story = published(cast)
        sweep(NOW + MINUTE)
        assert not story.events.filter(act="appeared").exists()
        assert FollowUp.objects.get().done_at == NOW + MINUTE

    def test_says_nothing_of_an_import(self, cast: Cast) -> None:
        story = Story.objects.create(headline="From elsewhere", section=section(), body="<p>Text.</p>")
        take_in(story, now=NOW, published_at=NOW - MINUTE)
        sweep(NOW)
        assert not FollowUp.objects.exists()

    def test_says_nothing_of_what_was_cancelled(self, cast: Cast) -> None:
        story = scheduled(cast, at=LATER)
        workflow.perform(story, "unschedule", by=cast.manager, now=NOW)
        sweep(LATER + MINUTE)
        assert not FollowUp.objects.exists()


class TestASweep:
    def test_leaves_nothing_of_a_side_effect_that_raised(self, cast: Cast) -> None:
        edition = published(cast).editions.get()
        register("tell", Telling(edition.pk))
        swept = sweep(NOW)
        assert (swept.done, swept.failed) == (1, 1)
        assert Story.objects.get().kicker == ""
        failed = FollowUp.objects.get(name="tell")
        assert (failed.done_at, failed.attempts, failed.error) == (
            None,
            1,
            "ValueError: The printer is on fire.",
        )

    def test_tries_again_later_and_later(self, cast: Cast) -> None:
        edition = published(cast).editions.get()
        register("tell", Telling(edition.pk))
        pauses, now = [], NOW
        for _ in range(12):
            sweep(now)
            due = FollowUp.objects.get(name="tell").next_try_at
            assert sweep(due - SECOND).failed == 0
            pauses.append((due - now).total_seconds())
            now = due
        assert pauses[:4] == [15, 30, 60, 120]
        assert pauses[-1] == 3600

    def test_does_it_when_it_goes_through_at_last(self, cast: Cast) -> None:
        edition = published(cast).editions.get()
        tell = Telling(edition.pk)
        register("tell", tell)
        sweep(NOW)
        tell.failing.clear()
        sweep(NOW + MINUTE)
        done = FollowUp.objects.get(name="tell")
        assert (done.done_at, done.error, tell.told) == (NOW + MINUTE, "", [edition.pk])

    def test_stops_between_two_when_told_to(self, cast: Cast) -> None:
        for number in range(3):
            published(cast, headline=f"Story {number}")
        answers = iter([False, True])
        assert sweep(NOW, stopping=lambda: next(answers)).done == 1
        assert FollowUp.objects.open().count() == 2

    def test_goes_on_where_it_was_however_long_no_worker_ran(self, cast: Cast) -> None:
        sweep(NOW)
        story = scheduled(cast, at=LATER)
        sweep(NOW + timedelta(days=400))
        assert story.events.filter(act="appeared").count() == 1

    def test_of_a_new_side_effect_does_not_dig_up_the_past(self, cast: Cast) -> None:
        published(cast)
        tell = Telling()
        register("tell", tell, reach=timedelta(days=1))
        sweep(NOW + timedelta(days=3))
        assert tell.told == []

    def test_finds_what_was_committed_after_it_looked(self, cast: Cast) -> None:
        """A publication's transaction may end a little after the moment it publishes at."""
        sweep(NOW)
        Sweep.objects.update(until=NOW + MINUTE)
        published(cast)
        assert sweep(NOW + 2 * MINUTE).done == 1

    def test_asks_little_when_there_is_nothing_to_do(
        self, cast: Cast, django_assert_num_queries: Any
    ) -> None:
        for number in range(3):
            published(cast, headline=f"Story {number}")
        sweep(NOW + MINUTE)
        sweep(NOW + 2 * MINUTE)
        with django_assert_num_queries(3):
            sweep(NOW + 2 * MINUTE + SECOND)

    def test_reads_an_index_and_no_more_of_the_archive_than_an_hour(self, cast: Cast) -> None:
        published(cast)
        plan = following_up.without_follow_up("appeared", since=NOW, now=NOW).explain()
        if connection.vendor == "sqlite":  # PostgreSQL reads a table of one row whole
            assert (
                "SEARCH articles_edition USING INDEX edition_published (published_at>? AND published_at<?)"
                in plan
            )


class TestLateness:
    def test_begins_a_minute_after_the_edition_did(self, cast: Cast) -> None:
        story = scheduled(cast, at=LATER)
        assert late(LATER + 59 * SECOND, most=5) == []
        (one,) = late(LATER + 61 * SECOND, most=5)
        assert (one.edition.story_id, one.name, one.attempts) == (story.pk, "appeared", 0)
        found = lateness(LATER + 61 * SECOND)
        assert (found.overdue, found.failing, found.oldest, found.worker_is_silent) == (
            1,
            0,
            61 * SECOND,
            True,
        )

    def test_ends_when_it_is_done(self, cast: Cast) -> None:
        scheduled(cast, at=LATER)
        sweep(LATER + 2 * MINUTE)
        assert late(LATER + 3 * MINUTE, most=5) == []
        assert lateness(LATER + 3 * MINUTE).overdue == 0

    def test_shows_what_fails_at_once(self, cast: Cast) -> None:
        edition = published(cast).editions.get()
        register("tell", Telling(edition.pk))
        sweep(NOW)
        (one,) = late(NOW, most=5)
        assert (one.name, one.attempts, one.error) == ("tell", 1, "ValueError: The printer is on fire.")


@pytest.mark.django_db
class TestDrillB6:
    """A hundred stories due together, and one of them raises."""

    def test_the_others_are_done_on_time_and_one_alarm_is_raised(self, cast: Cast) -> None:
        stories = [scheduled(cast, at=LATER, headline=f"Story {number}") for number in range(100)]
        bad = stories[50].editions.get()
        tell = Telling(bad.pk)
        register("tell", tell)
        sweep(LATER + SECOND)
        assert Edition.objects.live(LATER + SECOND).count() == 100
        assert len(tell.told) == 99 and bad.pk not in tell.told
        assert StoryEvent.objects.filter(act="appeared").count() == 100
        (alarm,) = late(LATER + 10 * MINUTE, most=100)
        assert (alarm.edition, alarm.name) == (bad, "tell")
        tell.failing.clear()
        sweep(LATER + MINUTE)
        assert late(LATER + 10 * MINUTE, most=100) == []
        assert sorted(tell.told) == sorted(story.editions.get().pk for story in stories)


class TestDrillB3:
    """No worker when the time comes."""

    def test_readers_have_it_the_desk_sees_what_is_late_and_it_is_done_once(
        self, cast: Cast, client: Any, time_machine: Any
    ) -> None:
        time_machine.move_to(LATER - SECOND, tick=False)
        story = scheduled(cast, at=LATER, slug="on-time")
        assert client.get("/articles/on-time/").status_code == 404
        time_machine.move_to(LATER, tick=False)
        assert client.get("/articles/on-time/").status_code == 200
        time_machine.move_to(LATER + 2 * MINUTE, tick=False)
        assert [one.edition.story_id for one in late(LATER + 2 * MINUTE, most=5)] == [story.pk]
        sweep(LATER + 2 * MINUTE)
        sweep(LATER + 3 * MINUTE)
        assert story.events.filter(act="appeared").count() == 1
        assert late(LATER + 3 * MINUTE, most=5) == []


@pytest.fixture
def many_due(transactional_db: None) -> list[Story]:
    cast = hire()
    return [scheduled(cast, at=LATER, headline=f"Story {number}") for number in range(8)]


class TestTwoWorkers:
    def test_at_once_do_each_thing_once(self, many_due: list[Story]) -> None:
        start, tell = threading.Barrier(4), Telling()
        register("tell", tell)

        def work() -> None:
            try:
                start.wait()
                sweep(LATER)
            finally:
                connection.close()

        with ThreadPoolExecutor(4) as pool:
            for worker in [pool.submit(work) for _ in range(4)]:
                worker.result()
        sweep(LATER)
        assert StoryEvent.objects.filter(act="appeared").count() == 8
        assert len(tell.told) == len(set(tell.told)) == 8
        assert not FollowUp.objects.open().exists()
