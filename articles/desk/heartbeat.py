"""The workers' sign of life, and how long ago the last one was."""

import os
import socket
from datetime import datetime, timedelta

from django.db.models import Max

from articles.models import WorkerBeat

#: A worker says that it lives this often, and is taken for dead after this long.
EACH, DEAD_AFTER = timedelta(seconds=10), timedelta(seconds=60)

_FORGOTTEN_AFTER = timedelta(days=1)


def name_here() -> str:
    """What a worker that is this process is called."""
    return f"{_machine()}:{os.getpid()}"


def beat(name: str, *, started_at: datetime, now: datetime) -> None:
    WorkerBeat.objects.update_or_create(name=name, defaults={"started_at": started_at, "seen_at": now})
    WorkerBeat.objects.silent_since(now - _FORGOTTEN_AFTER).delete()


def age(now: datetime) -> timedelta | None:
    """How long ago any worker was last heard of; None where none ever was, or not for a day."""
    seen: datetime | None = WorkerBeat.objects.aggregate(seen=Max("seen_at"))["seen"]
    return None if seen is None else max(now - seen, timedelta())


def age_of_living(now: datetime) -> timedelta | None:
    """How long ago a worker was heard of that may still run: not of this machine, or its process is there."""
    beats = WorkerBeat.objects.order_by("-seen_at").values_list("name", "seen_at")
    seen = next((at for name, at in beats if not _is_gone(name)), None)
    return None if seen is None else max(now - seen, timedelta())


def _is_gone(name: str) -> bool:
    machine, _, process = name.rpartition(":")
    if machine != _machine() or not process.isdigit():
        return False
    try:
        os.kill(int(process), 0)  # asks only
    except ProcessLookupError:
        return True
    except (PermissionError, OverflowError):
        pass
    return False


def _machine() -> str:
    return socket.gethostname()[:100]
