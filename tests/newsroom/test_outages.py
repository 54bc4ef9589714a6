"""Drill D3, small: with the database away everybody is told plainly, and nobody loses what they typed."""

import errno
import sqlite3
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
import structlog
from django.db import InterfaceError, InternalError, OperationalError, ProgrammingError, connection
from django.test import Client

from articles.outages import is_outage
from newsroom.postgresql import base

REQUEST = "the-id-of-this-request"
HOSTILE = '"><script>alert(1)</script>\nMünchen'


@pytest.fixture(autouse=True)
def _known() -> Iterator[None]:
    with structlog.contextvars.bound_contextvars(request_id=REQUEST):
        yield


class Fields(HTMLParser):
    """The form on a page: where it goes, and what it sends."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.sent: list[tuple[str, str]] = []
        self.address = ""
        self.feed(text)

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in given}
        if tag == "form":
            self.address = attributes["action"]
        if tag == "input":
            self.sent.append((attributes["name"], attributes["value"]))


@pytest.fixture
def away(db: None) -> Iterator[None]:
    """No query gets through from here on."""

    def fail(*_: Any) -> None:
        raise OperationalError("could not connect to server at 10.0.0.7")

    with connection.execute_wrapper(fail):
        yield


def asked(do: Callable[[Client], Any]) -> Any:
    return do(Client(raise_request_exception=False))


@pytest.mark.usefixtures("away")
class TestAReader:
    @pytest.mark.parametrize(
        "path", ["/", "/articles/", "/articles/the-bridge/", "/feeds/latest.rss", "/sitemap.xml"]
    )
    def test_is_told_to_come_back_and_when(self, path: str) -> None:
        answer = asked(lambda client: client.get(path))
        assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")
        words = answer.content.decode()
        assert "we will be back in a moment" in words
        assert REQUEST in words
        assert "10.0.0.7" not in words
        assert not answer.cookies

    def test_of_the_api_is_told_in_json(self) -> None:
        answer = asked(lambda client: client.get("/api/v1/articles/"))
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")
        assert answer.json()["title"] == "Service Unavailable"


@pytest.mark.usefixtures("away")
class TestAnEditor:
    def test_gets_the_form_back_to_send_it_again(self) -> None:
        typed = {"headline": HOSTILE, "tags": ["1", "2"], "_save": "Save", "csrfmiddlewaretoken": "t"}
        client = Client(raise_request_exception=False)
        client.cookies["session"] = "k" * 32
        answer = client.post("/admin/articles/story/7/change/?x=1", typed)
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")
        form = Fields(answer.content.decode())
        assert form.address == "/admin/articles/story/7/change/?x=1"
        assert sorted(form.sent) == sorted(
            [
                ("headline", HOSTILE),
                ("tags", "1"),
                ("tags", "2"),
                ("_save", "Save"),
                ("csrfmiddlewaretoken", "t"),
            ]
        )
        assert "script-src 'self'" in answer["Content-Security-Policy"]

    def test_who_signs_in_does_not_find_the_password_on_the_page(self) -> None:
        answer = asked(
            lambda client: client.post("/accounts/login/", {"login": "a@b.example", "password": "hunter2"})
        )
        assert answer.status_code == 503
        assert "hunter2" not in answer.content.decode()


class TestAFullDisk:
    """Drill D4, small."""

    @pytest.fixture(params=["SQLite", "PostgreSQL", "pictures"])
    def fault(self, request: pytest.FixtureRequest) -> Exception:
        if request.param == "pictures":
            return OSError(errno.ENOSPC, "No space left on device")
        lite, postgres = (
            sqlite3.OperationalError("database or disk is full"),
            Exception("could not extend file"),
        )
        lite.sqlite_errorcode, postgres.sqlstate = sqlite3.SQLITE_FULL, "53100"  # type: ignore[attr-defined]
        raised = OperationalError("full")
        raised.__cause__ = lite if request.param == "SQLite" else postgres
        return raised

    def test_is_told_at_the_desk_with_the_form_kept(self, fault: Exception, db: None) -> None:
        def fail(*_: Any) -> None:
            raise fault

        client = Client(raise_request_exception=False)
        client.cookies["session"] = "k" * 32
        with connection.execute_wrapper(fail):
            answer = client.post("/admin/articles/story/7/change/", {"headline": HOSTILE})
        assert answer.status_code == 507
        assert "The server’s disk is full" in answer.content.decode()
        assert Fields(answer.content.decode()).sent == [("headline", HOSTILE)]


class TestAFaultOfOurs:
    def test_is_no_outage(self, db: None) -> None:
        with connection.execute_wrapper(self.wrong):
            answer = asked(lambda client: client.get("/articles/"))
        assert answer.status_code == 500
        assert REQUEST in answer.content.decode()

    def wrong(self, *_: Any) -> None:
        raise ProgrammingError("column does not exist")


class TestWhatAnOutageIs:
    def test_is_a_database_that_is_gone_locked_full_or_a_standby(self) -> None:
        locked, standby = sqlite3.OperationalError("locked"), Exception()
        locked.sqlite_errorcode, standby.sqlstate = sqlite3.SQLITE_BUSY, "25006"  # type: ignore[attr-defined]
        assert is_outage(OperationalError())
        assert is_outage(caused(OperationalError(), locked))
        assert is_outage(InterfaceError("the connection is closed"))
        assert is_outage(caused(InternalError(), standby))

    def test_is_no_question_that_we_asked_wrongly(self) -> None:
        missing = sqlite3.OperationalError("no such table")
        missing.sqlite_errorcode = sqlite3.SQLITE_ERROR
        assert not is_outage(caused(OperationalError(), missing))
        assert not is_outage(InternalError())
        assert not is_outage(ProgrammingError())
        assert not is_outage(None)


def caused(fault: Exception, cause: Exception) -> Exception:
    fault.__cause__ = cause
    return fault


class TestNobodyQueuesForADatabaseThatIsAway:
    @pytest.fixture
    def wrapper(self, db: None, monkeypatch: pytest.MonkeyPatch) -> Any:
        monkeypatch.setattr(base, "_is_away", False)
        settings = {
            "NAME": "news",
            "HOST": "127.0.0.1",
            "PORT": "1",
            "USER": "x",
            "PASSWORD": "",
            "OPTIONS": {},
        }
        return base.DatabaseWrapper({**connection.settings_dict, **settings}, "away")

    def test_but_one_thread_tries(self, wrapper: Any) -> None:
        with pytest.raises(OperationalError, match="refused|failed"):
            wrapper.ensure_connection()
        with base._trying, pytest.raises(OperationalError, match="somebody is trying it"):
            wrapper.ensure_connection()
        with pytest.raises(OperationalError, match="refused|failed"):
            wrapper.ensure_connection()

    def test_once_it_is_back_all_do(self, wrapper: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        with pytest.raises(OperationalError):
            wrapper.ensure_connection()
        monkeypatch.setattr(base.base.DatabaseWrapper, "get_new_connection", lambda *_: "a connection")
        assert wrapper.get_new_connection({}) == "a connection"
        with base._trying:
            assert wrapper.get_new_connection({}) == "a connection"
