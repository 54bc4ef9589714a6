"""Drill E7, small: nothing of a request but its path and the parameters of its page gets into what others are given."""

import pytest
from django.test import override_settings
from django.urls import get_resolver

from articles import public_pages
from tests.newsdesk import NOW, Cast, published
from tests.newsroom.page_cache.asking import Cache
from tests.wall.addresses import ADDRESSES

pytestmark = pytest.mark.django_db

#: Routes whose answers are kept for everybody. A new one is a decision: nothing of a person may ever be on it.
PUBLIC = {
    *("", "articles/", "articles/<slug:slug>/", "articles/<slug:slug>/history/", "corrections/"),
    *("sections/<slug:slug>/", "topics/<topic:slug>/", "authors/<slug:slug>/", "<slug:slug>/"),
    *("archive/<yyyy:year>/", "archive/<yyyy:year>/<mm:month>/", "search/"),
    *("api/v1/", "api/v1/openapi.json", "api/v1/articles/", "api/v1/articles/<slug:slug>/"),
    r"^feeds/latest\.(?P<ending>rss|atom|json)$",
    r"^(?P<kind>sections|topics|authors)/(?P<slug>[-\w]+)/feed\.(?P<ending>rss|atom|json)$",
    *("sitemap.xml", "news-sitemap.xml", "sitemap-pages.xml", "robots.txt", ".well-known/security.txt"),
    r"^sitemap-articles-(?P<number>0|[1-9][0-9]{0,8})\.xml$",
}

PLANTED = "zanzara"
HEADERS = [
    *("HOST", "FORWARDED", "X_FORWARDED_HOST", "X_FORWARDED_PROTO", "X_FORWARDED_SCHEME", "X_FORWARDED_FOR"),
    *("X_HOST", "X_ORIGINAL_URL", "X_REWRITE_URL", "X_HTTP_METHOD_OVERRIDE", "X_FORWARDED_PREFIX", "REFERER"),
    *("ACCEPT_LANGUAGE", "ACCEPT", "USER_AGENT", "ORIGIN", "COOKIE", "AUTHORIZATION", "RANGE", "VIA"),
    *("X_REQUEST_ID", "TRUE_CLIENT_IP", "CONTENT_TYPE", "IF_MODIFIED_SINCE", "X_REQUESTED_WITH"),
]


@pytest.fixture
def cache(cast: Cast) -> Cache:
    published(cast, slug="a-story", now=NOW)
    return Cache()


class TestWhatIsKept:
    def test_is_what_says_that_it_is_public(self) -> None:
        assert {
            route for route, view in _views(get_resolver().url_patterns) if public_pages.of(view)
        } == PUBLIC
        assert set(ADDRESSES) >= PUBLIC

    @pytest.mark.parametrize("address", ["/alerts/", "/admin/", "/accounts/login/", "/healthz", "/media/x"])
    def test_is_nothing_else(self, cache: Cache, address: str) -> None:
        answers = [cache.get(address) for _ in range(2)]
        assert not any("Cache-Status" in answer.headers for answer in answers)

    @pytest.mark.parametrize(
        "address",
        ["/accounts/x.css", "/alerts/x.css", "/admin/a.js", "/a-story/x.png", "/articles/a-story/x.css"],
    )
    def test_is_no_page_under_the_name_of_a_file(self, cache: Cache, address: str) -> None:
        assert [cache.get(address).status for _ in range(2)] != [200, 200]
        assert len(cache.door.memory) == 0

    @pytest.mark.parametrize(
        "address", ["/articles/no-such-thing/", "/no-such-thing/", "/articles/?before=bad"]
    )
    def test_is_no_refusal(self, cache: Cache, address: str) -> None:
        assert {cache.get(address).status for _ in range(2)} == {404}
        assert len(cache.door.memory) == 0

    def test_refuses_in_place_of_what_nginx_kept(self, cache: Cache) -> None:
        headers = cache.get("/articles/no-such-thing/").headers
        assert (headers["X-Accel-Expires"], headers["Surrogate-Key"]) == ("1", "site")
        # Debian 12's nginx believes whichever comes first, this or Cache-Control.
        assert next(iter(headers)) == "X-Accel-Expires"

    def test_is_never_what_was_sent(self, cache: Cache) -> None:
        assert cache.get("/", method="POST").status in {403, 405}
        assert len(cache.door.memory) == 0


class TestWhoAsksFirst:
    @pytest.mark.parametrize("header", HEADERS[1:])
    def test_plants_nothing_by_a_header(self, cache: Cache, header: str) -> None:
        clean = cache.get("/articles/a-story/").body
        poisoned = Cache()
        first = poisoned.get("/articles/a-story/", **{header: f"{PLANTED}.example"})
        for answer in (first, poisoned.get("/articles/a-story/")):
            assert answer.body == clean
            assert PLANTED not in repr(answer.headers)

    def test_plants_nothing_by_a_parameter(self, cache: Cache) -> None:
        first = cache.get(f"/articles/?utm_source={PLANTED}&fbclid={PLANTED}&before[]={PLANTED}")
        second = cache.get(f"/articles/?gclid=another{PLANTED}")
        assert second.is_kept
        assert first.body == second.body
        assert PLANTED not in first.text

    def test_does_not_choose_the_host(self, cache: Cache) -> None:
        with override_settings(ALLOWED_HOSTS=["testserver", "other.example"]):
            answer = cache.get("/articles/", host="other.example")
            assert "other.example" not in answer.text + repr(answer.headers)
            assert cache.get("/articles/").is_kept
        assert cache.get("/articles/", host="evil.example").status == 400

    def test_gets_no_cookie_and_no_word_of_who_they_are(self, cache: Cache) -> None:
        answer = cache.get("/", COOKIE="session=x", AUTHORIZATION="Basic eDp5")
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Vary"] == "Accept-Encoding"

    def test_is_refused_an_endless_question_as_ever(self, cache: Cache) -> None:
        assert cache.get("/search/?" + "&".join(f"q{number}=1" for number in range(2000))).status == 400
        assert cache.get(f"/articles/?before={'x' * 5000}").status == 404
        assert cache.get("/articles/?before=%00").status == 404


class TestParameters:
    def test_are_one_question_in_any_order(self, cache: Cache) -> None:
        first = cache.get("/search/?q=council&sort=relevance")
        assert cache.get("/search/?sort=relevance&x=1&q=council").body == first.body
        assert cache.get("/search/?q=first&sort=relevance&q=council").is_kept

    @pytest.mark.parametrize("sent", ["köln".encode(), "köln".encode("latin-1")])
    def test_are_read_as_django_reads_them_where_a_program_does_not_escape_them(
        self, cache: Cache, sent: bytes
    ) -> None:
        said = cache.get(f"/search/?q={sent.decode('latin-1')}")
        assert said.body == cache.get("/search/?q=k%C3%B6ln").body

    def test_that_differ_are_different_questions(self, cache: Cache) -> None:
        assert cache.get("/search/?q=council").body != cache.get("/search/?q=records").body


class TestHttps:
    def test_is_asked_for_before_anything_that_is_kept(self, cache: Cache) -> None:
        cache.get("/")
        with override_settings(
            SECURE_SSL_REDIRECT=True, SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https")
        ):
            secure = Cache()
            assert secure.get("/").status == 301
            assert secure.get("/", X_FORWARDED_PROTO="http").status == 301
            assert secure.get("/", X_FORWARDED_PROTO="https").status == 200
            assert secure.get("/").status == 301


def _views(patterns, before: str = ""):
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _views(pattern.url_patterns, route)
        else:
            yield route, pattern.callback
