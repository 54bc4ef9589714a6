"""Requests a second of the readers' pages, uncached, beside a bare Django view under the same gunicorn.

Both servers stand side by side and are pressed in turn, a second each, so that whatever else the machine is doing
slows both alike: the ratio of each pair counts, and the middle one of all pairs is reported. BENCH_STORIES (2,000)
and BENCH_ROUNDS (7) may be set.
"""

import os
import sys
from statistics import median

from benchmarks import _site
from benchmarks._load import Load, press

SECONDS = 1.0
ROUNDS = int(os.environ.get("BENCH_ROUNDS") or 7)
GOAL, AIM = 0.05, 0.12
ARTICLE = "article page"

type Pair = tuple[Load, Load]

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
    """Press each page and hello in turn on a fresh archive, and sum up the pairs."""
    with _site.scratch(vendor) as site:
        site.run("-m", "benchmarks._archive", str(_site.STORIES))
        with (
            _site.served(site.environ, "benchmarks._hello:application") as bare,
            _site.served(site.environ, "newsroom.wsgi:application") as newsroom,
        ):
            pairs: dict[str, list[Pair]] = {page: [] for page in PAGES}
            for paths in PAGES.values():
                press(newsroom, paths, seconds=SECONDS)  # warm
            for _ in range(ROUNDS):
                for page, paths in PAGES.items():
                    before = press(bare, ["/"], seconds=SECONDS)
                    pairs[page].append((before, press(newsroom, paths, seconds=SECONDS)))
    hellos = [hello for page in pairs.values() for hello, _ in page]
    return {"hello": summary([(hello, hello) for hello in hellos])} | {
        page: summary(found) for page, found in pairs.items()
    }


def summary(pairs: list[Pair]) -> dict[str, float]:
    return {
        "requests_a_second": round(median(page.a_second for _, page in pairs)),
        "ratio": round(median(page.a_second / hello.a_second for hello, page in pairs), 3),
        "cpu_ms_a_request": round(median(page.cpu_milliseconds for _, page in pairs), 2),
        "cpu_ratio": round(
            median(hello.cpu_milliseconds / page.cpu_milliseconds for hello, page in pairs), 3
        ),
        "slowest_ms": round(1000 * median(page.slowest for _, page in pairs)),
    }


def report(vendor: str, figures: dict[str, dict[str, float]]) -> None:
    print(f"   {vendor}, {_site.STORIES:,} stories, the middle of {ROUNDS} rounds")
    heads = ["page", "requests/s", "to hello", "CPU ms", "CPU to hello", "slowest ms"]
    _site.table(heads, [[page, *row.values()] for page, row in figures.items()])


if __name__ == "__main__":
    sys.exit(main())
