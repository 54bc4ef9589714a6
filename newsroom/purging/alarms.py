"""What the desk says of a cache in front that was not told: what was taken down may still be read there."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from accounts.models import User
from articles.admin.alarm_box import Alarm
from newsroom.purging import telling

#: Whoever takes a story down, and whoever looks after the machine or knows who does.
TOLD = ("articles.review_story", "accounts.add_user")

#: As long as a page of deploy/alerts.yml waits.
LONG = timedelta(minutes=5)


def purge_alarms(user: User, now: datetime) -> Iterator[Alarm]:
    """One query for managers and administrators where there is such a cache, none else."""
    if not any(user.has_perm(permission) for permission in TOLD):
        return
    owed = telling.owed_for(now)
    if owed is not None and owed > LONG:
        minutes = int(owed.total_seconds() // 60)
        yield Alarm(
            f"For {minutes} minutes the cache in front of the site has not taken in what changed",
            advice="What was taken down may still be read there. Whoever looks after the server finds the reason in"
            " the worker’s log.",
        )
