"""Drill B9: import 10,000 made-up records, with drafts, future dates and bad lines among them.

Passes when nothing is public unless asked for, nothing with a date ahead is public at all, no mail is written, and
a second run changes nothing. `python -m drills.b9_import [COUNT]`; the tests run it small.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any


def records(count: int, now: datetime) -> Iterator[str]:
    """A record a line: one in ten is ahead of its time, one in ten undated, one in fifty cannot be read."""
    for number in range(count):
        if number % 50 == 49:
            yield '{"title": "Cut off in the mid'
            continue
        record: dict[str, Any] = {
            "source": "drill",
            "licence": "Written for this drill",
            "path": f"drill/{number}.md",
            "title": f"Minutes of meeting {number}",
            "date": (now - timedelta(hours=number + 1)).isoformat(),
            "authors": [f"Clerk {number % 7}"],
            "topics": [f"Subject {number % 23}", "Minutes"],
            "summary": "What was said, and by whom.",
            "format": "md",
            "body": f"Present were {number % 9 + 2} members.\n\n## Decided\n\n- to meet again\n- to **publish** this",
        }
        if number % 10 == 3:
            record["date"] = (now + timedelta(days=number + 1)).isoformat()
        if number % 10 == 7:
            record["date"] = ""
        yield json.dumps(record)


def run(count: int, folder: Path) -> dict[str, int]:
    """Import as drafts, then a second file published, then that again. Raises AssertionError when the drill fails."""
    from django.core import mail
    from django.core.management import CommandError, call_command

    from articles.models import Edition, Revision, Story, StoryEvent

    def take(path: Path, *options: str) -> None:
        told = StringIO()
        try:
            call_command("import_articles", str(path), *options, verbosity=0, stdout=told, stderr=StringIO())
        except CommandError as error:
            if f"{count // 50} records could not" not in str(error):
                raise

    now = datetime.now(UTC)
    outbox = len(getattr(mail, "outbox", []))
    drafts, published = folder / "drafts.jsonl", folder / "published.jsonl"
    drafts.write_text("\n".join(records(count, now)))
    published.write_text("\n".join(line.replace("drill/", "again/") for line in records(count, now)))

    take(drafts)
    assert not Edition.objects.exists(), "drafts were published"
    good = count - count // 50
    assert Story.objects.count() == good

    take(published, "--publish")
    live = Edition.objects.live(datetime.now(UTC)).count()
    ahead_or_undated = sum(1 for n in range(count) if n % 50 != 49 and n % 10 in (3, 7))
    assert live == good - ahead_or_undated, f"{live} are public"
    assert not Edition.objects.filter(published_at__gt=now).exists(), "something waits to appear by itself"

    before = [model.objects.count() for model in (Story, Revision, Edition, StoryEvent)]
    take(published, "--publish")
    assert before == [model.objects.count() for model in (Story, Revision, Edition, StoryEvent)]
    assert len(getattr(mail, "outbox", [])) == outbox, "mail was written"
    return {"records": 2 * count, "stories": 2 * good, "public": live}


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DEBUG": "on",
            "DATABASE_URL": f"sqlite:///{folder}/drill.sqlite3",
            "STORAGE_URL": "memory:",
            "EMAIL_URL": "memory:",
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        }
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        started = time.monotonic()
        figures = run(count, Path(folder))
        seconds = time.monotonic() - started
        print(f"{figures}, {seconds:.0f} s, {figures['stories'] / seconds:.0f} stories a second: passed")


if __name__ == "__main__":
    main()
