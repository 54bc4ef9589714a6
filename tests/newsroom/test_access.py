"""Each request has an id, a line and a count, and the line says nothing of who asked."""

import json
import re
from typing import Any
from urllib.parse import unquote

import pytest

from newsroom.access import KINDS, OTHER, REQUESTS, Access, kind_of

SECRET = "s3cret-" + "k" * 30


def answered(
    path: str = "/robots.txt",
    *,
    status: int = 200,
    request_id: str | None = None,
    is_behind_proxy: bool = True,
    writes: bool = False,
) -> str:
    """Ask a site that always answers the same; the id in the answer."""

    def site(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response(f"{status} Whatever", [("X-Request-ID", "of another part")])
        return []

    given = {} if request_id is None else {"HTTP_X_REQUEST_ID": request_id}
    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": unquote(path, "latin-1").partition("?")[0], **given}
    told: list[str] = []
    Access(site, is_behind_proxy=is_behind_proxy, writes=writes)(
        environ, lambda _, headers: told.extend(value for name, value in headers if name == "X-Request-ID")
    )
    (found,) = told
    return found


def count(kind: str, status: str) -> float:
    wanted = {"kind": kind, "status": status}
    return sum(number for end, labels, number in REQUESTS.samples() if end == "_count" and labels == wanted)


class TestTheId:
    def test_is_our_own_for_whoever_comes_by_themselves(self) -> None:
        assert re.fullmatch(r"[0-9a-f]{32}", answered(request_id="by-a-stranger", is_behind_proxy=False))

    def test_is_the_proxys_where_there_is_one(self) -> None:
        assert answered(request_id="3f1c-from_the_proxy") == "3f1c-from_the_proxy"

    @pytest.mark.parametrize(
        "odd", ["", "short", "x" * 65, "with space", 'quote"quote', "line\nbreak", "kölnkölnköln"]
    )
    def test_is_never_an_odd_one(self, odd: str) -> None:
        assert re.fullmatch(r"[0-9a-f]{32}", answered(request_id=odd))

    def test_differs_from_request_to_request(self) -> None:
        assert answered() != answered()


class TestTheLine:
    def told(self, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
        (line,) = capsys.readouterr().err.splitlines()
        found: dict[str, Any] = json.loads(line)
        return found

    def test_says_what_was_asked_and_how_it_went(self, capsys: pytest.CaptureFixture[str]) -> None:
        request_id = answered("/topics/k%C3%B6ln/?q=who+am+i", status=404, writes=True)
        told = self.told(capsys)
        assert told.pop("milliseconds") >= 0
        assert told.pop("timestamp").endswith("+00:00")
        assert told == {
            "event": "request",
            "request_id": request_id,
            "method": "GET",
            "path": "/topics/köln/",
            "status_code": 404,
            "kind": "listing",
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
        answered(path, writes=True)
        told = self.told(capsys)["path"]
        assert "…" in told
        assert SECRET[:12] not in told

    def test_is_one_line_whatever_the_address(self, capsys: pytest.CaptureFixture[str]) -> None:
        answered("/x%0A%7B%22event%22%3A1%7D%E2%80%A8%FF" + "y" * 5000, writes=True)
        assert len(self.told(capsys)["path"]) == 200

    def test_is_not_written_where_the_proxy_keeps_a_log(self, capsys: pytest.CaptureFixture[str]) -> None:
        answered()
        assert capsys.readouterr().err == ""


class TestTheCount:
    def test_is_by_kind_of_page_and_class_of_answer(self) -> None:
        before = count("article", "2xx"), count("article", "5xx")
        answered("/articles/the-bridge/")
        answered("/articles/the-bridge/", status=503)
        assert (count("article", "2xx"), count("article", "5xx")) == (before[0] + 1, before[1] + 1)

    def test_knows_every_kind_of_address(self) -> None:
        asked = ("/", "/topics/köln/", "/about/", "/robots.txt", "//x", "*", "")
        assert [kind_of(path) for path in asked] == [
            "front",
            "listing",
            OTHER,
            OTHER,
            "front",
            "front",
            "front",
        ]
        assert OTHER not in KINDS.values()
