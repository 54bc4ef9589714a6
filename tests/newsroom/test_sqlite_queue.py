"""Whoever writes to a SQLite file in one gets their turn in the order in which they came."""

import os
import threading
import time
from contextlib import nullcontext

import pytest
from django.db import connection, transaction

from accounts.models import User
from newsroom.sqlite import queue
from tests.newsdesk import hire

pytestmark = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="about SQLite alone")


@pytest.fixture
def path(tmp_path):
    return str(tmp_path / "newsroom.sqlite3")


def coming(name, let_in, wait):
    """Somebody who queues from now on, waits in `wait`, and writes their name down when it is their turn."""

    def come():
        with wait:
            let_in.append(name)

    thread = threading.Thread(target=come)
    thread.start()
    time.sleep(0.05)
    return thread


class Turn:
    def __init__(self, path):
        self.path = path

    def __enter__(self):
        self.place = queue.enter(self.path)

    def __exit__(self, *_):
        os.close(self.place)


class TestTheQueue:
    def test_lets_in_whoever_came_first(self, path):
        let_in = []
        with Turn(path):
            threads = [coming(name, let_in, Turn(path)) for name in ("worker", "editor", "manager")]
            assert let_in == []
        for thread in threads:
            thread.join()
        assert let_in == ["worker", "editor", "manager"]

    def test_is_left_by_whoever_is_killed(self, path):
        if (child := os.fork()) == 0:
            queue.enter(path)
            os._exit(9)
        os.waitpid(child, 0)
        began = time.monotonic()
        with Turn(path):
            assert time.monotonic() - began < queue.PATIENCE / 2

    def test_is_not_waited_in_for_good(self, path, monkeypatch):
        monkeypatch.setattr(queue, "PATIENCE", 0.01)
        began = time.monotonic()
        with Turn(path), Turn(path):
            assert time.monotonic() - began < 5

    def test_is_each_database_s_own(self, path, tmp_path):
        began = time.monotonic()
        with Turn(path), Turn(str(tmp_path / "another.sqlite3")):
            assert time.monotonic() - began < queue.PATIENCE / 2

    def test_leaves_nothing_behind(self, path, tmp_path):
        with Turn(path):
            pass
        assert not list(tmp_path.iterdir())

    def test_is_done_without_where_there_is_no_folder(self, tmp_path):
        assert queue.enter(str(tmp_path / "no folder" / "newsroom.sqlite3")) is None


@pytest.mark.django_db(transaction=True)
class TestATransaction:
    @pytest.mark.parametrize("is_whole", [True, False], ids=["a transaction", "a single statement"])
    def test_lets_in_the_one_that_waited_longest(self, is_whole):
        """By itself SQLite lets in the one that came last: it asks most often."""
        person = hire().editor

        def write(name, is_whole):
            with transaction.atomic() if is_whole else nullcontext():
                User.objects.filter(pk=person.pk).update(name=name)
            connection.close()

        with transaction.atomic():
            first = threading.Thread(target=write, args=("first", is_whole))
            first.start()
            time.sleep(0.45)
            last = threading.Thread(target=write, args=("last", True))
            last.start()
            time.sleep(0.05)
        first.join()
        last.join()
        person.refresh_from_db()
        assert person.name == "last"

    @pytest.mark.parametrize("fault", [None, ValueError])
    def test_lets_the_next_one_in_at_its_end_however_that_is(self, fault):
        try:
            with transaction.atomic():
                assert connection._place is not None
                if fault:
                    raise fault
        except ValueError:
            pass
        assert connection._place is None
