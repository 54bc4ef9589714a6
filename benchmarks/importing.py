"""Articles imported a second. A file of JSON Lines may be named; else one is made up here.

python -m benchmarks.importing [FILE]
"""

import gzip
import json
import random
import sys
import time
from pathlib import Path
from typing import IO

from benchmarks import _site
from benchmarks._archive import WORDS

RECORDS = 300


def main(arguments: list[str]) -> int:
    figures = {}
    for vendor in _site.vendors():
        with _site.scratch(vendor) as site:
            folder = Path(site.environ["VAR_DIR"])
            file = Path(arguments[0]).resolve() if arguments else made_up(folder)
            figures[vendor] = measure(site, file, folder)
    heads = ["database", "articles", "seconds", "a second"]
    _site.table(heads, [[vendor, *row.values()] for vendor, row in figures.items()])
    _site.keep("importing", figures)
    return 0


def measure(site: _site.Scratch, file: Path, folder: Path) -> dict[str, float]:
    """Time the command, less what it takes to start."""
    nothing = folder / "nothing.jsonl"
    nothing.touch()
    starting, seconds = timed(site, nothing), timed(site, file)
    with lines_of(file) as lines:
        records = sum(1 for line in lines if line.strip())
    took = seconds - starting
    return {"records": records, "seconds": round(took, 1), "a_second": round(records / took, 1)}


def timed(site: _site.Scratch, file: Path) -> float:
    started = time.monotonic()
    site.run("manage.py", "import_articles", str(file), "--publish", "--section=Archive", "--verbosity=0")
    return time.monotonic() - started


def made_up(folder: Path) -> Path:
    """Write Markdown articles of about 600 words."""
    order = random.Random(1)
    path = folder / "articles.jsonl"
    with path.open("w") as file:
        for number in range(RECORDS):
            body = "\n\n".join(
                [
                    f"{'## ' if part % 5 == 4 else ''}{' '.join(order.choices(WORDS, k=60))}"
                    for part in range(10)
                ]
            )
            record = {
                "source": "benchmark",
                "licence": "CC0-1.0",
                "path": f"/articles/{number}",
                "title": f"Imported {number}: {' '.join(order.choices(WORDS, k=7))}",
                "date": f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}",
                "authors": [f"Writer {number % 9}"],
                "topics": [f"Topic {number % 31}", f"Topic {number % 17}"],
                "summary": " ".join(order.choices(WORDS, k=20)),
                "format": "md",
                "body": body,
            }
            file.write(json.dumps(record) + "\n")
    return path


def lines_of(file: Path) -> IO[bytes]:
    return gzip.open(file) if file.suffix == ".gz" else file.open("rb")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
