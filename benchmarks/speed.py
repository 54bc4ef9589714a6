"""Requests a second of the readers' pages beside a bare Django view and a static file under the same gunicorn.

Three servers stand side by side on an archive: the bare view, the newsroom that makes each page anew, and the newsroom
that keeps pages. Bare view and page are pressed in turn, a second each, so that whatever else the machine does slows
both alike: the ratio of each pair counts, and the middle one of all pairs is told, for archives of every size.
BENCH_ROUNDS (5) may be set. Exits with 1 where a page misses its goal.

python -m benchmarks.speed
"""

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import _site, _sizes
from benchmarks._load import Load, press
from benchmarks._pages import ARTICLE, STATIC
from benchmarks._site import Scratch, Server

SECONDS = 1.0
ROUNDS = int(os.environ.get("BENCH_ROUNDS") or 5)

#: The least a page made anew may reach of the bare view's requests a second. Search has it at 10,000 stories.
GOALS = {
    ARTICLE: 0.12,
    "front page": 0.08,
    "latest": 0.10,
    "latest, the deepest page": 0.10,
    "section, a third of all": 0.10,
    "section, the deepest page": 0.10,
    "topic, the commonest": 0.10,
    "topic, the deepest page": 0.10,
    "author, the busiest": 0.10,
    "author, the deepest page": 0.10,
    "archive, a month": 0.10,
    "RSS": 0.10,
    "Atom": 0.10,
    "JSON Feed": 0.10,
}
#: How much a page may lose from the smallest archive to the largest.
LOSS = 0.10
#: Pages that are pressed beside those with a goal.
MORE = (
    "article, a long read",
    "search, the commonest word",
    "search, the same by relevance",
    "sitemap, a part midway",
    STATIC,
)
ANEW, KEPT = "made anew", "kept"
#: What makes a newsroom of each kind.
WAYS = {ANEW: {"PAGE_CACHE_MB": "0"}, KEPT: {"PAGE_CACHE_MB": "64"}}
CACHED_GOAL = 1.0
#: Of the largest archive; by the processor's time a busy machine distorts the ratio less.
BESIDE = {
    "goal": "goal",
    "by CPU": "cpu_ratio",
    "CPU ms": "cpu_ms",
    "a second": "a_second",
    "slowest ms": "slowest_ms",
}

type Pairs = list[tuple[Load, Load]]


def main() -> int:
    figures = _sizes.measured(measure)
    for vendor, sizes in figures.items():
        for way in WAYS:
            print(f"\nRequests a second of pages {way} to those of the bare view, {vendor}")
            ratios = {stories: found[way] for stories, found in sizes.items()}
            more = [(name, _of(key)) for name, key in (("a second", "a_second"), ("CPU ms", "cpu_ms"))]
            _sizes.grown(
                ratios, _of("ratio"), ("goal", _of("goal")), *more, ("slowest ms", _of("slowest_ms"))
            )
    missed = list(_missed(figures))
    print(*missed, sep="\n")
    _site.keep("speed", figures)
    return bool(missed)


def measure(archive: Scratch) -> dict[str, Any]:
    """Press each page and the bare view in turn, and sum up the pairs."""
    known = known_pages(archive) | {STATIC: [_static_file(archive)]}
    pages = {name: known[name] for name in (*GOALS, *MORE)}
    bare, anew, kept = (
        _site.served({**archive.environ, **more}, application) for more, application in _SERVERS
    )
    with bare as hello, anew as making, kept as keeping:
        servers = {ANEW: making, KEPT: keeping}
        return {way: dict(_measured(hello, server, way, pages)) for way, server in servers.items()}


def known_pages(archive: Scratch) -> dict[str, list[str]]:
    """The addresses of each kind of page."""
    found: dict[str, list[str]] = json.loads(archive.run("-m", "benchmarks._pages"))
    return found


_SERVERS = [
    ({}, "benchmarks._hello:application"),
    *((more, "newsroom.wsgi:application") for more in WAYS.values()),
]


def _measured(
    hello: Server, server: Server, way: str, pages: dict[str, list[str]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, paths in pages.items():
        press(server, paths, seconds=SECONDS)  # warm
        pairs: Pairs = [
            (press(hello, ["/"], seconds=SECONDS), press(server, paths, seconds=SECONDS))
            for _ in range(ROUNDS)
        ]
        yield (
            name,
            {
                "ratio": round(median(page.a_second / bare.a_second for bare, page in pairs), 3),
                "goal": CACHED_GOAL if way == KEPT and name != STATIC else GOALS.get(name, ""),
                "a_second": round(median(page.a_second for _, page in pairs)),
                "hello_a_second": round(median(bare.a_second for bare, _ in pairs)),
                "cpu_ratio": round(
                    median(bare.cpu_milliseconds / page.cpu_milliseconds for bare, page in pairs), 3
                ),
                "cpu_ms": round(median(page.cpu_milliseconds for _, page in pairs), 2),
                "slowest_ms": round(1000 * median(page.slowest for _, page in pairs)),
            },
        )


def _static_file(archive: Scratch) -> str:
    """The readers' style sheet, under the name that collectstatic gave it."""
    manifest = json.loads((Path(archive.environ["VAR_DIR"]) / "static" / "staticfiles.json").read_text())
    return f"/static/{next(kept for name, kept in manifest['paths'].items() if name.endswith('.css'))}"


def _missed(figures: _sizes.Figures) -> Iterator[str]:
    for vendor, sizes in figures.items():
        first, last = (sizes[size][ANEW] for size in (min(sizes), max(sizes)))
        for name, goal in GOALS.items():
            for stories, found in sizes.items():
                if (ratio := found[ANEW][name]["ratio"]) < goal:
                    yield f"{vendor}, {stories:,} stories: {name} {ANEW} reaches {ratio}, goal {goal}"
            if last[name]["ratio"] < (1 - LOSS) * first[name]["ratio"]:
                change = f"from {first[name]['ratio']} to {last[name]['ratio']}"
                yield f"{vendor}: {name} falls {change} as the archive grows"


def _of(name: str) -> Any:
    return lambda row: row[name]


if __name__ == "__main__":
    sys.exit(main())
