"""Milliseconds and queries of every page of readers and machines, in an archive of BENCH_STORIES (100,000) stories.

Each query is explained too: one that reads a large table from end to end, or sorts what it could have walked, is a
defect, is named here, and makes the run fail.

python -m benchmarks.listings
"""

import json
import os
import statistics
import sys
import time
from datetime import UTC, datetime
from typing import Any

import django

from benchmarks import _plans, _site

STORIES = int(os.environ.get("BENCH_STORIES") or 100_000)
RUNS = 20
INSIDE = "inside"
FAR_BACK = datetime(2012, 1, 1, tzinfo=UTC)

#: With "before", the page far back is asked for too. Topics and authors: a busy one, and one with few stories.
PAGES = {
    "front page": "/",
    "latest": "/articles/",
    "latest, far back": "/articles/?before",
    "article": "/articles/story-777/",
    "section, a third of all": "/sections/local-government/",
    "section, far back": "/sections/local-government/?before",
    "section, one in thirty": "/sections/security/",
    "topic, a busy one": "/topics/topic-0/",
    "topic, far back": "/topics/topic-0/?before",
    "topic, a quiet one": "/topics/topic-399/",
    "author, a busy one": "/authors/writer-0/",
    "author, far back": "/authors/writer-0/?before",
    "author, a quiet one": "/authors/writer-119/",
    "archive, a year": "/archive/2015/",
    "archive, a month": "/archive/2015/06/",
    "corrections": "/corrections/",
    "search, nothing asked": "/search/",
    "RSS": "/feeds/latest.rss",
    "Atom": "/feeds/latest.atom",
    "JSON Feed": "/feeds/latest.json",
    "section's RSS": "/sections/local-government/feed.rss",
    "topic's RSS": "/topics/topic-0/feed.rss",
    "quiet topic's RSS": "/topics/topic-399/feed.rss",
    "author's RSS": "/authors/writer-0/feed.rss",
    "sitemap index": "/sitemap.xml",
    "sitemap of pages": "/sitemap-pages.xml",
    "sitemap, the first part": "/sitemap-articles-0.xml",
    "sitemap, a part midway": "/sitemap-articles-1.xml",
    "news sitemap": "/news-sitemap.xml",
    "404": "/no/such/page/",
}


def main() -> int:
    figures: dict[str, Any] = {}
    for vendor in _site.vendors():
        with _site.scratch(vendor) as site:
            site.run("-m", "benchmarks._large", str(STORIES))
            figures[vendor] = json.loads(site.run("-m", "benchmarks.listings", INSIDE))
        report(vendor, figures[vendor])
    _site.keep("listings", figures)
    return any(row["defects"] for rows in figures.values() for row in rows)


def report(vendor: str, rows: list[dict[str, Any]]) -> None:
    print(f"{vendor}, {STORIES:,} stories; milliseconds: median, worst of {RUNS}, the first time")
    shown = [{name: value for name, value in row.items() if name != "defects"} for row in rows]
    _site.table(list(shown[0]), [list(row.values()) for row in shown])
    for row in rows:
        for defect in row["defects"]:
            print(f"   {row['page']}: {defect}")


def measured() -> list[dict[str, Any]]:
    django.setup()
    from django.test import Client

    client = Client(headers={"Host": "127.0.0.1"})
    return [_row(client, name, _address(address)) for name, address in PAGES.items()]


def _address(address: str) -> str:
    from articles.cursors import Place, encode

    return address.replace("?before", f"?before={encode(Place(FAR_BACK, 1))}")


def _row(client: Any, name: str, address: str) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    first, answer = _timed(client, address)
    times = [_timed(client, address)[0] for _ in range(RUNS)]
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    defects = [defect for query in queries for defect in _plans.defects(query["sql"])]
    return {
        "page": name,
        "median": round(statistics.median(times), 1),
        "worst": round(max(times), 1),
        "first": round(first, 1),
        "queries": len(queries),
        "kB": round(len(answer.content) / 1000),
        "defects": defects,
    }


def _timed(client: Any, address: str) -> tuple[float, Any]:
    started = time.perf_counter()
    response = client.get(address)
    took = (time.perf_counter() - started) * 1000
    if response.status_code != (404 if address == PAGES["404"] else 200):
        raise SystemExit(f"{address} answered {response.status_code}")
    return took, response


if __name__ == "__main__":
    if sys.argv[1:] == [INSIDE]:
        print(json.dumps(measured()))
    else:
        sys.exit(main())
