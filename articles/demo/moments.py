"""When the demo's stories happen, told from the day it is seeded: "2h", "3d 07:30", "+1d 06:00"."""

import re
from datetime import datetime, time, timedelta

from django.utils import timezone

_HOURS = re.compile(r"(\d+)h")
_DAYS = re.compile(r"(\+?)(\d+)d (\d\d:\d\d)")


def moment(told: str, now: datetime) -> datetime:
    """Turn "2h" (ago), "3d 07:30" (days ago, by the newsroom's clock) or "+1d 06:00" (days ahead) into a time."""
    if hours := _HOURS.fullmatch(told):
        return now - timedelta(hours=int(hours[1]))
    if days := _DAYS.fullmatch(told):
        ahead, number, clock = days.groups()
        day = timezone.localdate(now) + timedelta(days=int(number) * (1 if ahead else -1))
        return timezone.make_aware(datetime.combine(day, time.fromisoformat(clock)))
    raise ValueError(f"“{told}” is not a time such as 2h, 3d 07:30 or +1d 06:00.")
