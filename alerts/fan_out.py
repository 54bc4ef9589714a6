"""Works out who is told of a notice, some recipients a transaction, so that a crash loses and doubles nobody.

A kind of notice registers how it does one step. The step runs with the notice locked; the deliveries it makes and how
far it has come are committed together.
"""

from collections.abc import Callable
from datetime import datetime
from time import monotonic
from typing import Protocol

import structlog
from django.db import connection, transaction

from alerts.failpoints import passing
from alerts.models.notices import Notice, NoticeQuerySet

log = structlog.get_logger(__name__)

#: Recipients a transaction.
A_CHUNK = 1_000
#: Seconds of this in one round of the worker: who waits at a screen for a mail must not wait for a million others.
A_TURN = 3.0


class Step(Protocol):
    """Make the deliveries of at most `limit` more recipients of the notice, and write on it how far that came.

    It moves `stage`, `cursor` and `eligible` of the notice it is given, without saving them, and says whether that
    was the last step.
    """

    def __call__(self, notice: Notice, *, limit: int, now: datetime) -> bool: ...


STEPS: dict[str, Step] = {}


def register(kind: str, step: Step) -> None:
    STEPS[kind] = step


def fan_out(now: datetime, *, stopping: Callable[[], bool] = lambda: False) -> bool:
    """Do the steps there are to do, for about A_TURN seconds; whether it ended because that was over."""
    ends = monotonic() + A_TURN
    # Round after round: a notice may have waited for one of this round.
    while _round(now, lambda: stopping() or monotonic() >= ends):
        pass
    return monotonic() >= ends


def _round(now: datetime, stopping: Callable[[], bool]) -> bool:
    """Whether there was anything to do."""
    steps = 0
    for key in list(_to_do().values_list("pk", flat=True)):
        try:
            while not stopping() and _one_step(key, now):
                passing("fan_out")
                steps += 1
        except Exception:  # whatever it is, the other notices go on
            if not connection.is_usable():
                raise
            log.exception("the recipients of a notice were not worked out", notice=key)
    return steps > 0


def _one_step(key: int, now: datetime) -> bool:
    """Whether there was a step to do: another worker may have the notice, or have ended it."""
    with transaction.atomic():
        notice = _to_do().select_for_update(skip_locked=True, of=("self",)).filter(pk=key).first()
        if notice is None:
            return False
        if STEPS[notice.kind](notice, limit=A_CHUNK, now=now):
            notice.fanned_out_at = now
        notice.save(update_fields=["stage", "cursor", "eligible", "fanned_out_at"])
    return True


def _to_do() -> NoticeQuerySet:
    return Notice.objects.to_fan_out().filter(kind__in=STEPS)
