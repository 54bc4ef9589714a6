"""Fills the empty database of the environment with an archive and proves it: `python -m benchmarks._archive STORIES`.

To keep archives for several runs: `python -m benchmarks._kept`.
"""

import json
import os
import sys
import time
from pathlib import Path

import django

from benchmarks import _site
from benchmarks._filling import fill


def main(number: int) -> int:
    django.setup()
    from benchmarks._proof import faults

    started = time.monotonic()
    counts = fill(number)
    filled = time.monotonic()
    found = faults(number, counts)
    for fault in found:
        print(f"   - {fault}")
    made = {
        "stories": number,
        "rows": counts.total(),
        "written_seconds": round(filled - started, 1),
        "proved_seconds": round(time.monotonic() - filled, 1),
        "megabytes": round(_size() / 1e6),
        "faults": len(found),
        **_site.circumstances(),
    }
    print("   " + ", ".join(f"{name} {value}" for name, value in made.items()))
    if not found:
        (Path(os.environ["VAR_DIR"]) / "made.json").write_text(json.dumps(made))
    return bool(found)


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
