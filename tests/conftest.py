"""What every test stands on: no way out of this machine."""

import os
import socket
from unittest import TestCase

import pytest

from articles import navigation
from tests.browsing import chromium, page  # noqa: F401
from tests.newsdesk import Cast, hire

#: Fixtures that give a test the database.
DATABASE = {
    "db",
    "transactional_db",
    "live_server",
    "django_db_reset_sequences",
    "django_db_serialized_rollback",
}

#: What is told anew on each database, whatever it seems to use: it starts processes and browsers of its own.
ALWAYS = ("journeys", "production")

NEAR = ("127.0.0.1", "::1", "localhost")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With SECOND_DATABASE set, leave out what no second database can change."""
    if not os.environ.get("SECOND_DATABASE"):
        return
    told = [item for item in items if not _depends_on_the_database(item)]
    config.hook.pytest_deselected(items=told)
    items[:] = [item for item in items if _depends_on_the_database(item)]


def _depends_on_the_database(item: pytest.Item) -> bool:
    if any(folder in item.path.parts for folder in ALWAYS):
        return True
    if item.get_closest_marker("browser"):
        return False
    owner = getattr(item, "cls", None)
    uses = bool(DATABASE & set(getattr(item, "fixturenames", ())))
    return (
        uses
        or bool(item.get_closest_marker("django_db"))
        or (owner is not None and issubclass(owner, TestCase))
    )


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
