"""How a kept page is answered: in which coding, for how long, and when not at all."""

import gzip
import re
from typing import Any

import brotli
import pytest

from articles.freshness import Stamp
from newsroom.page_cache import shared
from newsroom.page_cache.memory import Memory
from newsroom.page_cache.pages import Answer, Page, accepted

BODY = b"<p>A story of records.</p>" * 100
NEVER = 10.0**11
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("X-Frame-Options", "DENY"), ("X-Request-ID", "a1")]


def page(body: bytes = BODY, *, due: float = NEVER, takes_at: float = NEVER, **headers: str) -> Page:
    answer = Answer("200 OK", [*HEADERS, *headers.items()], body)
    stamp = Stamp("1", "1", due, takes_at)
    return Page.of(answer, surrogates="site home", stamp=stamp, made_at=1000.0)


def told(
    kept: Page, *, now: float = 1000.0, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    said: list[Any] = []
    environ = {"REQUEST_METHOD": method, **{f"HTTP_{name.upper()}": value for name, value in headers.items()}}
    body = kept.answer(
        environ, lambda *status_and_headers: said.extend(status_and_headers), now=now, how="hit"
    )
    return int(said[0][:3]), dict(said[1]), b"".join(body)


class TestCoding:
    @pytest.mark.parametrize(
        ("asked", "coding"),
        [
            ("", ""),
            ("gzip", "gzip"),
            ("gzip, deflate, br, zstd", "br"),
            ("br;q=0, gzip;q=0.5", "gzip"),
            ("br; q=0.0, gzip; q=0", ""),
            ("BR", "br"),
            ("x" * 5000, ""),
        ],
    )
    def test_is_the_best_that_is_taken(self, asked: str, coding: str) -> None:
        assert accepted(asked) == coding

    @pytest.mark.parametrize(
        ("asked", "read"), [("br", brotli.decompress), ("gzip", gzip.decompress), ("", bytes)]
    )
    def test_brings_the_same_page(self, asked: str, read: Any) -> None:
        _, headers, body = told(page(), ACCEPT_ENCODING=asked)
        assert read(body) == BODY
        assert headers.get("Content-Encoding", "") == asked
        assert headers["Content-Length"] == str(len(body))
        assert headers["Vary"] == "Accept-Encoding"

    def test_is_none_where_there_is_nothing_to_gain(self) -> None:
        assert "Content-Encoding" not in told(page(b"alive"), ACCEPT_ENCODING="br")[1]


class TestConditions:
    @pytest.mark.parametrize("coding", ["", "br", "gzip"])
    def test_a_reader_who_has_it_gets_nothing_more(self, coding: str) -> None:
        kept = page()
        etag = told(kept, ACCEPT_ENCODING=coding)[1]["ETag"]
        for asked in (etag, f"W/{etag}", f'"other", {etag}', "*"):
            status, headers, body = told(kept, ACCEPT_ENCODING=coding, IF_NONE_MATCH=asked)
            assert (status, body) == (304, b"")
            assert headers["ETag"] == etag
            assert "Content-Length" not in headers
        assert told(kept, IF_NONE_MATCH='"other"')[0] == 200

    def test_each_coding_has_a_name_of_its_own(self) -> None:
        kept = page()
        assert len({told(kept, ACCEPT_ENCODING=coding)[1]["ETag"] for coding in ("", "br", "gzip")}) == 3

    def test_head_is_the_same_without_the_page(self) -> None:
        kept = page()
        _, headers, body = told(kept, method="HEAD")
        assert body == b""
        assert headers["Content-Length"] == str(len(BODY))

    def test_no_answer_has_the_id_of_another_request(self) -> None:
        assert "X-Request-ID" not in told(page())[1]


class TestLifetime:
    def test_is_a_minute_in_all_where_the_newsroom_answers(self) -> None:
        """Drill B12: what was taken is gone within 60 seconds from a cache that nobody tells."""
        said = told(page())[1]["Cache-Control"]
        seconds = re.findall(r"(?:max-age|stale-while-revalidate)=(\d+)", said)
        assert (len(seconds), sum(map(int, seconds))) == (2, 60)

    @pytest.mark.parametrize(
        ("due", "takes_at", "said"),
        [
            (NEVER, NEVER, "public, max-age=45, stale-while-revalidate=15, stale-if-error=86400"),
            (1061.5, NEVER, "public, max-age=45, stale-while-revalidate=15, stale-if-error=86400"),
            (1060.0, NEVER, "public, max-age=45, stale-if-error=86400"),
            (1010.9, NEVER, "public, max-age=10, stale-if-error=86400"),
            (1010.9, 1010.9, "public, max-age=10, stale-if-error=10"),
            (1000.5, NEVER, "public, max-age=0, stale-if-error=86400"),
        ],
    )
    def test_counts_down_to_what_changes_by_itself(self, due: float, takes_at: float, said: str) -> None:
        assert told(page(due=due, takes_at=takes_at))[1]["Cache-Control"] == said


class TestAnAnswer:
    @pytest.mark.parametrize(
        "header",
        [
            ("Set-Cookie", "a=b"),
            ("Vary", "Cookie"),
            ("Vary", "Accept-Encoding, X-Any"),
            ("Vary", "*"),
            ("Cache-Control", "private"),
            ("Cache-Control", "no-store"),
            ("cache-control", "No-Cache"),
        ],
    )
    def test_that_is_for_one_reader_is_not_kept(self, header: tuple[str, str]) -> None:
        assert Answer("200 OK", HEADERS, BODY).is_for_all()
        assert not Answer("200 OK", [*HEADERS, header], BODY).is_for_all()

    @pytest.mark.parametrize("status", ["301 Moved Permanently", "404 Not Found", "410 Gone", "500 Oh"])
    def test_that_is_no_page_is_not_kept(self, status: str) -> None:
        assert not Answer(status, HEADERS, BODY).is_for_all()


class TestMemory:
    def test_holds_no_more_than_it_may(self) -> None:
        memory = Memory(200_000)
        for number in range(500):
            memory.keep(f"/articles/?before={number}", page())
        assert memory.bytes <= 200_000
        assert 5 < len(memory) < 40

    def test_keeps_what_readers_ask_for(self) -> None:
        memory = Memory(200_000)
        memory.keep("/", page())
        for number in range(500):
            memory.keep(f"/articles/?before={number}", page())
            assert memory.get("/") is not None

    def test_takes_no_giant(self) -> None:
        memory = Memory(200_000)
        memory.keep("/", page(b"x" * 150_000))
        assert len(memory) == 0


class TestInRedis:
    def test_a_page_comes_back_as_it_went(self) -> None:
        kept = page(due=2000.25, takes_at=3000.5)
        back = shared.read(shared.written(kept))
        assert back is not None
        for coding in ("", "br", "gzip"):
            one, other = told(kept, ACCEPT_ENCODING=coding), told(back, ACCEPT_ENCODING=coding)
            assert (one[0], one[2]) == (other[0], other[2])
            assert one[1] == other[1]
        assert (back.changes, back.takings, back.until, back.takes_at) == ("1", "1", 2000.25, 3000.5)

    @pytest.mark.parametrize(
        "said", [b"", b"{}", b"null\n", b'{"headers": 1}\nx', b"\x80\x04K\x01.", b"[]\n" + BODY]
    )
    def test_what_somebody_else_wrote_is_no_page(self, said: bytes) -> None:
        assert shared.read(said) is None
