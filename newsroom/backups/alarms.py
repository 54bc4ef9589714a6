"""What an administrator's desk says of backups: that the last one failed, or that there is none to go back to."""

from collections.abc import Iterator
from datetime import datetime

from accounts.models import User
from articles.admin.alarm_box import Alarm
from newsroom.backups.history import history

#: Whoever may make accounts looks after the machine, or knows who does.
LOOKS_AFTER = "accounts.add_user"

_ADVICE = "Whoever looks after the server should run manage.py backup and read what it says."


def backup_alarms(user: User, now: datetime) -> Iterator[Alarm]:
    """Two queries for an administrator, none for anybody else."""
    if not user.has_perm(LOOKS_AFTER):
        return
    found = history(now)
    if found.fault:
        yield Alarm(f"The last backup failed: {found.fault}", advice=_ADVICE)
    elif found.too_old and found.age is None:
        yield Alarm("No backup was ever made", advice=_ADVICE)
    elif found.too_old and found.age is not None:
        hours = int(found.age.total_seconds() // 3600)
        yield Alarm(f"The last backup is {hours} hours old", advice=_ADVICE)
