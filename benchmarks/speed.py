"""Requests a second of the readers' pages, uncached, beside a bare Django view under the same gunicorn.

BENCH_STORIES (2,000) and BENCH_SECONDS (3, for each page and round) may be set.
"""

import os
import sys
from statistics import median

from benchmarks import _site
from benchmarks._load import Load, press

SECONDS = float(os.environ.get("BENCH_SECONDS") or 3)
ROUNDS = 3
GOAL, AIM = 0.05, 0.12
ARTICLE = "article page"

PAGES = {
    ARTICLE: [f"/articles/story-{number}/" for number in range(_site.STORIES)],
    "front page": ["/"],
    "latest": ["/articles/"],
    "topic": [f"/topics/topic-{number}/" for number in range(40)],
    "feed": ["/feeds/latest.rss"],
    "sitemap, a part": ["/sitemap-articles-0.xml"],
}


def main() -> int:
    figures = {}
    for vendor in _site.vendors():
        figures[vendor] = measure(vendor)
        report(vendor, figures[vendor])
    _site.keep("speed", figures)
    ratios = [figures[vendor][ARTICLE]["ratio"] for vendor in figures]
    print(f"   article page to hello: at least {min(ratios):.3f} (goal {GOAL}, aim {AIM})")
    return min(ratios) < GOAL


def measure(vendor: str) -> dict[str, dict[str, float]]:
    """Press each page in turn, hello among them, and take the middle round of each."""
    with _site.scratch(vendor) as site:
        site.run("-m", "benchmarks._archive", str(_site.STORIES))
        rounds = [one_round(site) for _ in range(ROUNDS)]
    hello = median(loads["hello"].a_second for loads in rounds)
    return {page: summary([loads[page] for loads in rounds], hello) for page in rounds[0]}


def one_round(site: _site.Scratch) -> dict[str, Load]:
    with _site.served(site.environ, "benchmarks._hello:application") as server:
        loads = {"hello": pressed(server.pid, ["/"])}
    with _site.served(site.environ, "newsroom.wsgi:application") as server:
        return loads | {page: pressed(server.pid, paths) for page, paths in PAGES.items()}


def pressed(server: int, paths: list[str]) -> Load:
    press(server, _site.PORT, paths, seconds=0.5)  # warm
    return press(server, _site.PORT, paths, seconds=SECONDS)


def summary(loads: list[Load], hello: float) -> dict[str, float]:
    a_second = median(load.a_second for load in loads)
    return {
        "requests_a_second": round(a_second, 1),
        "ratio": round(a_second / hello, 4),
        "cpu_ms_a_request": round(median(load.cpu_milliseconds for load in loads), 3),
        "slowest_ms": round(1000 * median(load.slowest for load in loads), 1),
    }


def report(vendor: str, figures: dict[str, dict[str, float]]) -> None:
    print(f"   {vendor}, {_site.STORIES:,} stories, the middle of {ROUNDS} rounds of {SECONDS:g} s")
    heads = ["page", "requests/s", "to hello", "CPU ms", "slowest ms"]
    _site.table(heads, [[page, *row.values()] for page, row in figures.items()])


if __name__ == "__main__":
    sys.exit(main())
