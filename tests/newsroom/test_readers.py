"""Readers' pages are answered before what only staff and forms need, and say all that other answers say."""

import gc
import tracemalloc
from typing import Any, NoReturn

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from newsroom.readers import ReadersMiddleware
from tests.newsdesk import Cast, published

pytestmark = pytest.mark.django_db

#: Said of each page alone.
OWN = {"Content-Type", "Content-Length", "Cache-Control", "ETag", "Surrogate-Key"}


def nobody(request: HttpRequest) -> NoReturn:
    raise AssertionError(f"{request.path} went on")


def said_of_all(response: HttpResponse) -> dict[str, str]:
    return {name: value for name, value in response.headers.items() if name not in OWN}


@pytest.fixture
def slug(cast: Cast) -> str:
    return str(published(cast).slug)


class TestAReadersPage:
    @pytest.mark.parametrize("path", ["/", "/articles/", "/feeds/latest.rss", "/search/?q=a", "/robots.txt"])
    def test_goes_no_further(self, rf: RequestFactory, slug: str, path: str) -> None:
        for ask in (rf.get, rf.head):
            response = ReadersMiddleware(nobody)(ask(path))
            assert response.status_code == 200
            assert response.headers["Content-Length"] == str(len(response.content))

    @pytest.mark.parametrize("path", ["/", "/articles/", "/articles/no-such-story/", "/feeds/latest.rss"])
    def test_says_what_every_other_answer_says(self, client: Client, slug: str, path: str) -> None:
        other = client.get("/no/such/")
        assert other.status_code == 404
        assert said_of_all(client.get(path)) == said_of_all(other)

    def test_that_is_not_there_is_the_page_for_that(self, rf: RequestFactory) -> None:
        response = ReadersMiddleware(nobody)(rf.get("/articles/no-such-story/"))
        assert response.status_code == 404
        assert b"<title>" in response.content

    def test_takes_little_memory_for_an_address_that_anybody_may_make_up(self, rf: RequestFactory) -> None:
        read = ReadersMiddleware(nobody)
        read(rf.get("/topics/none/"))
        tracemalloc.start()
        try:
            before, _ = tracemalloc.get_traced_memory()
            for number in range(100):
                assert read(rf.get(f"/topics/made-up-{number}/")).status_code == 404
            gc.collect()
            after, _ = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert (after - before) / 100 < 2000

    def test_is_no_address_with_a_nul(self, rf: RequestFactory) -> None:
        assert ReadersMiddleware(nobody)(rf.get("/articles/?before=%00")).status_code == 404

    def test_is_there_on_our_hosts_alone(self, client: Client) -> None:
        assert client.get("/articles/", headers={"Host": "elsewhere.example"}).status_code == 400

    def test_keeps_a_fault_for_the_page_of_faults(self, client: Client, monkeypatch: Any) -> None:
        def broken(*_: Any, **__: Any) -> NoReturn:
            raise RuntimeError

        monkeypatch.setattr("articles.views.latest.listing", broken)
        client.raise_request_exception = False
        response = client.get("/articles/")
        assert response.status_code == 500
        assert "Content-Security-Policy" in response.headers


class TestEverythingElse:
    @pytest.mark.parametrize("path", ["/alerts/", "/admin/", "/healthz", "/static/site/site.css", "/a/b/"])
    def test_goes_on(self, rf: RequestFactory, path: str) -> None:
        response = HttpResponse()
        assert ReadersMiddleware(lambda request: response)(rf.get(path)) is response

    def test_goes_on_when_it_wants_to_change_something(self, rf: RequestFactory) -> None:
        response = HttpResponse()
        assert ReadersMiddleware(lambda request: response)(rf.post("/articles/")) is response
