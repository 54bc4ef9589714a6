"""Drill A9, small: a digest a reader and period, whatever the clock, the worker and the reader do meanwhile."""

from datetime import UTC, datetime, timedelta
from itertools import chain, pairwise

import pytest

from alerts.models import Delivery, DigestMark, Frequency, Notice, State, Subscription
from alerts.preferences.changing import resume
from articles.desk import workflow
from articles.desk.following_up import sweep
from articles.models import Story
from tests.alerts.digests.readership import (
    DAY,
    EVERYTHING,
    HOUR,
    MINUTE,
    WEEK,
    change,
    follow,
    got,
    headlines,
    reader,
    stop,
    stories,
    told,
    work,
    work_until,
)
from tests.newsdesk import NOW, Cast, author, published, republished, section, topic

pytestmark = pytest.mark.django_db

#: The next hours of digests after NOW, a Monday at half past nine.
TUESDAY = NOW.replace(day=24, hour=7, minute=0)
DONE = timedelta(seconds=31)


@pytest.fixture(autouse=True)
def _a_worker_has_run(cast: Cast) -> None:
    work(NOW - HOUR)


class TestPeriods:
    def test_1_an_hour_that_was_missed_is_made_up_for(self, cast: Cast) -> None:
        someone = reader()
        published(cast, now=NOW + HOUR, headline="One")
        work(TUESDAY + 3 * HOUR)
        assert stories(someone) == [["One"]]

    @pytest.mark.parametrize(
        ("day", "length"), [(datetime(2026, 3, 29, tzinfo=UTC), 23), (datetime(2026, 10, 25, tzinfo=UTC), 25)]
    )
    def test_2_and_3_clock_changes_leave_no_digest_out_and_make_none_twice(
        self, cast: Cast, day: datetime, length: int
    ) -> None:
        begun = day - 2 * DAY
        DigestMark.objects.update(until=begun)
        someone = reader(since=begun, hour=1)
        for number in range(6):
            published(cast, now=begun + 6 * HOUR + number * 12 * HOUR, headline=f"At {number}")
        work_until(day + 2 * DAY + 2 * HOUR, since=begun, every=HOUR)
        assert sorted(headlines(someone)) == [f"At {number}" for number in range(6)]
        ends = [delivery.notice.as_of for delivery in got(someone)]
        assert [later - earlier for earlier, later in pairwise(ends)] == [DAY, length * HOUR]

    def test_4_a_week_ends_on_the_reader_s_day_at_their_hour(self, cast: Cast) -> None:
        someone = reader(frequency=Frequency.WEEKLY, weekday=2, hour=9)
        wednesday = NOW.replace(day=25, hour=9, minute=0)
        published(cast, now=wednesday, headline="Just within")
        published(cast, now=wednesday + MINUTE, headline="Just after")
        work_until(wednesday + WEEK + HOUR, since=NOW)
        assert stories(someone) == [["Just within"], ["Just after"]]

    def test_5_after_an_outage_of_seven_days_each_missed_day_has_its_own_the_oldest_first(
        self, cast: Cast
    ) -> None:
        someone = reader()
        for number in range(7):
            published(cast, now=NOW + number * DAY, headline=f"Day {number}")
        work(NOW + 6 * DAY + 23 * HOUR)
        assert stories(someone) == [[f"Day {number}"] for number in range(7)]
        assert [d.pk for d in got(someone)] == sorted(d.pk for d in got(someone))

    def test_6_what_was_missed_for_longer_is_given_up(self, cast: Cast) -> None:
        someone = reader()
        for number in range(12):
            published(cast, now=NOW + number * DAY, headline=f"Day {number}")
        work(NOW + 11 * DAY + 22 * HOUR)
        digests = got(someone)
        assert len(digests) == 7
        assert "Day 0" not in headlines(someone)
        assert stories(someone)[-1] == ["Day 11"]

    def test_7_nothing_to_tell_is_no_mail(self, cast: Cast) -> None:
        someone = reader(topic("Zebras"))
        published(cast, now=NOW + HOUR)
        work_until(NOW + 3 * DAY, since=NOW)
        assert got(someone) == []
        assert set(Notice.objects.values_list("eligible", flat=True)) == {0}


