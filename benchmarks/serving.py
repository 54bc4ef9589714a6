"""How many processes and threads serve best: pages a second, the slowest, and memory, for each of a few combinations.

Every page is made anew (articles at random of an archive of BENCH_STORIES), eight connections asking, on each database
found. Memory is what the processes take in truth (PSS), the master too. `python -m benchmarks.serving [SECONDS]`
"""

import sys
from pathlib import Path

from benchmarks import _site
from benchmarks._load import press

COMBINATIONS = ((1, 8), (2, 2), (2, 4), (2, 8), (2, 16), (4, 8))


def main(seconds: float) -> None:
    figures = {}
    for vendor in _site.vendors():
        with _site.scratch(vendor) as site:
            site.run("-m", "benchmarks._archive", str(_site.STORIES))
            paths = [f"/articles/story-{number}/" for number in range(0, _site.STORIES, 10)]
            rows = [
                [*combination, *_measured(site, *combination, paths, seconds)] for combination in COMBINATIONS
            ]
        print(f"   {vendor}")
        _site.table(["processes", "threads", "a second", "ms of processor", "slowest ms", "MB"], rows)
        figures[vendor] = rows
    _site.keep("serving", figures)


def _measured(
    site: _site.Scratch, processes: int, threads: int, paths: list[str], seconds: float
) -> tuple[float, float, float, int]:
    environ = {**site.environ, "WEB_PROCESSES": str(processes), "WEB_THREADS": str(threads)}
    with _site.served(environ, "newsroom.wsgi") as server:
        press(server, paths, seconds=1)
        load = press(server, paths, seconds=seconds)
        return load.a_second, load.cpu_milliseconds, 1000 * load.slowest, _megabytes(server.pid)


def _megabytes(master: int) -> int:
    serving = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    return sum(_own(process) for process in (master, *serving)) // 1024


def _own(process: int | str) -> int:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


if __name__ == "__main__":
    main(float(sys.argv[1]) if sys.argv[1:] else 10)
