"""Drill: import every real article of the test data with --publish, and read each page as a reader would.

Passes when each page answers 200 with valid HTML. Prints how many hold raw Markdown or shortcodes, and which.
`python -m drills.real_articles [COUNT]`; the test data stands beside the checkout, or where NEWSROOM_TEST_DATA says.
DATABASE_URL chooses the database server: a scratch database is made on it, and dropped.
"""

import os
import sys
import tempfile
import time
from io import StringIO
from pathlib import Path

DATA = (
    Path(os.environ.get("NEWSROOM_TEST_DATA") or Path(__file__).resolve().parents[2] / "shared" / "data")
    / "news"
    / "public-sector-news.jsonl.gz"
)


def take_in(count: int | None, folder: Path) -> tuple[int, float]:
    """Import `count` records, spread over the whole file; answer how many, and the seconds it took."""
    from django.core.management import call_command

    from articles.importing.records import lines

    chosen = [line for _, line in lines(DATA)]
    if count:
        chosen = chosen[:: max(1, len(chosen) // count)][:count]
    file = folder / "records.jsonl"
    file.write_text("".join(chosen))
    started = time.monotonic()
    options = ("--publish", "--section=Archive", "--undated=2014-01-01")
    call_command("import_articles", str(file), *options, verbosity=0, stdout=StringIO(), stderr=StringIO())
    return len(chosen), time.monotonic() - started


def read_all() -> tuple[int, list[str]]:
    """Open every live article; answer how many, and where raw markup stands. Raises AssertionError."""
    from django.test import Client
    from django.utils import timezone

    from articles.importing.residue import residue
    from articles.models import Edition
    from tests.html import assert_valid_html

    client, pages, raw = Client(), 0, []
    for edition in (
        Edition.objects.live(timezone.now()).select_related("rendering").order_by("pk").iterator(500)
    ):
        answer = client.get(edition.get_absolute_url())
        assert answer.status_code == 200, f"{edition.slug} answers {answer.status_code}"
        try:
            assert_valid_html(answer.content)
        except AssertionError as fault:
            raise AssertionError(f"{edition.slug}: {fault}") from None
        raw += [f"{edition.slug}: {left}" for left in residue(edition.rendering.html)]
        pages += 1
    return pages, raw


def main() -> None:
    os.environ.update({"DJANGO_SETTINGS_MODULE": "tests.settings", "PYTEST_DB_SUFFIX": "drill"})
    os.environ.setdefault("DATABASE_URL", "sqlite:///var/drill.sqlite3")
    import django
    from django.db import connection
    from django.test.utils import setup_test_environment, teardown_test_environment

    django.setup()
    setup_test_environment()
    real = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        with tempfile.TemporaryDirectory() as folder:
            count, seconds = take_in(int(sys.argv[1]) if len(sys.argv) > 1 else None, Path(folder))
        print(
            f"{connection.vendor}: {count} imported in {seconds:.0f} s, {count / seconds:.0f} a second",
            flush=True,
        )
        started = time.monotonic()
        pages, raw = read_all()
        print(f"{pages} pages read in {time.monotonic() - started:.0f} s: all 200, all valid HTML")
        print(
            f"{len({line.split(':')[0] for line in raw})} pages with raw markup on screen", *raw, sep="\n  "
        )
    finally:
        connection.creation.destroy_test_db(real, verbosity=0)
        teardown_test_environment()


if __name__ == "__main__":
    main()
