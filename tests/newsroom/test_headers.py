"""Drill E6, small: what every answer tells the browser, whoever asks for what. Walks the whole map of the site."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from tests import walking
from tests.newsdesk import NOW, Cast, published
from tests.wall.newspaper import print_newspaper

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": None,
    "Referrer-Policy": None,
    "Content-Security-Policy": None,
}
#: Any cache may keep these for as long as it likes where nothing says otherwise (RFC 9110, 15.1; Varnish: two minutes,
#: Fastly: an hour), and tomorrow's story, or another one's old address, may be at the same address.
KEPT_BY_THEMSELVES = {300, 301, 308, 404, 405, 410, 414, 501}
#: What a page of the desk shows within itself: the desk alone may put these into a frame.
FRAMED_BY_THE_DESK = {
    "admin/alerts/mails/about/<int:story>/html/",
    "admin/articles/front/preview/",
    "admin/articles/story/<str:object_id>/draft/",
    "admin/articles/story/<str:object_id>/preview/",
    "admin/articles/story/<str:object_id>/revisions/<int:number>/preview/",
    "admin/articles/story/draft/",
}
#: How a mail will look, with its styles where mail programs want them; no script may run there.
MAILS = "admin/alerts/mails/"
FILES = ("/static/desk/signin.css", "/static/site/favicon.svg")


def faults(route: str, answer: HttpResponse) -> Iterator[str]:
    for name, value in HEADERS.items():
        found = answer.headers.get(name)
        if found is None or (value and found not in (value, "SAMEORIGIN")):
            yield f"{name}: {found}"
    if answer.status_code in KEPT_BY_THEMSELVES and "Cache-Control" not in answer.headers:
        yield "any cache may keep it"
    policy = dict(
        part.partition(" ")[::2] for part in answer.headers.get("Content-Security-Policy", "").split("; ")
    )
    if policy.get("default-src") != "'none'":
        yield f"it allows what it does not name: {policy}"
    if "unsafe" in policy.get("script-src", ""):
        yield f"inline scripts: {policy}"
    if "unsafe" in policy.get("style-src", "") and not route.startswith(MAILS):
        yield f"inline styles: {policy}"
    if not {"base-uri", "frame-ancestors"} <= policy.keys() and "sandbox" not in policy:
        yield f"its base or its frame may be anybody's: {policy}"


@pytest.fixture
def gatherer() -> Any:
    found: dict[str, list[str]] = {}

    def look(address: str, answer: HttpResponse) -> None:
        if wrong := list(faults(address, answer)):
            found[f"{answer.status_code} {address}"] = wrong

    yield look
    assert found == {}


class TestEveryAnswer:
    def test_of_readers_pages_forbids_all_else_and_sets_no_cookie(self, cast: Cast, gatherer: Any) -> None:
        paper, reader = print_newspaper(cast), Client()
        for row in paper.examples():
            for answer in (reader.get(row.path), reader.get(row.path)):
                gatherer(row.path, answer)
                assert not answer.cookies, row.path
                assert "nonce" not in answer.headers["Content-Security-Policy"], row.path

    def test_of_the_whole_map_forbids_all_else(self, cast: Cast, gatherer: Any) -> None:
        stranger, manager = Client(raise_request_exception=False), Client(raise_request_exception=False)
        number = published(cast, now=NOW).pk
        framed = set()
        for route, _ in walking.routes():
            address = walking.address(route, number)
            manager.force_login(cast.manager)
            answers = [stranger.get(address), stranger.post(address), manager.get(address)]
            for answer in answers:
                gatherer(route, answer)
            if "frame-ancestors 'none'" not in answers[-1].headers["Content-Security-Policy"]:
                assert "frame-ancestors 'self'" in answers[-1].headers["Content-Security-Policy"], route
                framed.add(route)
        assert framed == FRAMED_BY_THE_DESK

    @pytest.mark.parametrize("path", FILES)
    def test_of_files_too(self, client: Client, gatherer: Any, path: str) -> None:
        answer = client.get(path)
        assert answer.status_code == 200
        gatherer(path, answer)

    def test_of_faults_too(
        self, client: Client, gatherer: Any, db: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*args: Any, **kwargs: Any) -> None:
            raise RuntimeError

        client.raise_request_exception = False
        monkeypatch.setattr("articles.views.robots.robots", fail, raising=False)
        for address, host, status in (
            ("/", "evil.example", 400),
            ("/?a=%00", "testserver", 404),
            ("/x/y/", "testserver", 404),
        ):
            answer = client.get(address, headers={"Host": host})
            assert answer.status_code == status
            gatherer(address, answer)
