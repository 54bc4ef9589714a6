"""How old the newest backup is, and whether the last attempt to make one failed."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings

from newsroom.backups.history import history
from newsroom.metrics.exposition import Gauge


def gauges(now: datetime) -> Iterator[Gauge]:
    found = history(now)
    # Where others make them (0), there is nothing to say of an age.
    if found.age is not None or settings.BACKUP_MAX_AGE_HOURS:
        yield Gauge(
            "newsroom_backup_age_seconds",
            "Seconds since what the last good backup holds; +Inf if none was ever made.",
            float("inf") if found.age is None else found.age.total_seconds(),
        )
    yield Gauge(
        "newsroom_backup_failed", "Whether the last attempt to make a backup failed.", bool(found.fault)
    )
