"""Drill E5: asking for a page changes nothing, and no form does without its token. Walks the whole map of the site."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from tests import walking
from tests.newsdesk import NOW, Cast, published, submitted
from tests.newsroom.test_exempt import ANSWERING, EXEMPT

#: What may be written down of somebody who only looks.
NOTED = {
    "django_session": "the signed-in person's own session",
    "articles_opening": "who has a story open, shown to whoever opens it too",
    "accounts_attempt": "how often one network asked what a passkey is to sign, as a keyed hash",
}

_WRITES = re.compile(r'(?:INSERT INTO|(?<!DO )UPDATE|DELETE FROM)\s+"?(\w+)', re.IGNORECASE)


@contextmanager
def written() -> Iterator[set[str]]:
    """Gather the names of tables that are written to."""
    tables: set[str] = set()

    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        tables.update(_WRITES.findall(sql))
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield tables


@pytest.fixture
def number(cast: Cast) -> int:
    """Of a story in review, beside a published one."""
    published(cast, now=NOW, headline="Seen by everybody")
    return submitted(cast).pk


@pytest.mark.parametrize("who", ["manager", "administrator"])
class TestAsking:
    def test_changes_nothing(self, cast: Cast, number: int, who: str) -> None:
        client = Client(raise_request_exception=False)
        client.force_login(getattr(cast, who))
        wrong: dict[str, set[str]] = {}
        for route, _ in walking.routes():
            for ask in (client.get, client.head):
                with written() as tables:
                    ask(walking.address(route, number))
                if more := tables - NOTED.keys():
                    wrong[route] = more
        assert wrong == {}


class TestAFormWithoutItsToken:
    def test_changes_nothing(self, cast: Cast, number: int) -> None:
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        client.force_login(cast.manager)
        wrong, refused = {}, 0
        for route, _ in walking.routes():
            if route in EXEMPT or route.startswith(ANSWERING):
                continue
            with written() as tables:
                answer = client.post(walking.address(route, number), {"action": "submit"})
            refused += answer.status_code == 403
            if tables - NOTED.keys() or answer.status_code < 400:
                wrong[route] = answer.status_code, tables
        assert wrong == {}
        assert refused >= 100
