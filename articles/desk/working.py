"""The worker's day: sweep what is due, do the chores, say that it lives, and stop when it is told to.

Some chores are done apart, in threads of their own: mail, which somebody may be waiting for.
"""

import secrets
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from functools import partial
from time import monotonic

import structlog
from django.db import Error as DatabaseFault
from django.db import close_old_connections, connections
from django.utils import timezone

from articles.desk import heartbeat
from articles.desk.chores import CHORES, Chore
from articles.desk.following_up import Swept, sweep

log = structlog.get_logger(__name__)

_LONGEST_WAIT = 10.0

#: Seconds after which a thread that works lets another go on. By itself 5 ms: longer than a mail takes, so that a
#: thread whose mail server has answered would wait for the other's mail.
_SWITCH = 0.0005


class Worker:
    """One process. Any number may run beside each other, and none need run for readers to get what is due."""

    def __init__(self, *, poll: float, clock: Callable[[], datetime] = timezone.now) -> None:
        self.poll = poll
        self.clock = clock
        self.name = heartbeat.name_here()
        self.started_at = clock()
        self._stop = threading.Event()
        self._beaten: float | None = None
        self._done: dict[str, float] = {}

    def stop(self) -> None:
        """End after what is being done now."""
        self._stop.set()

    def run(self) -> None:
        """Work until told to stop. A database that is away is waited for."""
        log.info("the worker starts", worker=self.name)
        sys.setswitchinterval(_SWITCH)
        threads = [threading.Thread(target=self._run_apart, args=(name,), name=name) for name in _threads()]
        for thread in threads:
            thread.start()
        try:
            self._rounds(self._round)
        finally:
            self.stop()
            for thread in threads:
                thread.join()
        log.info("the worker stops", worker=self.name)

    def once(self) -> Swept:
        """Everything that is due, once, and what is done apart to its end."""
        swept = self._sweep()
        while self._chores() and not self._stop.is_set():
            pass
        for name in _threads():
            while self._round_apart(name) and not self._stop.is_set():
                pass
        return swept

    def _sweep(self) -> Swept:
        self._beat()
        with _run("follow-ups"):
            swept = sweep(self.clock(), stopping=self._stop.is_set)
            if swept.done or swept.failed:
                log.info("followed up", done=swept.done, failed=swept.failed)
        return swept

    def _chores(self) -> bool:
        """One round of what is done in turn; whether any of it has more to do."""
        more = [self._do(chore, self.clock()) for chore in self._due()]
        return any(more)

    def _round(self) -> bool:
        self._sweep()
        return self._chores()

    def _round_apart(self, name: str) -> bool:
        """One round of what is done apart; whether any of it has more to do."""
        more = [self._do(chore, self.clock(), stopping=self._stop.is_set) for chore in self._due(name)]
        return any(more)

    def _run_apart(self, name: str) -> None:
        try:
            self._rounds(partial(self._round_apart, name))
        finally:
            connections.close_all()

    def _rounds(self, one: Callable[[], bool]) -> None:
        """Round after round until told to stop; without a pause where one says that there is more to do."""
        wait = self.poll
        while not self._stop.is_set():
            try:
                close_old_connections()
                wait = 0.0 if one() else self.poll
            except DatabaseFault as fault:
                log.warning("the database does not answer", fault=str(fault).strip())
                connections.close_all()
                wait = min(max(wait, self.poll) * 2, _LONGEST_WAIT)
            self._stop.wait(wait)

    def _due(self, apart: str = "") -> Iterator[Chore]:
        for chore in CHORES.values():
            if chore.apart == apart and self._is_due(chore.name, chore.every):
                yield chore

    def _do(self, chore: Chore, *now: datetime, **stopping: Callable[[], bool]) -> bool:
        """Whether it has more to do. One that fails is tried again at its next hour, and holds up nothing."""
        with _run(chore.name):
            try:
                return chore.do(*now, **stopping) is True
            except DatabaseFault:
                if not all(one.is_usable() for one in connections.all(initialized_only=True)):
                    raise
                log.exception("a chore failed")
            except Exception:  # whatever it is, the worker goes on
                log.exception("a chore failed")
        return False

    def _beat(self) -> None:
        if self._beaten is None or monotonic() - self._beaten >= heartbeat.EACH.total_seconds():
            heartbeat.beat(self.name, started_at=self.started_at, now=self.clock())
            self._beaten = monotonic()

    def _is_due(self, name: str, every: timedelta) -> bool:
        last = self._done.get(name)
        if last is not None and monotonic() - last < every.total_seconds():
            return False
        self._done[name] = monotonic()
        return True


def _run(chore: str) -> AbstractContextManager[None]:
    """Have each line of the log that comes of it say so, and of which time that it was done."""
    return structlog.contextvars.bound_contextvars(chore=chore, run_id=secrets.token_hex(8))


def _threads() -> list[str]:
    return sorted({chore.apart for chore in CHORES.values()} - {""})