class TestReaders:
    def test_8_five_overlapping_topics_tell_a_story_once_with_each_reason(self, cast: Cast) -> None:
        topics = [topic(name) for name in ("Cloud", "Data", "Identity", "Policing", "Records")]
        someone = reader(*topics)
        published(cast, now=NOW + HOUR, headline="One", topics=topics)
        work(TUESDAY + DONE)
        (digest,) = got(someone)
        assert told(digest) == {"Cloud": ["One"]}
        (said,) = digest.letter.contents["groups"][0]["editions"]
        assert said["because"] == ["Cloud", "Data", "Identity", "Policing", "Records"]

    def test_9_what_one_hears_of_at_once_is_in_no_digest(self, cast: Cast) -> None:
        someone = reader()
        follow(someone, topic("Cloud"), frequency=Frequency.AT_ONCE, at=NOW)
        published(cast, now=NOW + HOUR, headline="By alert", topics=[topic("Cloud")])
        published(cast, now=NOW + HOUR, headline="By digest", topics=[topic("Data")])
        work(TUESDAY + DONE)
        assert stories(someone) == [["By digest"]]

    def test_10_who_changes_the_hour_misses_nothing_and_gets_nothing_twice(self, cast: Cast) -> None:
        later, earlier = reader(hour=7), reader(hour=18)
        for number in range(8):
            published(cast, now=NOW + number * 6 * HOUR, headline=f"At {number}")
        noon = TUESDAY + 5 * HOUR
        work_until(noon, since=NOW)
        change(later, hour=18)
        change(earlier, hour=7)
        work(noon + MINUTE)
        work_until(noon + 3 * DAY, since=noon)
        for someone in (later, earlier):
            assert sorted(headlines(someone)) == [f"At {number}" for number in range(8)]
            assert all(stories(someone))

    def test_11_what_is_published_during_a_pause_is_not_sent_afterwards(self, cast: Cast) -> None:
        someone = reader(paused_until=TUESDAY + 5 * HOUR)
        published(cast, now=NOW + HOUR, headline="Paused")
        published(cast, now=TUESDAY + HOUR, headline="Still paused")
        published(cast, now=TUESDAY + 6 * HOUR, headline="Back")
        work_until(TUESDAY + 2 * DAY, since=NOW)
        assert stories(someone) == [["Back"]]

    def test_nor_to_who_comes_back_before_the_day_they_named(self, cast: Cast) -> None:
        someone = reader(paused_until=TUESDAY + WEEK)
        published(cast, now=NOW + HOUR, headline="Paused")
        resume(someone, now=NOW + 2 * HOUR, source="")
        published(cast, now=NOW + 3 * HOUR, headline="Back")
        work(TUESDAY + DONE)
        assert stories(someone) == [["Back"]]

    def test_12_who_left_gets_none(self, cast: Cast) -> None:
        someone = reader()
        published(cast, now=NOW + HOUR)
        change(someone, ended_at=NOW + 2 * HOUR, ended_reason="unsubscribed")
        work(TUESDAY + DONE)
        assert got(someone) == []


class TestStoriesThatChange:
    def test_13_one_that_was_removed_in_between_is_left_out(self, cast: Cast) -> None:
        someone, other = reader(), reader(topic("Gone"))
        published(cast, now=NOW + HOUR, headline="Stays")
        gone = published(cast, now=NOW + 2 * HOUR, headline="Goes", topics=[topic("Gone")])
        work(TUESDAY + DONE)
        assert stories(someone) == [["Goes", "Stays"]]
        _take_down(gone, cast, TUESDAY + MINUTE)
        assert stories(someone) == [["Stays"]]
        (cancelled,) = got(other, state=State.CANCELLED)
        assert cancelled.reason == "removed"

    def test_14_one_that_was_corrected_in_between_is_told_as_it_stands(self, cast: Cast) -> None:
        someone, sent = reader(), reader()
        story = published(cast, now=NOW + HOUR, headline="Wrong")
        published(cast, now=NOW + HOUR, headline="Right all along")
        work(TUESDAY + DONE)
        Delivery.objects.filter(subscriber=sent).update(state=State.ACCEPTED)
        now = TUESDAY + MINUTE
        words = {"change_kind": "correction", "public_note": "It was wrong."}
        republished(story, cast, now=now, headline="Corrected", **words)
        sweep(now)
        assert sorted(stories(someone)[0]) == ["Corrected", "Right all along"]
        (unchanged,) = got(sent, state=State.ACCEPTED)
        assert "Wrong" in chain(*told(unchanged).values())

    def test_one_that_came_back_is_told_in_the_next(self, cast: Cast) -> None:
        someone = reader()
        story = published(cast, now=NOW + HOUR, headline="Comes back")
        _take_down(story, cast, NOW + 2 * HOUR)
        work(TUESDAY + DONE)
        assert stories(someone) == []
        workflow.perform(story, "reinstate", by=cast.manager, now=TUESDAY + HOUR, note="It may stand.")
        work(TUESDAY + DAY + DONE)
        assert stories(someone) == [["Comes back"]]

    @pytest.mark.parametrize("ticked", [True, False])
    def test_an_update_is_told_again_where_an_editor_ticked_it(self, cast: Cast, ticked: bool) -> None:
        someone = reader()
        story = published(cast, now=NOW + HOUR, headline="One")
        work(TUESDAY + DONE)
        words = {"change_kind": "update", "tell_readers": ticked}
        republished(story, cast, now=TUESDAY + HOUR, headline="One, and more", **words)
        work_until(TUESDAY + 3 * DAY, since=TUESDAY + HOUR)
        assert stories(someone) == [["One"], ["One, and more"]] if ticked else [["One"]]

    def test_an_update_that_a_waiting_digest_came_to_tell_is_not_told_again(self, cast: Cast) -> None:
        someone = reader()
        story = published(cast, now=NOW + HOUR, headline="One")
        work(TUESDAY + DONE)
        now = TUESDAY + HOUR
        republished(story, cast, now=now, headline="Two", change_kind="update", tell_readers=True)
        sweep(now)
        work_until(TUESDAY + 9 * DAY, since=TUESDAY + DAY + MINUTE, every=DAY)
        assert stories(someone) == [["Two"]]


