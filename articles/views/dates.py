"""Dates as readers see them: in the newsroom's own time zone, in words."""

from datetime import datetime

from django.utils.timezone import get_default_timezone

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


def here(at: datetime) -> datetime:
    """The same moment by the newsroom's clock; it costs nothing to ask for what is so already."""
    return at.astimezone(get_default_timezone())


def written(at: datetime) -> str:
    """Write a date: "16 September 2024"."""
    local = here(at)
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def written_with_time(at: datetime) -> str:
    """Write a date and time: "16 September 2024, 09:30"."""
    return f"{written(at)}, {here(at):%H:%M}"


def time_or_day(at: datetime, now: datetime) -> str:
    """Write "09:30" for what is of today, "22 Nov" for what is older, with its year when that is another."""
    local, today = here(at), here(now)
    if local.date() == today.date():
        return f"{local:%H:%M}"
    day = f"{local.day} {MONTHS[local.month - 1][:3]}"
    return day if local.year == today.year else f"{day} {local.year}"


def machine(at: datetime) -> str:
    """Write a time for `<time datetime>`: in the newsroom's zone with its offset."""
    return here(at).isoformat(timespec="seconds")
