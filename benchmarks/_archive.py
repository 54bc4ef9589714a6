"""Fills the empty database of the environment with an archive and proves it: `python -m benchmarks._archive STORIES`.

To keep archives for several runs: `python -m benchmarks._kept`.
"""

import json
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import django

from benchmarks import _site
from benchmarks._filling import fill
from benchmarks._load import TICKS


def main(number: int) -> int:
    django.setup()
    from benchmarks._proof import faults

    watch = _Watch()
    counts = fill(number, lap=watch.lap)
    written = watch.total
    found = faults(number, counts)
    watch.lap("proved")
    for fault in found:
        print(f"   - {fault}")
    made = {
        "stories": number,
        "rows": counts.total(),
        "written_seconds": round(written.seconds, 1),
        "proved_seconds": round(watch.total.seconds - written.seconds, 1),
        "processor_seconds": round(watch.total.processor, 1),
        "megabytes": round(_size() / 1e6),
        "faults": len(found),
        **_site.circumstances(),
    }
    print("   " + ", ".join(f"{name} {value}" for name, value in made.items()))
    if not found:
        (Path(os.environ["VAR_DIR"]) / "made.json").write_text(json.dumps(made))
    return bool(found)


@dataclass(frozen=True)
class _Spent:
    """On the clock, and of processors: whatever this machine did, a database's own processes among it."""

    seconds: float
    processor: float

    def since(self, other: "_Spent") -> "_Spent":
        return _Spent(self.seconds - other.seconds, self.processor - other.processor)


class _Watch:
    def __init__(self) -> None:
        self._started = self._last = _spent()

    def lap(self, part: str) -> None:
        before, self._last = self._last, _spent()
        lap = self._last.since(before)
        print(f"   {part}: {lap.seconds:,.0f} s, of processors {lap.processor:,.0f}", flush=True)

    @property
    def total(self) -> _Spent:
        return self._last.since(self._started)


def _spent() -> _Spent:
    user, nice, system = map(int, Path("/proc/stat").read_text().split()[1:4])
    return _Spent(time.monotonic(), (user + nice + system) / TICKS)


def _size() -> int:
    """Bytes of the database."""
    from django.db import connection

    sizes = {
        "sqlite": "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()",
        "postgresql": "SELECT pg_database_size(current_database())",
    }
    with connection.cursor() as cursor:
        cursor.execute(sizes[connection.vendor])
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
