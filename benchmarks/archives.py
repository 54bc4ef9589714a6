"""What it takes to make and prove archives of a thousand, a hundred thousand and a million stories, and to keep them.

The archives of all sizes are made that are missing; what each took was written down when it was made.

python -m benchmarks.archives
"""

import sys

from benchmarks import _kept, _site
from benchmarks._site import SIZES

#: The most seconds that a million may take.
MOST = 20 * 60


def main() -> int:
    figures = {}
    for vendor in _site.vendors():
        for stories in SIZES:
            with _kept.lent(vendor, stories):
                figures[f"{vendor}, {stories:,}"] = _kept.made(vendor, stories)
    heads = ["archive", "rows", "written in s", "proved in s", "MB", "load meanwhile"]
    names = ("rows", "written_seconds", "proved_seconds", "megabytes")
    rows = [[archive, *(row[name] for name in names), row["load"][-1]] for archive, row in figures.items()]
    _site.table(heads, rows)
    _site.keep("archives", figures)
    slowest = max(row["written_seconds"] + row["proved_seconds"] for row in figures.values())
    print(f"   the slowest took {slowest:,.0f} s, at most {MOST:,}")
    return slowest > MOST


if __name__ == "__main__":
    sys.exit(main())
