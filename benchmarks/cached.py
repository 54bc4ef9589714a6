"""Requests a second of pages that are kept, beside a bare Django view under the same gunicorn.

The newsroom writes a line in its log for each request and the bare view none, so pages are asked for with that line
and without. Bare view and page are pressed in turn, a second each, BENCH_ROUNDS (5) times; the middle one of the
ratios is told, by the clock and by the processor's time. Exits with 1 where a page takes more of that than the bare
view; the clock says something on a machine at rest only.

python -m benchmarks.cached
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks import _site
from benchmarks._load import press
from benchmarks._site import Scratch, Server

STORIES, SECONDS, GOAL = 200, 1.0, 1.0
ROUNDS = int(os.environ.get("BENCH_ROUNDS") or 5)
PAGES = {
    "article": [f"/articles/story-{number}/" for number in range(50)],
    "front page": ["/"],
    "section": ["/sections/local-government/"],
    "feed": ["/feeds/latest.rss"],
}
WAYS = {"with a line in the log": {"LOG_LEVEL": "INFO"}, "without": {"ACCESS_LOG": "off"}}


class Row(NamedTuple):
    page: str
    a_second: float
    bare_a_second: float
    ratio: float
    cpu_us: float
    bare_cpu_us: float
    cpu_ratio: float


def main() -> int:
    with _site.scratch("sqlite") as site:
        site.run("-m", "benchmarks._archive", str(STORIES))
        figures = measured(site)
    for way, rows in figures.items():
        print(f"\nKept pages {way}, beside the bare view")
        _site.table([name.replace("_", " ") for name in Row._fields], [list(row) for row in rows])
    _site.keep("cached", figures)
    return any(row.cpu_ratio < GOAL for rows in figures.values() for row in rows)


def measured(site: Scratch) -> dict[str, list[Row]]:
    figures = {}
    with (
        Path(os.devnull).open("wb") as nowhere,
        _site.served(site.environ, "benchmarks._hello:application") as hello,
    ):
        for way, more in WAYS.items():
            environ = {**site.environ, **more}
            with _site.served(environ, "newsroom.wsgi:application", stderr=nowhere) as server:
                figures[way] = list(_rows(hello, server))
    return figures


def _rows(hello: Server, server: Server) -> Iterator[Row]:
    for page, paths in PAGES.items():
        press(server, paths, seconds=SECONDS)  # each process makes them once
        pairs = [
            (press(hello, ["/"], seconds=SECONDS), press(server, paths, seconds=SECONDS))
            for _ in range(ROUNDS)
        ]
        yield Row(
            page=page,
            a_second=round(median(kept.a_second for _, kept in pairs)),
            bare_a_second=round(median(bare.a_second for bare, _ in pairs)),
            ratio=round(median(kept.a_second / bare.a_second for bare, kept in pairs), 2),
            cpu_us=round(median(1000 * kept.cpu_milliseconds for _, kept in pairs)),
            bare_cpu_us=round(median(1000 * bare.cpu_milliseconds for bare, _ in pairs)),
            cpu_ratio=round(median(bare.cpu_milliseconds / kept.cpu_milliseconds for bare, kept in pairs), 2),
        )


if __name__ == "__main__":
    sys.exit(main())
