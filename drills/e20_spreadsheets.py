"""Drill E20: a file of 50,000 people is checked, taken in, taken in again and exported.

Passes when everybody is taken in once, nobody is mailed, no exported cell is a formula, and the export can be read by
the import. `python -m drills.e20_spreadsheets [PEOPLE]`; DATABASE_URL says on which database.
"""

import csv
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0")


def run(people: int) -> dict[str, Any]:
    """Raises AssertionError when the drill fails."""
    from django.utils import timezone

    from alerts.exporting import export
    from alerts.importing import reading
    from alerts.importing.taking_in import take_in
    from alerts.models import Delivery, Notice, Subscriber
    from alerts.spreadsheets import lines
    from tests.newsdesk import hire, section, topic

    by = hire().administrator
    section()
    topic()
    reading.MOST = max(reading.MOST, people)
    figures: dict[str, Any] = {"people": people}

    def timed(name: str, really: bool, file: BytesIO) -> Any:
        started = time.monotonic()
        report = take_in(file, by=by, now=timezone.now(), really=really)
        figures[name] = f"{time.monotonic() - started:.1f} s"
        return report

    file = BytesIO("\r\n".join(_lines(people)).encode("utf-8-sig"))
    assert timed("checked", False, file).people == people and not Subscriber.objects.exists()
    assert timed("taken in", True, file).people == Subscriber.objects.count() == people
    again = timed("again", True, file)
    assert (again.people, again.skipped, Subscriber.objects.count()) == (0, people, people)
    assert not Delivery.objects.exists() and not Notice.objects.exists(), "somebody was mailed"

    started = time.monotonic()
    text = "".join(lines(export(by=by, now=timezone.now())))
    figures["exported"] = f"{time.monotonic() - started:.1f} s"
    cells = [cell for row in csv.reader(StringIO(text.lstrip("\ufeff"), newline="")) for cell in row]
    formulas = [cell for cell in cells if cell.strip()[:1] in ("=", "+", "-", "@")]
    assert not formulas, formulas[:3]
    back = timed("read back", False, BytesIO(text.encode()))
    assert (back.skipped, back.wrong) == (people, 0)
    figures["formulas"] = len(formulas)
    figures["memory"] = f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"
    return figures


def _lines(people: int) -> Iterator[str]:
    yield "address;follows;frequency;consented_at;how"
    for number in range(people):
        follows = ("everything", "section:local-government", '"topic:records; section:local-government"')[
            number % 3
        ]
        how = f"{FORMULAS[number % len(FORMULAS)]} said at stand {number % 9}".replace('"', '""')
        yield f'reader{number}@mail.example;{follows};daily;31/05/2026;"{how}"'


def main() -> None:
    from tests.production.serving import scratch_database

    people = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    with tempfile.TemporaryDirectory() as folder, scratch_database(Path(folder)) as database:
        os.environ |= {
            "DEBUG": "on",
            "DATABASE_URL": database,
            "VAR_DIR": folder,
            "EMAIL_URL": "memory:",
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        import django
        from django.db import connections

        django.setup()
        print(f"{run(people)}: passed")
        connections.close_all()


if __name__ == "__main__":
    main()
