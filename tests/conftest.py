"""What every test stands on: no way out of this machine."""

import os
import socket
from collections.abc import Iterator
from copy import deepcopy
from unittest import TestCase

import pytest
from django.conf import settings
from django.db import connection, connections
from django.test import TransactionTestCase

from articles import navigation
from articles.sitemaps import contents as sitemap_contents
from tests import template
from tests.browsing import chromium, page  # noqa: F401
from tests.newsdesk import Cast, hire
from tests.remembering import journal

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

#: The pages of the desk ask the database what its other tests ask it, in the same ways, and are a third of all tests:
#: they are told once, but for those whose queries are their own.
PAGES = (("articles", "admin"), ("alerts", "admin"))
WITH_QUERIES_OF_THEIR_OWN = (
    *("test_alarms.py", "test_calendar.py", "test_conflicts.py", "test_desk.py", "test_desk_costs.py"),
    *("test_followers.py", "test_front_page.py", "test_lists.py", "test_overview.py", "test_queue.py"),
    *("test_saving.py", "test_story.py", "test_uncertain.py"),
)


@pytest.fixture(scope="session")
def django_db_keepdb(
    django_db_keepdb: bool,
    django_db_modify_db_settings_parallel_suffix: None,
) -> bool:
    """Take what is there where a copy of the run's template stands in for migrating (tests/template.py)."""
    return template.stand_in(connections["default"].settings_dict) or django_db_keepdb


@pytest.fixture(scope="session", autouse=True)
def _put_back() -> Iterator[None]:
    """Make up quickly for what a test has committed (tests/template.py)."""
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def teardown(self: TransactionTestCase) -> None:
        if not template.put_back(connection):
            flush(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


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
    if item.get_closest_marker("browser") or _is_a_page_of_the_desk(item):
        return False
    owner = getattr(item, "cls", None)
    uses = bool(DATABASE & set(getattr(item, "fixturenames", ())))
    return (
        uses
        or bool(item.get_closest_marker("django_db"))
        or (owner is not None and issubclass(owner, TestCase))
    )


def _is_a_page_of_the_desk(item: pytest.Item) -> bool:
    return item.path.parts[-3:-1] in PAGES and item.path.name not in WITH_QUERIES_OF_THEIR_OWN


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Begin a page in the journal of what this test writes (tests/remembering.py)."""
    journal.begin()


@pytest.fixture(autouse=True)
def _no_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test reach this machine only: a stray request to the world fails at once, by name."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in NEAR:  # type: ignore[index]
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)
    journal.watch(monkeypatch)


@pytest.fixture(autouse=True)
def _mail_stays_here() -> Iterator[None]:
    """Find the test that leaves another mail server to the next one."""
    before = deepcopy(settings.MAILERS)
    yield
    assert before == settings.MAILERS


@pytest.fixture(autouse=True)
def _fresh_memory() -> None:
    """Let no test see the sections of another, nor its sitemaps: a process keeps them."""
    navigation.forget()
    sitemap_contents.forget()


@pytest.fixture
def cast(db: None) -> Cast:
    """The people of tests/newsdesk.py."""
    return hire()