class TestGroups:
    def test_sections_come_first_then_topics_then_authors_then_the_rest_by_section(self, cast: Cast) -> None:
        ada, cloud = author("Ada Quill"), topic("Cloud")
        first, second = section("Alpha", "alpha"), section("Beta", "beta")
        someone = reader(first, cloud, ada)
        follow(someone, EVERYTHING, frequency=Frequency.DAILY, at=NOW)
        plain = {"topics": [topic("Data")], "authors": [author("Bea Nib")], "section": second}
        published(cast, now=NOW + 1 * HOUR, headline="The rest", **plain)
        published(cast, now=NOW + 2 * HOUR, headline="By Ada", **plain | {"authors": [ada]})
        published(
            cast, now=NOW + 3 * HOUR, headline="On cloud", **plain | {"topics": [cloud], "authors": [ada]}
        )
        published(
            cast, now=NOW + 4 * HOUR, headline="In Alpha", **plain | {"section": first, "topics": [cloud]}
        )
        work(TUESDAY + DONE)
        assert list(told(got(someone)[0]).items()) == [
            ("Alpha", ["In Alpha"]),
            ("Cloud", ["On cloud"]),
            ("Ada Quill", ["By Ada"]),
            ("Beta", ["The rest"]),
        ]

    def test_readers_of_the_same_share_a_letter(self, cast: Cast) -> None:
        reader(), reader(), reader(topic("Records"))
        published(cast, now=NOW + HOUR)
        work(TUESDAY + DONE)
        assert Delivery.objects.values_list("letter", flat=True).distinct().count() == 2
        assert Notice.objects.get().eligible == 3


class TestWhoIsNew:
    def test_gets_what_was_published_since(self, cast: Cast) -> None:
        published(cast, now=NOW, headline="Before")
        someone = reader(since=NOW + HOUR)
        published(cast, now=NOW + 2 * HOUR, headline="After")
        work_until(NOW + 3 * DAY, since=NOW + 3 * HOUR)
        assert stories(someone) == [["After"]]

    def test_gets_no_digest_of_an_hour_that_is_over(self, cast: Cast) -> None:
        someone = reader(since=NOW, hour=18)
        published(cast, now=NOW + HOUR)
        work(NOW + 2 * HOUR)
        change(someone, hour=8)
        work(NOW + 3 * HOUR)
        assert got(someone) == []
        assert not Notice.objects.exists()

    def test_who_hears_of_it_as_often_as_before_but_otherwise_misses_nothing(self, cast: Cast) -> None:
        someone, gone = reader(topic("Cloud")), reader(topic("Cloud"))
        published(cast, now=NOW + HOUR, headline="Before", topics=[topic("Cloud")])
        follow(someone, topic("Cloud"), frequency=Frequency.WEEKLY, at=NOW + 2 * HOUR)
        stop(gone, topic("Cloud"), at=NOW + 2 * HOUR)
        published(cast, now=NOW + 3 * HOUR, headline="After", topics=[topic("Cloud")])
        work_until(NOW + WEEK + DAY, since=NOW)
        assert stories(someone) == [["Before"], ["After"]]
        assert stories(gone) == []


def test_two_workers_make_a_digest_once(cast: Cast) -> None:
    someone = reader()
    published(cast, now=NOW + HOUR)
    for _ in range(2):
        work(TUESDAY + DONE)
    assert len(got(someone)) == 1
    assert Subscription.objects.count() == 1


def _take_down(story: Story, cast: Cast, now: datetime) -> None:
    workflow.perform(story, "take_down", by=cast.manager, now=now, kind="error", public_note="Too soon.")
    sweep(now)
