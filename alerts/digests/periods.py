"""When digests are due by the newsroom's clock, and which period each tells of. Pure: it knows no database.

An hour that the clock leaves out is due at the first moment after the gap; one that it has twice, at the first.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


class Period(NamedTuple):
    """What a digest tells of: from just after `start` up to and with `end`, when it is due. `on` names it."""

    on: date
    start: datetime
    end: datetime


def daily(hour: int, *, after: datetime, until: datetime, zone: ZoneInfo) -> Iterator[Period]:
    """The periods that end after `after` and not after `until`, oldest first."""
    return _periods(days(after, until, zone), _DAY, hour, after, until, zone)


def weekly(weekday: int, hour: int, *, after: datetime, until: datetime, zone: ZoneInfo) -> Iterator[Period]:
    """The same, from one week's day (Monday is 0) to the next week's."""
    theirs = (on for on in days(after, until, zone) if on.weekday() == weekday)
    return _periods(theirs, 7 * _DAY, hour, after, until, zone)


def due_at(on: date, hour: int, zone: ZoneInfo) -> datetime:
    """The moment, in UTC, when the clock first shows this hour or has passed it."""
    local = datetime.combine(on, time(hour), zone)
    as_before, as_after = (local.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if as_before > as_after:
        return _gap_ends(as_after, as_before, zone)
    return as_before


def _periods(
    dates: Iterator[date], length: timedelta, hour: int, after: datetime, until: datetime, zone: ZoneInfo
) -> Iterator[Period]:
    for on in dates:
        end = due_at(on, hour, zone)
        if after < end <= until and (start := due_at(on - length, hour, zone)) < end:
            yield Period(on, start, end)


def days(after: datetime, until: datetime, zone: ZoneInfo) -> Iterator[date]:
    """Every day that can have a moment between the two; one more to either side, for what a gap moves."""
    on, last = after.astimezone(zone).date() - _DAY, until.astimezone(zone).date() + _DAY
    while on <= last:
        yield on
        on += _DAY


def _gap_ends(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The first moment after the clocks were put forward, somewhere between the two."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)
