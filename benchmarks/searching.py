"""Milliseconds that a page of search takes, by what is looked for, in an archive of BENCH_STORIES (100,000) stories.

python -m benchmarks.searching
"""

import json
import os
import statistics
import sys
import time
from typing import Any
from urllib.parse import urlencode

import django

from benchmarks import _archive, _site

STORIES = int(os.environ.get("BENCH_STORIES") or 100_000)
RUNS = 7
INSIDE = "inside"

#: "council" stands in every story, the first of the rare words in one of nine, the last but a few in one or none.
ASKED: list[tuple[str, dict[str, str]]] = [
    ("the commonest word", {"q": "council"}),
    ("two common words", {"q": "council budget"}),
    ("a common phrase", {"q": '"council budget"'}),
    ("a common word but not another", {"q": "council -budget"}),
    ("the commonest word on one topic", {"q": "council", "topic": "topic-7"}),
    ("the commonest word in one year", {"q": "council", "from": "2010-01-01", "to": "2010-12-31"}),
    ("a beginning", {"q": "coun*"}),
    ("a word of one story in a thousand", {"q": _archive.RARE[100]}),
    ("a rare word", {"q": _archive.RARE[1500]}),
    ("a word with a slip", {"q": "councip"}),
]


def main() -> int:
    figures: dict[str, Any] = {}
    for vendor in _site.vendors():
        with _site.scratch(vendor) as site:
            started = time.monotonic()
            site.run("-m", "benchmarks._archive", str(STORIES))
            print(
                f"{vendor}: {STORIES:,} stories in {time.monotonic() - started:.0f} s; milliseconds, median"
            )
            rows = figures[vendor] = json.loads(site.run("-m", "benchmarks.searching", INSIDE))
        _site.table(list(rows[0]), [list(row.values()) for row in rows])
    _site.keep("searching", figures)
    return 0


def measured() -> list[dict[str, Any]]:
    django.setup()
    from django.test import Client

    client = Client(headers={"Host": "127.0.0.1"})
    rows = []
    for name, query in ASKED:
        row: dict[str, Any] = {"looked for": name}
        for sort in ("newest", "relevance"):
            address = f"/search/?{urlencode({**query, 'sort': sort})}"
            row[sort], row[f"{sort}, first time"] = _timed(client, address)
        rows.append(row)
    return rows


def _timed(client: Any, address: str) -> tuple[float, float]:
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        response = client.get(address)
        times.append((time.perf_counter() - started) * 1000)
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}")
    return statistics.median(times), times[0]


if __name__ == "__main__":
    if sys.argv[1:] == [INSIDE]:
        print(json.dumps(measured()))
    else:
        sys.exit(main())
