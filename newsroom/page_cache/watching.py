"""Watches whether readers' pages have changed: asks the database, at most twice a second and from a thread of its own.

Whoever answers from what is kept never waits for a database that hangs: the thread does.
"""

import os
from collections.abc import Callable
from threading import Condition, Thread
from time import monotonic, sleep, time

import structlog
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

from articles import navigation
from articles.freshness import Stamp, changes, stamp
from articles.outages import is_outage
from newsroom import patience

log = structlog.get_logger(__name__)

#: Seconds after which it is asked again, where somebody wants to know.
EACH = 0.4

#: How old the answer may be: what was committed longer ago is seen by everybody.
LONGEST = 0.9

#: How long readers wait for it, until one has waited in vain; from then on it is asked each AWAY, and nobody waits.
PATIENCE, AWAY = 3.0, 1.0

#: For how long a database that went is about to be back: as long as readers wait for it.
JUST_GONE = patience.LONGEST


class Watch:
    """What one process knows of how things stand for readers."""

    def __init__(self, *, noted: Callable[[Stamp], None] = lambda stamp: None) -> None:
        self._noted = noted
        #: The last that was known.
        self.last: Stamp | None = None
        self._asked_at = float("-inf")
        #: By the clock on the wall, which may be put right.
        self._read_at = float("inf")
        self._away = False
        self._away_since = float("-inf")
        self._fault: Exception | None = None
        self._wanted = False
        self._change = Condition()
        self._pid = 0

    def current(self) -> Stamp | None:
        """How things stand, by an answer younger than LONGEST; None where the database does not say."""
        known, age = self.last, monotonic() - self._asked_at
        if age > EACH and not self._wanted:
            self._want()
        if known is not None and age < LONGEST and time() < known.due:
            return known
        return None if self._away else self._waited_for()

    @property
    def is_away(self) -> bool:
        """Whether the database does not answer, rather than answer something else."""
        return self._fault is None or is_outage(self._fault)

    @property
    def has_just_gone(self) -> bool:
        """Whether the database has been away for a moment only, and may be back in another."""
        return self._away and monotonic() - self._away_since < JUST_GONE

    def _waited_for(self) -> Stamp | None:
        self._want()
        with self._change:
            self._change.wait_for(lambda: self._away or self._is_young(), timeout=PATIENCE)
            if self._is_young():
                return self.last
            self._note(is_away=True)
        return None

    def _note(self, *, is_away: bool) -> None:
        if is_away and not self._away:
            self._away_since = monotonic()
        self._away = is_away

    def _is_young(self) -> bool:
        known = self.last
        return known is not None and monotonic() - self._asked_at < LONGEST and time() < known.due

    def _want(self) -> None:
        with self._change:
            self._wanted = True
            if self._pid != os.getpid():  # threads do not survive a fork
                self._pid = os.getpid()
                Thread(target=self._run, name="watch", daemon=True).start()
            self._change.notify_all()

    def _run(self) -> None:
        while True:
            with self._change:
                self._change.wait_for(lambda: self._wanted, timeout=AWAY if self._away else None)
                self._wanted = False
            began = monotonic()
            self._ask(began)
            sleep(max(0.0, began + EACH - monotonic()))

    def _ask(self, began: float) -> None:
        try:
            known, fault = self._read(), None
        except Exception as found:  # noqa: BLE001  (whatever it is, nobody may wait for a thread that is gone)
            known, fault = None, found
            connections[DEFAULT_DB_ALIAS].close()
        with self._change:
            if known is not None:
                self.last, self._asked_at = known, began
            self._tell(fault)
            self._note(is_away=known is None)
            self._fault = fault
            self._change.notify_all()

    def _tell(self, fault: Exception | None) -> None:
        """Say once that it began, and once that it ended."""
        if fault is not None and self._fault is None:
            log.error("readers get what was kept: the database does not say what changed", fault=str(fault))
        elif fault is None and self._away:
            log.info("the database says again what changed")

    def _read(self) -> Stamp:
        """One query as long as nothing changed and nothing is due."""
        connection = connections[DEFAULT_DB_ALIAS]
        connection.close_if_unusable_or_obsolete()
        try:
            said, known = changes(), self.last
            is_same = known is not None and said == (known.changes, known.takings)
            if known is not None and is_same and self._read_at <= time() < known.due:
                return known
            self._read_at = time()
            found = stamp(timezone.now(), said)
            navigation.forget()
            self._noted(found)
            return found
        finally:
            if connection.settings_dict["CONN_MAX_AGE"] == 0:  # one of a pool, for which others wait
                connection.close()
