"""When digests are due: both clock changes, leap days, the ends of weeks and years."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from alerts.digests.periods import Period, daily, due_at, weekly

LONDON = ZoneInfo("Europe/London")


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "on", "hour", "due"),
    [
        ("Europe/London", "2026-11-23", 7, "2026-11-23 07:00"),
        ("Europe/London", "2026-07-01", 7, "2026-07-01 06:00"),
        # The clocks go forward: one o'clock is left out. Then back: one o'clock comes twice.
        ("Europe/London", "2026-03-29", 0, "2026-03-29 00:00"),
        ("Europe/London", "2026-03-29", 1, "2026-03-29 01:00"),
        ("Europe/London", "2026-03-29", 2, "2026-03-29 01:00"),
        ("Europe/London", "2026-10-25", 1, "2026-10-25 00:00"),
        ("Europe/London", "2026-10-25", 2, "2026-10-25 02:00"),
        ("America/Sao_Paulo", "2018-11-04", 0, "2018-11-04 03:00"),
        # Half an hour is left out; then two hours; then a whole Friday.
        ("Australia/Lord_Howe", "2026-10-04", 2, "2026-10-03 15:30"),
        ("Antarctica/Troll", "2026-03-29", 2, "2026-03-29 01:00"),
        ("Pacific/Apia", "2011-12-30", 7, "2011-12-30 10:00"),
        ("Europe/London", "2028-02-29", 7, "2028-02-29 07:00"),
    ],
)
def test_a_digest_is_due_when_the_clock_shows_its_hour_or_has_passed_it(
    zone: str, on: str, hour: int, due: str
) -> None:
    assert due_at(date.fromisoformat(on), hour, ZoneInfo(zone)) == moment(due)


class TestDaily:
    def test_goes_from_one_day_s_hour_to_the_next_s(self) -> None:
        found = daily(7, after=moment("2026-11-22 08:00"), until=moment("2026-11-24 06:59"), zone=LONDON)
        assert list(found) == [
            Period(date(2026, 11, 23), moment("2026-11-22 07:00"), moment("2026-11-23 07:00"))
        ]

    @pytest.mark.parametrize(("on", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-06-01", 24)])
    def test_is_an_hour_shorter_or_longer_where_the_day_is(self, on: str, hours: int) -> None:
        end = due_at(date.fromisoformat(on), 7, LONDON)
        (period,) = daily(7, after=end - timedelta(hours=1), until=end, zone=LONDON)
        assert period.end - period.start == timedelta(hours=hours)

    def test_crosses_the_leap_day_and_the_end_of_the_year(self) -> None:
        february = daily(7, after=moment("2028-02-28 00:00"), until=moment("2028-03-02 00:00"), zone=LONDON)
        assert [str(period.on) for period in february] == ["2028-02-28", "2028-02-29", "2028-03-01"]
        december = daily(0, after=moment("2026-12-31 12:00"), until=moment("2027-01-01 12:00"), zone=LONDON)
        assert [str(period.on) for period in december] == ["2027-01-01"]

    def test_a_day_that_is_left_out_whole_has_no_empty_digest_beside_it(self) -> None:
        apia = ZoneInfo("Pacific/Apia")
        found = daily(0, after=moment("2011-12-29 00:00"), until=moment("2012-01-01 09:00"), zone=apia)
        assert [str(period.on) for period in found] == ["2011-12-29", "2011-12-30", "2012-01-01"]


class TestWeekly:
    def test_goes_from_one_monday_to_the_next_across_the_clock_change(self) -> None:
        after = moment("2026-10-20 00:00")
        (period,) = weekly(0, 7, after=after, until=after + timedelta(days=7), zone=LONDON)
        assert period == (date(2026, 10, 26), moment("2026-10-19 06:00"), moment("2026-10-26 07:00"))

    def test_begins_when_the_week_before_ended(self) -> None:
        found = list(
            weekly(6, 23, after=moment("2026-12-20 00:00"), until=moment("2027-01-11 00:00"), zone=LONDON)
        )
        assert [str(period.on) for period in found] == [
            "2026-12-20",
            "2026-12-27",
            "2027-01-03",
            "2027-01-10",
        ]


ZONES = [
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "Antarctica/Troll",
    "Pacific/Apia",
    "UTC",
]
MOMENTS = some.integers(0, 30 * 365 * 86_400).map(
    lambda seconds: moment("2005-01-01") + timedelta(seconds=seconds)
)


@settings(deadline=None)
@given(
    zone=some.sampled_from(ZONES),
    hour=some.integers(0, 23),
    weekday=some.none() | some.integers(0, 6),
    after=MOMENTS,
    days=some.integers(0, 400),
)
def test_periods_tile_time_without_gap_or_overlap(
    zone: str, hour: int, weekday: int | None, after: datetime, days: int
) -> None:
    asked = {"after": after, "until": after + timedelta(days=days), "zone": ZoneInfo(zone)}
    found = list(daily(hour, **asked) if weekday is None else weekly(weekday, hour, **asked))
    length = timedelta(days=1 if weekday is None else 7)
    assert all(period.start < period.end for period in found)
    assert all(one.end == other.start for one, other in pairwise(found))
    if found:
        assert found[0].start <= after < found[0].end
        assert found[-1].end <= asked["until"] < found[-1].end + 2 * length
    else:
        assert days <= 2 * length.days
