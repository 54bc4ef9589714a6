"""How much slower readers' pages are made in the largest archive than in the smallest, both served side by side.

`benchmarks.speed` measures archives after one another, minutes apart, and a machine that others share is faster in one
of them. Here both are pressed in turn, half a second each, so that whatever else the machine does slows both alike: the
middle one of BENCH_ROUNDS (15) ratios is told, of requests a second and of the processor's time of our processes. Both
are started anew for each third of the rounds: as its memory happens to lie, one process is a tenth faster than another.
What readers get is weighed too: a page that an archive of a thousand cannot fill is made faster there. Exits with 1
where a page that is as heavy in both loses more than a tenth.

python -m benchmarks.growth [PAGE ...]
"""

import http.client
import os
import sys
from statistics import median
from typing import Any

from benchmarks import _kept, _site
from benchmarks._load import Load, press
from benchmarks._site import SIZES, Scratch, Server
from benchmarks.speed import ANEW, GOALS, LOSS, WAYS, known_pages

SECONDS = 0.5
#: Until what is read often is in memory: of articles there are a thousand.
WARMING = 4.0
ROUNDS = int(os.environ.get("BENCH_ROUNDS") or 15)
#: How often both are started.
SITTINGS = 3
#: A page counts as heavy in both where the smaller has this share of the larger's bytes.
AS_HEAVY = 0.9
PAGES = sys.argv[1:] or [*GOALS]
HEADS = ["", "a second", "of large", "kept", "by CPU", "kB", "of large", "verdict"]


def main() -> int:
    figures: dict[str, list[list[Any]]] = {}
    for vendor in _site.vendors():
        with _kept.lent(vendor, min(SIZES)) as small, _kept.lent(vendor, max(SIZES)) as large:
            figures[vendor] = measured(small, large)
        print(f"\nPages made anew in archives of {min(SIZES):,} and {max(SIZES):,}, {vendor}")
        _site.table(HEADS, figures[vendor])
    _site.keep("growth", figures)
    return any(row[-1] == "FAILS" for rows in figures.values() for row in rows)


def measured(small: Scratch, large: Scratch) -> list[list[Any]]:
    of_small, of_large = known_pages(small), known_pages(large)
    pairs: dict[str, list[tuple[Load, Load]]] = {name: [] for name in PAGES}
    weights: dict[str, list[int]] = {}
    for _ in range(SITTINGS):
        with served(small) as one, served(large) as other:
            for name in PAGES:
                archives = (one, of_small[name]), (other, of_large[name])
                pairs[name] += pressed(*archives)
                weights[name] = [weight(server, paths[0]) for server, paths in archives]
    return [row(name, pairs[name], weights[name]) for name in PAGES]


def served(archive: Scratch) -> Any:
    return _site.served({**archive.environ, **WAYS[ANEW]}, "newsroom.wsgi:application")


def pressed(*archives: tuple[Server, list[str]]) -> list[tuple[Load, Load]]:
    """Press one page of both archives in turn, now this first and now that."""
    for server, paths in archives:
        press(server, paths, seconds=WARMING)
    pairs = []
    for number in range(max(1, ROUNDS // SITTINGS)):
        order = archives if number % 2 else archives[::-1]
        loads = [press(server, paths, seconds=SECONDS) for server, paths in order]
        small, large = loads if number % 2 else loads[::-1]
        pairs.append((small, large))
    return pairs


def row(name: str, pairs: list[tuple[Load, Load]], weights: list[int]) -> list[Any]:
    kept = median(large.a_second / small.a_second for small, large in pairs)
    by_cpu = median(small.cpu_milliseconds / large.cpu_milliseconds for small, large in pairs)
    alike = min(weights) >= AS_HEAVY * max(weights)
    verdict = "another page" if not alike else "passes" if kept >= 1 - LOSS else "FAILS"
    rates = [round(median(pair[n].a_second for pair in pairs)) for n in (0, 1)]
    return [
        name,
        *rates,
        round(kept, 2),
        round(by_cpu, 2),
        *(round(each / 1000, 1) for each in weights),
        verdict,
    ]


def weight(server: Server, path: str) -> int:
    """Bytes of a page."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    connection.request("GET", path)
    size = len(connection.getresponse().read())
    connection.close()
    return size


if __name__ == "__main__":
    sys.exit(main())
