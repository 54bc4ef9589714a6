"""Reads the dates that records carry."""

from datetime import date, datetime, time

from django.utils import timezone
from django.utils.dateparse import parse_datetime

EARLIEST = 1600


def read_date(said: str) -> datetime | None:
    """The moment a record names, or None where it names none.

    A day without a time is that day's noon in the newsroom's zone, so that it stays the same day for every reader; a
    time without a zone is the newsroom's. Raises ValueError for what is no date at all.
    """
    said = " ".join(said.split())
    if not said:
        return None
    try:
        return on_day(date.fromisoformat(said))
    except ValueError:
        moment = _moment(said)
    if moment is None:
        raise ValueError(f"“{said[:40]}” is no date")
    return _bounded(moment if timezone.is_aware(moment) else timezone.make_aware(moment))


def on_day(day: date) -> datetime:
    """Noon of a day in the newsroom's zone."""
    return _bounded(timezone.make_aware(datetime.combine(day, time(12))))


def _moment(said: str) -> datetime | None:
    """ISO 8601 as Django reads it, and the same with a space before the offset and an hour of one digit."""
    day, _, rest = said.replace("T", " ").partition(" ")
    clock = rest.replace(" ", "")
    if clock[1:2] == ":":
        clock = f"0{clock}"
    return parse_datetime(f"{day} {clock}")


def _bounded(moment: datetime) -> datetime:
    """Archives and databases deal in years of four digits."""
    if moment.year < EARLIEST:
        raise ValueError(f"the year {moment.year} is too early")
    return moment
