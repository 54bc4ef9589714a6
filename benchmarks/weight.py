"""Queries and bytes of every public page: raw, gzip and brotli."""

import json
import sys
import zlib

import brotli
import django

from benchmarks import _site

PAGES = {
    "front page": "/",
    "latest": "/articles/",
    "article": "/articles/story-1/",
    "section": "/sections/health/",
    "topic": "/topics/topic-1/",
    "author": "/authors/writer-1/",
    "archive, a year": "/archive/2025/",
    "archive, a month": "/archive/2025/12/",
    "RSS": "/feeds/latest.rss",
    "Atom": "/feeds/latest.atom",
    "section's RSS": "/sections/health/feed.rss",
    "sitemap index": "/sitemap.xml",
    "sitemap of pages": "/sitemap-pages.xml",
    "sitemap, a part": "/sitemap-articles-0.xml",
    "robots.txt": "/robots.txt",
    "alerts": "/alerts/",
    "404": "/no/such/page/",
}
INSIDE = "inside"


def main() -> int:
    figures = {}
    for vendor in _site.vendors():
        with _site.scratch(vendor) as site:
            site.environ.update(_site.ANEW)
            site.run("-m", "benchmarks._archive", str(min(_site.STORIES, 500)))
            figures[vendor] = json.loads(site.run("-m", "benchmarks.weight", INSIDE))
    queries = {page: [rows[page]["queries"] for rows in figures.values()] for page in PAGES}
    rows = [
        [page, "/".join(map(str, queries[page])), row["raw"], row["gzip"], row["brotli"]]
        for page, row in figures["sqlite"].items()
    ]
    _site.table(["page", f"queries ({'/'.join(figures)})", "bytes", "gzip", "brotli"], rows)
    _site.keep("weight", figures)
    return 0


def weigh() -> dict[str, dict[str, int]]:
    """Ask for each page once warm, counting what it asked of the database."""
    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"Host": "127.0.0.1"})
    weights = {}
    for page, path in PAGES.items():
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
        expected = 404 if page == "404" else 200
        if response.status_code != expected:
            raise SystemExit(f"{path} answered {response.status_code}")
        body = response.content
        weights[page] = {
            "queries": len(queries),
            "raw": len(body),
            "gzip": len(zlib.compress(body, 6, wbits=31)),
            "brotli": len(brotli.compress(body, quality=5)),
        }
    return weights


if __name__ == "__main__":
    if sys.argv[1:] == [INSIDE]:
        print(json.dumps(weigh()))
        sys.exit(0)
    sys.exit(main())
