"""The stretches of days the calendar shows: a month, an ISO week or a day, as its address names them.

Days are those of the newsroom's clock. A day begins at its midnight and ends at the next, so one on which the clocks
change is 23 or 25 hours long.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format

#: Nothing was published before the first, and nobody plans beyond the last.
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)
_WRITTEN = {
    "month": re.compile(r"([0-9]{4})-([0-9]{2})"),
    "week": re.compile(r"([0-9]{4})-W([0-9]{2})"),
    "day": re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})"),
}
_BEGINS: dict[str, Callable[..., date]] = {
    "month": lambda year, month: date(year, month, 1),
    "week": lambda year, week: date.fromisocalendar(year, week, 1),
    "day": date,
}


class NoSuchSpan(ValueError):
    """What an address asked for is no month, week or day of the calendar. Says so in a sentence."""


@dataclass(frozen=True)
class Span:
    """From `first` to `last`, both included."""

    kind: str
    first: date
    last: date

    @property
    def value(self) -> str:
        """As the address writes it: 2026-11, 2026-W48 or 2026-11-25."""
        if self.kind == "week":
            year, week, _ = self.first.isocalendar()
            return f"{year:04}-W{week:02}"
        return self.first.isoformat()[: 7 if self.kind == "month" else 10]

    @property
    def title(self) -> str:
        if self.kind == "month":
            return date_format(self.first, "F Y")
        if self.kind == "day":
            return date_format(self.first, "l j F Y")
        return f"Week {self.first.isocalendar().week}: {_from(self.first, self.last)} {date_format(self.last, 'j F Y')}"

    @property
    def weeks(self) -> list[list[date | None]]:
        """Its days in weeks that begin on Monday. None stands for a day of the month before or after."""
        monday = self.first - self.first.weekday() * _DAY
        last = self.last + (6 - self.last.weekday()) * _DAY
        days = [monday + number * _DAY for number in range((last - monday).days + 1)]
        own = [day if self.first <= day <= self.last else None for day in days]
        return [own[start : start + 7] for start in range(0, len(own), 7)]

    @property
    def days(self) -> list[date]:
        return [self.first + number * _DAY for number in range((self.last - self.first).days + 1)]

    @property
    def begins_at(self) -> datetime:
        return midnight(self.first)

    @property
    def ends_at(self) -> datetime:
        """The first instant after it."""
        return midnight(self.last + _DAY)

    def before(self) -> "Span | None":
        """The one before, or None at the end of the calendar."""
        return _within(around(self.kind, self.first - _DAY))

    def after(self) -> "Span | None":
        return _within(around(self.kind, self.last + _DAY))


def around(kind: str, day: date) -> Span:
    """The month, week or day that `day` is in."""
    if kind == "day":
        return Span(kind, day, day)
    if kind == "week":
        monday = day - day.weekday() * _DAY
        return Span(kind, monday, monday + _WEEK - _DAY)
    first = day.replace(day=1)
    return Span(kind, first, (first + 31 * _DAY).replace(day=1) - _DAY)


def asked_for(query: Mapping[str, list[str]], today: date) -> Span:
    """The span that a query string (name → values) names; where it names none, the month of `today`.

    Raises NoSuchSpan.
    """
    named = [(kind, value) for kind in _WRITTEN for value in query.get(kind, [])]
    if not named:
        return around("month", today)
    if len(named) > 1:
        raise NoSuchSpan("Ask for one month, one week or one day.")
    return _read(*named[0])


def day_of(at: datetime) -> date:
    """The day it is then in the newsroom."""
    return timezone.localdate(at, timezone.get_default_timezone())


def midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())


def clocks_change(day: date) -> int:
    """By how many seconds the day is longer than others: 0 but for two days a year."""
    before, after = (midnight(of).utcoffset() or timedelta() for of in (day, day + _DAY))
    return int((before - after).total_seconds())


def _read(kind: str, value: str) -> Span:
    """The span that is written so. Source of the weeks: ISO 8601."""
    written = _WRITTEN[kind].fullmatch(value)
    if written is None:
        raise NoSuchSpan(_SAYS[kind])
    try:
        day = _BEGINS[kind](*(int(number) for number in written.groups()))
    except ValueError as fault:
        raise NoSuchSpan(_SAYS[kind]) from fault
    span = _within(around(kind, day)) if FIRST <= day <= LAST else None
    if span is None:
        raise NoSuchSpan(f"The calendar goes from {FIRST.year} to {LAST.year}.")
    return span


def _within(span: Span) -> Span | None:
    return span if span.first >= FIRST and span.last <= LAST else None


def _from(first: date, last: date) -> str:
    """The beginning of a week, as far as it differs from its end."""
    if first.year != last.year:
        return f"{date_format(first, 'j F Y')} to"
    return f"{date_format(first, 'j F' if first.month != last.month else 'j')} to"


_SAYS = {
    "month": "There is no such month. Write it as 2026-11.",
    "week": "There is no such week. Write it as 2026-W48.",
    "day": "There is no such day. Write it as 2026-11-25.",
}
