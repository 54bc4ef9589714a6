"""Drill F6: in an archive of a million stories with 10,000 topics every list is at hand, the deepest page of it too.

Each page is made anew by Django, with no page kept, PAGES times; lists walk by key to page 40,000 of the latest. It
passes when nineteen of twenty answers of each list come within 100 ms, of searches within 500, and of the deep page
within 20; when no page asks more than 12 questions, counts (COUNT) or skips (OFFSET). On each database, with nothing
beside it.

`python -m drills.f6_million [STORIES]`: a kept archive is taken; one that is not there yet is made first.
Small: tests/wall walks every public address and fails where one counts, skips or asks more.
"""

import json
import re
import sys
import time
from collections.abc import Iterator
from itertools import cycle, islice
from typing import Any

import django

from benchmarks import _kept, _pages, _site
from drills._verdict import verdict

STORIES = 1_000_000
DEEP = 40_000
PAGES = 40
INSIDE = "inside"
MOST_QUERIES = 12
#: Milliseconds, at the 95th percentile.
LIST, SEARCH, DEEP_PAGE = 100, 500, 20
#: What is no list: a part of a sitemap holds ten thousand addresses, and is asked for by search engines alone.
NO_LIST = ("sitemap",)
_WALKING = re.compile(r"\bCOUNT\s*\(|\bOFFSET\s+\S", re.IGNORECASE)


def main(stories: int) -> int:
    faults, slowest = [], 0.0
    for vendor in _site.vendors():
        with _kept.lent(vendor, stories) as archive:
            rows = json.loads(archive.run("-m", "drills.f6_million", INSIDE, str(stories)))
        print(f"{vendor}, {stories:,} stories")
        _site.table(list(rows[0]), [[*row.values()] for row in rows])
        faults += [f"{vendor}, {fault}" for row in rows for fault in _faults(row)]
        slowest = max([slowest, *(row["p95"] for row in rows if row["limit"] == LIST)])
    print(*faults, sep="\n")
    return verdict(not faults, f"the slowest list within {slowest} ms at the 95th percentile, of {LIST}")


def _faults(row: dict[str, Any]) -> Iterator[str]:
    if row["limit"] and row["p95"] > row["limit"]:
        yield f"{row['page']}: {row['p95']} ms, more than {row['limit']}"
    if row["queries"] > MOST_QUERIES:
        yield f"{row['page']}: {row['queries']} queries"
    if row["walks"]:
        yield f"{row['page']}: {row['walks']}"


def measured(stories: int) -> list[dict[str, Any]]:
    django.setup()
    found = [(name, addresses, _limit(name)) for name, addresses in _pages.pages().items()]
    deep = f"latest, page {DEEP:,} or the last"
    return [_row(*each) for each in [*found, (deep, [_deep_page(stories)], DEEP_PAGE)]]


def _limit(name: str) -> int:
    if name.startswith(NO_LIST):
        return 0
    return SEARCH if name.startswith("search") else LIST


def _deep_page(stories: int) -> str:
    """The address to which a reader comes who follows “Older stories” so often."""
    from articles.cursors import Place, encode
    from articles.models import Edition
    from articles.views.listing import PAGE_SIZE

    last = min((DEEP - 1) * PAGE_SIZE, stories - PAGE_SIZE) - 1
    rows = Edition.objects.newest_first().values_list("first_published_at", "story_id")
    return f"/articles/?before={encode(Place(*rows[last : last + 1].get()))}"


def _row(name: str, addresses: list[str], limit: int) -> dict[str, Any]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(headers={"Host": "127.0.0.1"})
    times = sorted(_timed(client, address) for address in islice(cycle(addresses), PAGES + 1))
    with CaptureQueriesContext(connection) as queries:
        client.get(addresses[-1])
    walks = [found.group() for query in queries if (found := _WALKING.search(query["sql"]))]
    return {
        "page": name,
        "p95": round(times[int(0.95 * PAGES)], 1),
        "median": round(times[PAGES // 2], 1),
        "limit": limit,
        "queries": len(queries),
        "walks": ", ".join(walks),
    }


def _timed(client: Any, address: str) -> float:
    started = time.perf_counter()
    answer = client.get(address)
    took = (time.perf_counter() - started) * 1000
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")
    return took


if __name__ == "__main__":
    if sys.argv[1:2] == [INSIDE]:
        print(json.dumps(measured(int(sys.argv[2]))))
    else:
        sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else STORIES))
