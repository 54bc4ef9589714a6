"""The worker: alive, once and again, through a database that goes away, and gone when told."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection
from structlog.contextvars import get_contextvars

from articles.desk import chores, following_up, heartbeat, working
from articles.desk.working import Worker
from articles.models import DailyRoot, FollowUp, WorkerBeat
from tests.newsdesk import NOW, Cast, published
from tests.production.serving import environ, scratch_database

ROOT = Path(__file__).resolve().parent.parent.parent.parent


@pytest.fixture(autouse=True)
def _own_lists(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following_up, "EFFECTS", {"appeared": following_up.EFFECTS["appeared"]})
    monkeypatch.setattr(chores, "CHORES", dict(chores.CHORES))
    monkeypatch.setattr(working, "CHORES", chores.CHORES)


def worker() -> Worker:
    return Worker(poll=0.01, clock=lambda: NOW)


class TestOnce:
    def test_follows_up_does_the_chores_and_says_that_it_lives(self, cast: Cast) -> None:
        published(cast)
        assert worker().once().done == 1
        assert DailyRoot.objects.count() == 1
        assert heartbeat.age(NOW + timedelta(seconds=5)) == timedelta(seconds=5)

    def test_as_a_command_says_what_it_did(self, db: None) -> None:
        out = StringIO()
        call_command("worker", once=True, stdout=out)
        assert out.getvalue() == "0 followed up, 0 failed.\n"

    def test_as_a_command_fails_where_something_failed(self, cast: Cast, time_machine) -> None:
        time_machine.move_to(NOW, tick=False)
        published(cast)
        following_up.register("tell", _raise)
        with pytest.raises(CommandError, match="tried again later"):
            call_command("worker", once=True, stdout=StringIO())
        assert FollowUp.objects.failing().count() == 1


class TestChores:
    def test_wait_for_their_hour(self, db: None) -> None:
        done: list[object] = []
        chores.register("sweep the floor", done.append, every=timedelta(hours=1))
        one = worker()
        one.once()
        one.once()
        assert done == [NOW]

    def test_that_raise_hold_up_no_other(self, db: None) -> None:
        done: list[object] = []
        chores.register("break something", _raise, every=timedelta(hours=1))
        chores.register("sweep the floor", done.append, every=timedelta(hours=1))
        worker().once()
        assert done == [NOW]


class TestTheLog:
    def test_tells_of_each_line_which_chore_it_comes_of_and_which_time_it_was_done(self, db: None) -> None:
        said: list[dict[str, Any]] = []
        note = lambda *_, **__: said.append(dict(get_contextvars()))  # noqa: E731
        for name, apart in (("sweep the floor", ""), ("answer the door", "door")):
            chores.register(name, note, every=timedelta(0), apart=apart)
        one = worker()
        one.once()
        one.once()
        assert [line["chore"] for line in said] == 2 * ["sweep the floor", "answer the door"]
        assert len({line["run_id"] for line in said}) == 4
        assert get_contextvars() == {}


class TestChoresApart:
    def test_are_done_while_another_chore_takes_its_time(self, transactional_db: None) -> None:
        done = threading.Event()
        chores.register("take a while", lambda now: done.wait(10), every=timedelta(hours=1))

        def answer(now: datetime, *, stopping: Callable[[], bool]) -> None:
            done.set()
            one.stop()

        chores.register("answer the door", answer, every=timedelta(0), apart="door")
        one = worker()
        one.run()
        assert done.is_set()

    def test_go_on_at_once_while_they_have_more_to_do(self, db: None) -> None:
        left = [1, 2, 3]

        def answer(now: datetime, *, stopping: Callable[[], bool]) -> bool:
            left.pop()
            return bool(left)

        chores.register("answer the door", answer, every=timedelta(0), apart="door")
        worker().once()
        assert left == []

    def test_are_asked_to_stop(self, transactional_db: None) -> None:
        def answer(now: datetime, *, stopping: Callable[[], bool]) -> bool:
            one.stop()
            return not stopping()

        chores.register("answer the door", answer, every=timedelta(0), apart="door")
        one = worker()
        one.run()


class TestHeartbeat:
    def test_of_the_dead_is_forgotten_after_a_day(self, db: None) -> None:
        heartbeat.beat("old:1", started_at=NOW, now=NOW)
        heartbeat.beat("new:1", started_at=NOW, now=NOW + timedelta(days=2))
        assert [beat.name for beat in WorkerBeat.objects.all()] == ["new:1"]

    def test_is_of_the_liveliest(self, db: None) -> None:
        heartbeat.beat("one:1", started_at=NOW, now=NOW)
        heartbeat.beat("two:1", started_at=NOW, now=NOW + timedelta(seconds=30))
        assert heartbeat.age(NOW + timedelta(seconds=40)) == timedelta(seconds=10)


class TestRunning:
    def test_outlasts_a_database_that_is_away(self, transactional_db: None, monkeypatch) -> None:
        answers: list[Callable[[], None]] = [_away, _away]

        def sweep(*args: object, **kwargs: object) -> following_up.Swept:
            if answers:
                answers.pop()()
            one.stop()
            return following_up.Swept(done=1)

        monkeypatch.setattr(working, "sweep", sweep)
        one = worker()
        started = time.monotonic()
        one.run()
        assert answers == []
        assert time.monotonic() - started < 5

    @pytest.mark.postgresql
    def test_outlasts_a_connection_that_was_cut(self, transactional_db: None) -> None:
        if connection.vendor != "postgresql":
            pytest.skip("about PostgreSQL")
        one = worker()
        seen = threading.Event()
        chores.register("look", lambda now: seen.set(), every=timedelta(milliseconds=1))
        thread = threading.Thread(target=_run_and_close, args=(one,))
        thread.start()
        assert seen.wait(30)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        seen.clear()
        assert seen.wait(30), "the worker did not come back"
        one.stop()
        thread.join(30)
        assert not thread.is_alive()


@pytest.mark.slow
class TestTheProcess:
    def test_ends_cleanly_when_told_to(self, tmp_path: Path, db: None) -> None:
        with scratch_database(tmp_path) as url:
            settings = environ(tmp_path, DATABASE_URL=url)
            for number in (signal.SIGTERM, signal.SIGINT):
                self._start_and_stop(settings, number, tmp_path / f"log-{number}")

    def _start_and_stop(self, settings: dict[str, str], number: int, log: Path) -> None:
        with log.open("w") as file:
            command = [sys.executable, "manage.py", "worker"]
            process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=file, stderr=file)
        _wait_until(lambda: "the worker starts" in log.read_text(), process)
        time.sleep(0.5)
        process.send_signal(number)
        assert process.wait(timeout=30) == 0
        assert "the worker stops" in log.read_text()


def _raise(*args: object, **kwargs: object) -> None:
    raise ValueError("The printer is on fire.")


def _away() -> None:
    raise OperationalError("server closed the connection unexpectedly")


def _run_and_close(one: Worker) -> None:
    try:
        one.run()
    finally:
        connection.close()


def _wait_until(condition: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while not condition():
        assert process.poll() is None and time.monotonic() < until
        time.sleep(0.05)
