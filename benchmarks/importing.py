"""Articles imported a second into archives of every size. A file of JSON Lines may be named; else one is made up here.

python -m benchmarks.importing [FILE]
"""

import gzip
import json
import random
import sys
import time
from io import StringIO
from pathlib import Path
from typing import IO

import django

from benchmarks import _site, _sizes
from benchmarks._site import RESULTS, Scratch
from benchmarks._words import WORDS

RECORDS = 300
INSIDE = "inside"


def main(arguments: list[str]) -> int:
    file = Path(arguments[0]).resolve() if arguments else made_up(RESULTS)

    def measure(archive: Scratch) -> dict[str, float]:
        found: dict[str, float] = json.loads(archive.run("-m", "benchmarks.importing", INSIDE, str(file)))
        return found

    figures = _sizes.measured(measure)
    heads = ["archive", "articles", "seconds", "a second"]
    rows = [
        [f"{vendor}, {stories:,}", *found.values()]
        for vendor, sizes in figures.items()
        for stories, found in sizes.items()
    ]
    _site.table(heads, rows)
    _site.keep("importing", figures)
    slowest = min(found["a_second"] for sizes in figures.values() for found in sizes.values())
    print(f"   at least {slowest} articles a second")
    return 0


def measured(file: Path) -> dict[str, float]:
    """Run the command in a transaction that is taken back."""
    django.setup()
    from django.core.management import call_command
    from django.db import transaction

    with transaction.atomic():
        started = time.monotonic()
        call_command(
            "import_articles", str(file), "--publish", "--section=Archive", verbosity=0, stdout=StringIO()
        )
        took = time.monotonic() - started
        transaction.set_rollback(True)
    with lines_of(file) as lines:
        records = sum(1 for line in lines if line.strip())
    return {"records": records, "seconds": round(took, 1), "a_second": round(records / took, 1)}


def made_up(folder: Path) -> Path:
    """Write Markdown articles of about 600 words."""
    order = random.Random(1)
    folder.mkdir(parents=True, exist_ok=True)
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
    if sys.argv[1:2] == [INSIDE]:
        print(json.dumps(measured(Path(sys.argv[2]))))
    else:
        sys.exit(main(sys.argv[1:]))
