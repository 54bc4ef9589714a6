"""The worker's day: sweep what is due, do the chores, say that it lives, and stop when it is told to."""

import os
import socket
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
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


class Worker:
    """One process. Any number may run beside each other, and none need run for readers to get what is due."""

    def __init__(self, *, poll: float, clock: Callable[[], datetime] = timezone.now) -> None:
        self.poll = poll
        self.clock = clock
        self.name = f"{socket.gethostname()[:100]}:{os.getpid()}"
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
        wait = self.poll
        while not self._stop.is_set():
            wait = self.poll if self._turn() else min(wait * 2, _LONGEST_WAIT)
            self._stop.wait(wait)
        log.info("the worker stops", worker=self.name)

    def once(self) -> Swept:
        """Everything that is due, once."""
        self._beat()
        swept = sweep(self.clock(), stopping=self._stop.is_set)
        if swept.done or swept.failed:
            log.info("followed up", done=swept.done, failed=swept.failed)
        for chore in CHORES.values():
            if self._is_due(chore.name, chore.every):
                self._do(chore)
        return swept

    def _turn(self) -> bool:
        """One round; whether the database answered."""
        try:
            close_old_connections()
            self.once()
        except DatabaseFault as fault:
            log.warning("the database does not answer", fault=str(fault).strip())
            connections.close_all()
            return False
        return True

    def _do(self, chore: Chore) -> None:
        """A chore that fails is tried again at its next hour, and holds up nothing."""
        try:
            chore.do(self.clock())
        except DatabaseFault:
            if not all(connection.is_usable() for connection in connections.all(initialized_only=True)):
                raise
            log.exception("a chore failed", chore=chore.name)
        except Exception:  # whatever it is, the worker goes on
            log.exception("a chore failed", chore=chore.name)

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
