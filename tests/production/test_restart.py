"""Drill D9, small: a new version takes over from the old one, and nobody who asks meanwhile notices.

drills/d9_restart.py does it under load, in every way there is, and stops the worker too.
"""

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.production.serving import environ, free_port, gunicorn, log, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("production")]

ASKED = b"GET /healthz HTTP/1.1\r\nHost: news.example.org\r\nConnection: close\r\n"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[int, int, Callable[[], str]]]:
    """A web server's master, its port, and what it has said so far."""
    settings = environ(tmp_path, PORT=str(free_port()))
    process = gunicorn(settings)
    wait_for(process, int(settings["PORT"]))
    yield process.pid, int(settings["PORT"]), log(settings).read_text
    process.terminate()
    process.wait(timeout=30)


def begun(port: int) -> socket.socket:
    """A request of which the last line is still to come."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    connection.sendall(ASKED)
    return connection


def ended(connection: socket.socket) -> bytes:
    """The first line of what it is answered."""
    connection.sendall(b"\r\n")
    with connection, connection.makefile("rb") as answer:
        return answer.readline()


def until(holds: Callable[[], object]) -> None:
    patience = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < patience
        time.sleep(0.05)


def test_a_new_version_starts_beside_the_old_one_and_takes_over(server):
    old, port, said = server
    half_asked = begun(port)
    os.kill(old, signal.SIGUSR2)
    until(lambda: "Handling signal: term" in said())
    assert ended(half_asked).startswith(b"HTTP/1.1 200")
    until(lambda: "Master has been promoted." in said())
    assert ended(begun(port)).startswith(b"HTTP/1.1 200")
    (new,) = {int(line.split("[")[2].split("]")[0]) for line in said().splitlines() if "promoted" in line}
    os.kill(new, signal.SIGTERM)
    assert new != old
