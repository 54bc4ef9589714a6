"""Drill A9: a year of digests, a worker's turn each hour, outages, both clock changes, 40 readers.

Passes when nobody is told of a story twice or before it is due, nobody who followed it all along is left out, each
reader has one digest a period and none is empty. On SQLite and PostgreSQL.
`python -m drills.a9_digests [DAYS]`; the tests run it small.
"""

import sys
import time
from datetime import timedelta

from benchmarks import _site

DAYS, READERS = 365, 40
TURN = timedelta(hours=1)


def main(days: int) -> None:
    for vendor in _site.vendors():
        started = time.monotonic()
        with _site.scratch(vendor) as site:
            figures = site.run("-m", "drills.a9_digests", str(days), "--here").strip()
        print(f"{vendor}: {figures}, {time.monotonic() - started:.0f} s: passed", flush=True)


def here(days: int) -> None:
    """On the database of this process."""
    import django

    django.setup()
    from drills._year_of_digests import run

    print(run(days, READERS, turn=TURN))


if __name__ == "__main__":
    asked = [int(word) for word in sys.argv[1:] if word.isdigit()]
    (here if "--here" in sys.argv else main)(asked[0] if asked else DAYS)
