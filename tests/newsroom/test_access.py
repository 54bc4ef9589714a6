"""Each request has an id, a line and a count, and the line says nothing of who asked."""

import json
import re
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from newsroom.access import KINDS, OTHER, REQUESTS, AccessMiddleware, kind_of

SECRET = "s3cret-" + "k" * 30
PROXY = ("HTTP_X_FORWARDED_PROTO", "https")


def answered(path: str = "/robots.txt", *, status: int = 200, **headers: str) -> HttpResponse:
    request = RequestFactory().get(path, headers=headers)
    return AccessMiddleware(lambda _: HttpResponse(status=status))(request)


def count(kind: str, status: str) -> float:
    wanted = {"kind": kind, "status": status}
    return sum(number for end, labels, number in REQUESTS.samples() if end == "_count" and labels == wanted)


class TestTheId:
    def test_is_our_own_for_whoever_comes_by_themselves(self, settings: Any) -> None:
        settings.SECURE_PROXY_SSL_HEADER = None
        found = answered(**{"X-Request-ID": "chosen-by-a-stranger"}).headers["X-Request-ID"]
        assert re.fullmatch(r"[0-9a-f]{32}", found)

    def test_is_the_proxys_where_there_is_one(self, settings: Any) -> None:
        settings.SECURE_PROXY_SSL_HEADER = PROXY
        given = "3f1c-from_the_proxy"
        assert answered(**{"X-Request-ID": given}).headers["X-Request-ID"] == given

    @pytest.mark.parametrize(
        "odd", ["", "short", "x" * 65, "with space", 'quote"quote', "line\nbreak", "kölnkölnköln"]
    )
    def test_is_never_an_odd_one(self, settings: Any, odd: str) -> None:
        settings.SECURE_PROXY_SSL_HEADER = PROXY
        assert re.fullmatch(r"[0-9a-f]{32}", answered(**{"X-Request-ID": odd}).headers["X-Request-ID"])

    def test_differs_from_request_to_request(self) -> None:
        assert answered().headers["X-Request-ID"] != answered().headers["X-Request-ID"]


class TestTheLine:
    @pytest.fixture(autouse=True)
    def _logs(self, settings: Any) -> None:
        settings.ACCESS_LOG = True

    def told(self, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
        (line,) = capsys.readouterr().err.splitlines()
        found: dict[str, Any] = json.loads(line)
        return found

    def test_says_what_was_asked_and_how_it_went(self, capsys: pytest.CaptureFixture[str]) -> None:
        response = answered("/articles/the-bridge/?q=who+am+i", status=404)
        told = self.told(capsys)
        assert told.pop("milliseconds") >= 0
        assert told.pop("timestamp").endswith("+00:00")
        assert told == {
            "event": "request",
            "request_id": response.headers["X-Request-ID"],
            "method": "GET",
            "path": "/articles/the-bridge/",
            "status_code": 404,
            "kind": "article",
            "logger": "newsroom.access",
            "level": "info",
        }

    @pytest.mark.parametrize(
        "path",
        [
            f"/preview/{SECRET}/",
            f"/alerts/manage/{SECRET}/",
            f"/alerts/unsubscribe/{SECRET}",
            f"/accounts/invitation/{SECRET}/",
            f"/accounts/password/reset/key/1-{SECRET}/",
        ],
    )
    def test_keeps_secrets_of_addresses(self, capsys: pytest.CaptureFixture[str], path: str) -> None:
        answered(path)
        told = self.told(capsys)["path"]
        assert "…" in told
        assert SECRET[:12] not in told

    def test_is_one_line_whatever_the_address(self, capsys: pytest.CaptureFixture[str]) -> None:
        answered("/x%0A%7B%22event%22%3A1%7D%E2%80%A8" + "y" * 5000)
        assert len(self.told(capsys)["path"]) == 200

    def test_is_not_written_where_the_proxy_keeps_a_log(
        self, capsys: pytest.CaptureFixture[str], settings: Any
    ) -> None:
        settings.ACCESS_LOG = False
        answered()
        assert capsys.readouterr().err == ""


class TestTheCount:
    def test_is_by_kind_of_page_and_class_of_answer(self) -> None:
        before = count("article", "2xx"), count("article", "5xx")
        answered("/articles/the-bridge/")
        answered("/articles/the-bridge/", status=503)
        assert (count("article", "2xx"), count("article", "5xx")) == (before[0] + 1, before[1] + 1)

    def test_knows_every_kind_of_address(self) -> None:
        assert [kind_of(path) for path in ("/", "/topics/köln/", "/about/", "/robots.txt", "//x")] == [
            "front",
            "listing",
            OTHER,
            OTHER,
            "front",
        ]
        assert OTHER not in KINDS.values()

    def test_is_taken_of_what_a_middleware_refuses_too(self, db: None) -> None:
        before = count("front", "4xx")
        Client(SERVER_NAME="unknown.example").get("/")
        assert count("front", "4xx") == before + 1


def test_a_request_without_a_path_is_no_fault() -> None:
    request = HttpRequest()
    request.method, request.path_info = "OPTIONS", "*"
    assert AccessMiddleware(lambda _: HttpResponse())(request).status_code == 200
