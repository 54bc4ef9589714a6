"""Milliseconds and queries of every page of readers and machines, in archives of every size.

Each query is explained too: one that reads a large table from end to end, or sorts what it could have walked, is
named. PostgreSQL counts the rows that each step read, and too many make the run fail; SQLite only names its steps.

python -m benchmarks.listings
"""

import json
import statistics
import sys
import time
from itertools import cycle, islice
from typing import Any

import django

from benchmarks import _pages, _plans, _site, _sizes

RUNS = 20
#: The status of the answer that a search takes too long.
TOO_LONG = 422
INSIDE = "inside"


def main() -> int:
    figures = _sizes.measured_inside("listings")
    for vendor, sizes in figures.items():
        print(
            f"\nMilliseconds of a page, {vendor}: the median of {RUNS}, and of the largest archive the worst"
        )
        worst, queries = ("worst", lambda row: row["worst"]), ("queries", lambda row: row["queries"])
        _sizes.grown(sizes, lambda row: row["median"], worst, queries, ("kB", lambda row: row["kB"]))
    defects = list(_sizes.beyond(figures, lambda _, row: "; ".join(row["defects"])))
    print(*(f"   {defect}" for defect in defects), sep="\n")
    _site.keep("listings", figures)
    return any(defect.startswith("postgresql") for defect in defects)


def measured() -> dict[str, dict[str, Any]]:
    django.setup()
    from django.test import Client

    client = Client(headers={"Host": "127.0.0.1"})
    return {name: _row(client, addresses) for name, addresses in _pages.pages().items()}


def _row(client: Any, addresses: list[str]) -> dict[str, Any]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    # What nobody has read since the machine started comes from its disk: a search may then be too much for once.
    first = _timed(client, addresses[0], also=(TOO_LONG,))
    times = [_timed(client, address) for address in islice(cycle(addresses), RUNS)]
    with CaptureQueriesContext(connection) as queries:
        client.get(addresses[-1])
    return {
        "median": round(statistics.median(times), 1),
        "worst": round(max(times), 1),
        "first": round(first, 1),
        "queries": len(queries),
        "kB": round(len(client.get(addresses[0]).content) / 1000),
        "defects": [defect for query in queries for defect in _plans.defects(query["sql"])],
    }


def _timed(client: Any, address: str, *, also: tuple[int, ...] = ()) -> float:
    started = time.perf_counter()
    response = client.get(address)
    took = (time.perf_counter() - started) * 1000
    if response.status_code not in (200, *also):
        raise SystemExit(f"{address} answered {response.status_code}")
    return took


if __name__ == "__main__":
    if sys.argv[1:] == [INSIDE]:
        print(json.dumps(measured()))
    else:
        sys.exit(main())
