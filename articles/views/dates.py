"""Dates as readers see them: in the newsroom's own time zone, in words."""

from datetime import datetime

from django.utils.timezone import localtime

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def written(at: datetime) -> str:
    """Write a date: "16 September 2024"."""
    here = localtime(at)
    return f"{here.day} {MONTHS[here.month - 1]} {here.year}"


def written_with_time(at: datetime) -> str:
    """Write a date and time: "16 September 2024, 09:30"."""
    return f"{written(at)}, {localtime(at):%H:%M}"


def time_or_day(at: datetime, now: datetime) -> str:
    """Write "09:30" for what is of today, "22 Nov" for what is older, with its year when that is another."""
    here, today = localtime(at), localtime(now)
    if here.date() == today.date():
        return f"{here:%H:%M}"
    day = f"{here.day} {MONTHS[here.month - 1][:3]}"
    return day if here.year == today.year else f"{day} {here.year}"


def machine(at: datetime) -> str:
    """Write a time for `<time datetime>`: in the newsroom's zone with its offset."""
    return localtime(at).isoformat(timespec="seconds")
