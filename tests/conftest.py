"""What every test stands on: no way out of this machine."""

import socket

import pytest

from articles import navigation
from tests.browsing import chromium, page  # noqa: F401
from tests.newsdesk import Cast, hire

NEAR = ("127.0.0.1", "::1", "localhost")


@pytest.fixture(autouse=True)
def _no_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test reach this machine only: a stray request to the world fails at once, by name."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in NEAR:  # type: ignore[index]
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def _fresh_navigation() -> None:
    """Let no test see the sections of another: the process keeps them for half a minute."""
    navigation.forget()


@pytest.fixture
def cast(db: None) -> Cast:
    """The people of tests/newsdesk.py."""
    return hire()
