"""The workers' sign of life, and how long ago the last one was."""

from datetime import datetime, timedelta

from django.db.models import Max

from articles.models import WorkerBeat

#: A worker says that it lives this often, and is taken for dead after this long.
EACH, DEAD_AFTER = timedelta(seconds=10), timedelta(seconds=60)

_FORGOTTEN_AFTER = timedelta(days=1)


def beat(name: str, *, started_at: datetime, now: datetime) -> None:
    WorkerBeat.objects.update_or_create(name=name, defaults={"started_at": started_at, "seen_at": now})
    WorkerBeat.objects.silent_since(now - _FORGOTTEN_AFTER).delete()


def age(now: datetime) -> timedelta | None:
    """How long ago any worker was last heard of; None where none ever was, or not for a day."""
    seen: datetime | None = WorkerBeat.objects.aggregate(seen=Max("seen_at"))["seen"]
    return None if seen is None else max(now - seen, timedelta())
