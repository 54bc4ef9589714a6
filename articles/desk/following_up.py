"""Side effects: what has to happen once after an edition began for readers, beyond appearing, which it does by itself.

`register` names one; the worker calls `sweep` again and again. The contract of a side effect is `Effect`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

import structlog
from django.db import OperationalError, connection, transaction

from articles.models import Edition, FollowUp, Sweep
from articles.models.follow_ups import without_follow_up

log = structlog.get_logger(__name__)

#: How far back a side effect looks when it is new: a worker that starts late does what it missed.
REACH = timedelta(days=7)

#: Follow-ups opened in one statement, and tried in one sweep before the other chores get their turn.
A_BATCH = 500

_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=15), timedelta(hours=1)
_NOTED_EACH = timedelta(minutes=1)


class Effect(Protocol):
    """What a registered function promises.

    It is called with an edition that readers have, or had, and the present moment, in a transaction that also marks
    the follow-up done: what it writes to the database happens exactly once. Whatever else it touches may happen again
    after a crash, so it must bear that. Nothing slow in it, and nothing that waits for another machine: a mail or a
    purge is a row that others send. Whether it is still worth doing, days late, is its own decision. It raises to be
    called again later; it returns when there is nothing to do.
    """

    def __call__(self, edition: Edition, *, now: datetime) -> None: ...


@dataclass(frozen=True)
class Named:
    """A side effect by name, and how far back it looks when it is new."""

    name: str
    do: Effect
    reach: timedelta


@dataclass
class Swept:
    """What one sweep did."""

    done: int = 0
    failed: int = 0


EFFECTS: dict[str, Named] = {}


def register(name: str, do: Effect, *, reach: timedelta = REACH) -> None:
    """Have `do` called once for each edition that begins. A name stays for ever: it stands in the database."""
    EFFECTS[name] = Named(name, do, reach)


def sweep(now: datetime, *, stopping: Callable[[], bool] = lambda: False) -> Swept:
    """Open what is missing and do what is due, each in its own transaction. One that raises holds up no other."""
    swept = Swept()
    for effect in EFFECTS.values():
        _open(effect, now)
    due = FollowUp.objects.due(now).filter(name__in=EFFECTS).values_list("pk", flat=True)
    for key in due[:A_BATCH]:
        if stopping():
            break
        match _try(key, now):
            case True:
                swept.done += 1
            case False:
                swept.failed += 1
    return swept


def looked_until(effect: Named, now: datetime) -> datetime:
    """Up to where every edition has its row."""
    seen = Sweep.objects.filter(name=effect.name).first()
    return seen.until if seen else now - effect.reach


def _open(effect: Named, now: datetime) -> None:
    """Give each edition that began its row. Two workers may do so at once: the constraint lets one row through."""
    until = looked_until(effect, now)
    missing = without_follow_up(effect.name, since=until, now=now).values_list("pk", flat=True)
    while keys := list(missing[:A_BATCH]):
        rows = [FollowUp(edition_id=key, name=effect.name, next_try_at=now) for key in keys]
        FollowUp.objects.bulk_create(rows, ignore_conflicts=True)
    if now - until >= _NOTED_EACH:
        Sweep.objects.update_or_create(name=effect.name, defaults={"until": now})


def _try(key: int, now: datetime) -> bool | None:
    """Do one follow-up: True when done, False when it raised, None when another worker has it."""
    with transaction.atomic():
        # SQLite locks no rows: there the transaction itself keeps the others out, and this reads what they left.
        mine = FollowUp.objects.select_for_update(skip_locked=True, of=("self",)).select_related("edition")
        follow_up = mine.due(now).filter(pk=key).first()
        if follow_up is None:
            return None
        fault = _fault_of(follow_up, now)
        if fault is None:
            follow_up.done_at, follow_up.error = now, ""
        else:
            _put_off(follow_up, fault, now)
        follow_up.save(update_fields=["done_at", "attempts", "next_try_at", "error"])
    return fault is None


def _fault_of(follow_up: FollowUp, now: datetime) -> Exception | None:
    """Run the side effect; what it raised, with all that it wrote undone."""
    try:
        with transaction.atomic():
            EFFECTS[follow_up.name].do(follow_up.edition, now=now)
    except Exception as fault:  # whatever it is, the other stories go on
        if not connection.is_usable():
            raise OperationalError("The connection was lost in the middle of a follow-up.") from fault
        return fault
    return None


def _put_off(follow_up: FollowUp, fault: Exception, now: datetime) -> None:
    pause = min(_FIRST_PAUSE * 2 ** min(follow_up.attempts, 10), _LONGEST_PAUSE)
    follow_up.attempts += 1
    follow_up.next_try_at = now + pause
    follow_up.error = f"{type(fault).__name__}: {fault}"[:500].replace("\x00", "")
    log.error(
        "a follow-up failed",
        name=follow_up.name,
        story=follow_up.edition.story_id,
        edition=follow_up.edition_id,
        attempts=follow_up.attempts,
        exc_info=fault,
    )
