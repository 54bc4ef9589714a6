"""The watch of a process: what was committed a second ago is known, and a database that hangs holds nobody up."""

import time
from collections.abc import Iterator
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
import time_machine
from django.db import OperationalError, ProgrammingError

from articles.freshness import Stamp
from newsroom.page_cache import watching
from newsroom.page_cache.watching import Watch
from tests.newsdesk import NOW, Cast, scheduled

HOUR = timedelta(hours=1)


class Database:
    """What stands in it, and whether it answers."""

    def __init__(self) -> None:
        self.number, self.due, self.asked = 1, float("inf"), 0
        self.fault: Exception | None = None
        self.answers = Event()
        self.answers.set()

    def read(self) -> Stamp:
        self.asked += 1
        self.answers.wait(5)
        if self.fault is not None:
            raise self.fault
        return Stamp(str(self.number), "1", self.due, float("inf"))


@pytest.fixture
def database(monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    database = Database()
    monkeypatch.setattr(Watch, "_read", database.read)
    monkeypatch.setattr(watching, "connections", {"default": Closing()})
    for name, value in (("EACH", 0.02), ("LONGEST", 0.06), ("PATIENCE", 5.0), ("AWAY", 0.03)):
        monkeypatch.setattr(watching, name, value)
    yield database
    database.fault = None
    database.answers.set()
    time.sleep(0.1)  # the threads hear of it, and rest


class Closing:
    settings_dict = {"CONN_MAX_AGE": 0}

    def close(self) -> None:
        pass

    def close_if_unusable_or_obsolete(self) -> None:
        pass


def soon(ask: Any) -> bool:
    until = time.monotonic() + 3
    while time.monotonic() < until:
        if ask():
            return True
        time.sleep(0.005)
    return False


def changes(watch: Watch) -> str | None:
    said = watch.current()
    return said and said.changes


class TestWatch:
    def test_tells_what_is_so(self, database: Database) -> None:
        assert changes(Watch()) == "1"

    def test_never_tells_what_was_so_too_long_ago(self, database: Database) -> None:
        watch = Watch()
        assert changes(watch) == "1"
        database.number = 2
        time.sleep(0.07)
        assert changes(watch) == "2"

    def test_asks_once_for_many_readers(self, database: Database) -> None:
        watch, began = Watch(), time.monotonic()
        for _ in range(2000):
            assert changes(watch) == "1"
        assert database.asked <= 2 + (time.monotonic() - began) / watching.EACH

    def test_asks_again_when_something_is_due(
        self, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        watch, clock = Watch(), [100.0]
        monkeypatch.setattr(watching, "time", lambda: clock[0])
        monkeypatch.setattr(watching, "LONGEST", 60.0)
        database.due = 200.0
        assert changes(watch) == "1"
        clock[0], database.number, database.due = 200.0, 2, 300.0
        assert changes(watch) == "2"

    def test_asks_nothing_while_nobody_reads(self, database: Database) -> None:
        watch = Watch()
        changes(watch)
        time.sleep(0.2)
        before = database.asked
        time.sleep(0.1)
        assert database.asked == before


class TestADatabaseThatIsAway:
    def test_is_told_from_one_that_says_something_else(self, database: Database) -> None:
        for fault, is_away in (
            (OperationalError("refused"), True),
            (ProgrammingError("no such table"), False),
        ):
            watch = Watch()
            database.fault = fault
            assert changes(watch) is None
            assert watch.is_away is is_away

    def test_holds_nobody_up(self, database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
        watch = Watch()
        changes(watch)
        monkeypatch.setattr(watching, "PATIENCE", 0.05)
        database.answers.clear()
        time.sleep(0.07)
        assert changes(watch) is None  # the first who notices waits
        began = time.monotonic()
        assert [changes(watch) for _ in range(100)] == [None] * 100
        assert time.monotonic() - began < 0.5

    def test_has_just_gone_for_a_moment_only(
        self, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(watching, "JUST_GONE", 0.3)
        watch = Watch()
        watch.current()
        assert not watch.has_just_gone
        database.fault = OperationalError("away")
        assert soon(lambda: watch.current() is None)
        assert watch.has_just_gone
        assert soon(lambda: watch.current() is None and not watch.has_just_gone)
        database.fault = None
        assert soon(lambda: watch.current() is not None)
        assert not watch.has_just_gone

    def test_is_noticed_when_it_is_back_even_if_nobody_asked(self, database: Database) -> None:
        watch = Watch()
        database.fault = OperationalError("refused")
        assert changes(watch) is None
        database.fault = None
        before = database.asked
        assert soon(lambda: database.asked > before)
        assert soon(lambda: changes(watch) == "1")


@pytest.mark.django_db
def test_a_clock_that_is_put_right_is_noticed(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes within the hours by which it was ahead would else come up to a minute late."""
    monkeypatch.setattr(watching, "connections", {"default": Closing()})
    watch = Watch()
    scheduled(cast, at=NOW + HOUR)
    with time_machine.travel(NOW + 2 * HOUR, tick=False) as clock:
        watch.last = watch._read()
        clock.shift(-2 * HOUR)
        assert watch._read().due == (NOW + HOUR).timestamp()
