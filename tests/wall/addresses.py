"""The register of public addresses: every route readers can reach, each with an example of every answer it gives.

Whoever adds a route adds its row: test_wall.py fails until then, and what is listed here is walked by the wall test
and by the leak census. Paths may hold names from tests/wall/newspaper.py in braces. A route that takes a slug has an
example with UNKNOWN in its place, where the census puts the slug of everything that readers must not know of.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

#: What only staff reach. Everything else in the resolver is public.
STAFF = ("admin/", "accounts/")

#: What only machines have a use for (tests/newsroom, tests/alerts/webhooks).
#: The metrics count what is late on the desk, and name no story; health says alive and ready, and no more; a mail
#: provider reports, and is told nothing.
MACHINES = ("metrics", "healthz", "readyz", "alerts/events/<slug:provider>/")

#: What shows one unpublished text to whoever has its secret address: it has to ask the desk, and is no reader's page.
#: tests/articles/previews holds what it shows to whom; test_leak_census.py walks it too.
PREVIEWS = "preview/"

UNKNOWN = "no-such-thing"
LISTED = ("sections/local-government", "topics/records", "authors/ada-quill")


@dataclass(frozen=True)
class Example:
    path: str
    status: int = 200


def _ok(*paths: str) -> list[Example]:
    return [Example(path) for path in paths]


def _not_found(*paths: str) -> list[Example]:
    return [Example(path, 404) for path in paths]


def _listing(path: str, *none: str) -> list[Example]:
    return [
        *_ok(path, f"{path}?before={{cursor}}"),
        *_not_found(f"{path}?before=bad", f"{path}?before=AAAAAAAAAAAAAAAAAAAAAA", *none),
    ]


ADDRESSES: dict[str, list[Example]] = {
    "": _ok("/"),
    "articles/": _listing("/articles/"),
    "articles/<slug:slug>/": [
        *_ok("/articles/live/", "/articles/second-address/", "/articles/withdrawn/"),
        Example("/articles/first-address/", 301),
        Example("/articles/live", 301),
        Example("/articles/replaced/", 302),
        Example("/articles/gone/", 410),
        *_not_found(f"/articles/{UNKNOWN}/"),
    ],
    "articles/<slug:slug>/history/": [
        *_ok("/articles/live/history/", "/articles/second-address/history/", "/articles/withdrawn/history/"),
        Example("/articles/first-address/history/", 301),
        Example("/articles/replaced/history/", 302),
        Example("/articles/gone/history/", 410),
        *_not_found(f"/articles/{UNKNOWN}/history/", "/articles/live/history/?before=bad"),
    ],
    "corrections/": [
        *_ok("/corrections/"),
        *_not_found("/corrections/?before=bad", "/corrections/?before=AAAAAAAAAAAAAAAAAAAAAA"),
    ],
    "sections/<slug:slug>/": _listing(
        "/sections/local-government/", "/sections/quiet/", "/sections/gone/", f"/sections/{UNKNOWN}/"
    ),
    "topics/<topic:slug>/": _listing("/topics/records/", "/topics/unused/", f"/topics/{UNKNOWN}/"),
    "authors/<slug:slug>/": _listing("/authors/ada-quill/", "/authors/nobody-yet/", f"/authors/{UNKNOWN}/"),
    "archive/<yyyy:year>/": _listing("/archive/2026/", "/archive/1999/", "/archive/0000/"),
    "archive/<yyyy:year>/<mm:month>/": _listing(
        "/archive/2026/11/", "/archive/2026/01/", "/archive/2026/13/"
    ),
    "search/": [
        *_ok("/search/", "/search/?q=records", "/search/?q=records&sort=relevance&topic=records"),
        *_ok("/search/?q=no-such-word", "/search/?q=recordss"),
        *(
            Example(f"/search/?q=records&{limit}", 400)
            for limit in (
                *("section=quiet", "topic=unused", "from=x"),
                *(f"{name}={UNKNOWN}" for name in ("section", "topic", "author")),
            )
        ),
        *_not_found("/search/?q=records&before=bad", "/search/?q=records&sort=relevance&page=0"),
    ],
    "api/v1/": _ok("/api/v1/"),
    "api/v1/openapi.json": _ok("/api/v1/openapi.json"),
    "api/v1/articles/": [
        *_ok(
            "/api/v1/articles/",
            "/api/v1/articles/?before={cursor}",
            "/api/v1/articles/?limit=1&topic=records",
        ),
        *_ok("/api/v1/articles/?section=local-government&author=ada-quill&topic=records&from=2026-01-01"),
        *(
            Example(f"/api/v1/articles/?{limit}", 400)
            for limit in (
                "section=quiet",
                "topic=unused",
                "author=nobody-yet",
                "from=x",
                "before=bad",
                "limit=0",
                *(f"{name}={UNKNOWN}" for name in ("section", "topic", "author")),
            )
        ),
    ],
    "api/v1/articles/<slug:slug>/": [
        *_ok("/api/v1/articles/live/", "/api/v1/articles/second-address/", "/api/v1/articles/withdrawn/"),
        Example("/api/v1/articles/first-address/", 301),
        Example("/api/v1/articles/replaced/", 302),
        Example("/api/v1/articles/gone/", 410),
        *_not_found(f"/api/v1/articles/{UNKNOWN}/"),
    ],
    r"api/v1/^.*\Z": _not_found("/api/v1/x", "/api/v2/articles/"),
    r"^feeds/latest\.(?P<ending>rss|atom|json)$": [
        *_ok("/feeds/latest.rss", "/feeds/latest.atom", "/feeds/latest.json"),
        *_not_found("/feeds/latest.xml"),
    ],
    r"^(?P<kind>sections|topics|authors)/(?P<slug>[-\w]+)/feed\.(?P<ending>rss|atom|json)$": [
        *_ok(*(f"/{path}/feed.{ending}" for path in LISTED for ending in ("rss", "atom", "json"))),
        *_not_found("/sections/quiet/feed.rss", "/topics/unused/feed.atom"),
        *_not_found(
            *(
                f"/{kind}/{UNKNOWN}/feed.{ending}"
                for kind in ("sections", "topics", "authors")
                for ending in ("rss", "json")
            )
        ),
    ],
    "<slug:slug>/": [
        *_ok("/about/"),
        Example("/who-we-are/", 301),
        Example("/no-longer/", 410),
        *_not_found("/not-yet/", f"/{UNKNOWN}/"),
    ],
    "sitemap.xml": _ok("/sitemap.xml"),
    "news-sitemap.xml": _ok("/news-sitemap.xml"),
    "sitemap-pages.xml": _ok("/sitemap-pages.xml"),
    r"^sitemap-articles-(?P<number>0|[1-9][0-9]{0,8})\.xml$": [
        *_ok("/sitemap-articles-{part}.xml"),
        *_not_found("/sitemap-articles-999999.xml"),
    ],
    ".well-known/security.txt": _not_found("/.well-known/security.txt"),
    "robots.txt": _ok("/robots.txt"),
    r"^media/(?P<name>[\s\S]*)\Z": [
        *_ok("/media/{image.key}/w320.jpg", "/media/{face.key}/w640.jpg"),
        *_not_found("/media/{image.key}/master.jpg", "/media/00000000000000000000000000000000/w320.jpg"),
    ],
    "alerts/": [
        *_ok("/alerts/", "/alerts/?topic=records&section=local-government&author=ada-quill"),
        *_ok(*(f"/alerts/?{name}={UNKNOWN}" for name in ("section", "topic", "author"))),
    ],
    "alerts/check-your-inbox/": _ok("/alerts/check-your-inbox/"),
    "alerts/confirm/<str:key>/": [
        *_ok("/alerts/confirm/{asked.key}/", "/alerts/confirm/{confirmed.key}/"),
        *_not_found(f"/alerts/confirm/{UNKNOWN}/"),
    ],
    "alerts/manage/": _ok("/alerts/manage/"),
    r"alerts/^manage/(?P<given>[^/]{1,200})/?\Z": [
        *_ok("{staying.manage}", "{gone.manage}", "{erased.manage}"),
        *_not_found(f"/alerts/manage/{UNKNOWN}/", f"/alerts/manage/{UNKNOWN}"),
    ],
    r"alerts/^manage/(?P<given>[^/]{1,200})/download/?\Z": [
        *_ok("{staying.manage}download/", "{gone.manage}download/", "{erased.manage}download/"),
        *_not_found(f"/alerts/manage/{UNKNOWN}/download/"),
    ],
    r"alerts/^manage/(?P<given>[^/]{1,200})/erase/?\Z": [
        *_ok("{staying.manage}erase/", "{gone.manage}erase/", "{erased.manage}erase/"),
        *_not_found(f"/alerts/manage/{UNKNOWN}/erase/"),
    ],
    r"alerts/^unsubscribe/(?P<given>[^/]{1,200})/?\Z": [
        *_ok("{staying.unsubscribe}", "{gone.unsubscribe}", "{erased.unsubscribe}"),
        *_not_found(f"/alerts/unsubscribe/{UNKNOWN}/"),
    ],
}


def public_routes() -> set[str]:
    """Every public route the site answers, as the resolver writes it."""
    routes = _routes(get_resolver().url_patterns)
    return {route for route in routes if not route.startswith((*STAFF, PREVIEWS)) and route not in MACHINES}


def examples(**names: Any) -> list[Example]:
    """Every example, with names in braces filled in; ends with an address nobody has."""
    rows = [example for row in ADDRESSES.values() for example in row]
    return [
        Example(row.path.format(**names), row.status)
        for row in [*rows, *_not_found("/no/such/page/", "/x/"), Example("/x", 301)]
    ]


def _routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route
