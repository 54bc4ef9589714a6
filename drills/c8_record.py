"""Drill C8: 1,000 mixed acts, refusals among them, by several people.

Passes when there are exactly as many events as acts, each chain holds, an act that was undone left no event, and the
daily root counts them all. `python -m drills.c8_record [COUNT]`; the tests run it small.
"""

import os
import random
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

START = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
BODY = "<p>The council will keep its records in one place.</p>"


@dataclass
class Tally:
    """What was asked for, and how it ended."""

    done: int = 0
    refused: int = 0
    undone: int = 0
    stories: list[Any] = field(default_factory=list)


def run(count: int, *, seed: int = 8) -> dict[str, int]:
    """Do `count` acts. Raises AssertionError when the drill fails."""
    from articles.desk.roots import make_roots
    from articles.desk.verification import parts
    from articles.desk.verification.days import verify_roots
    from articles.models import DailyRoot, StoryEvent

    before = StoryEvent.objects.count()
    chance = random.Random(seed)
    people, tally = staff(), Tally()
    for number in range(count):
        act(number, chance, people, tally)
    events = StoryEvent.objects.count() - before
    assert events == count, f"{count} acts, {events} events"
    assert tally.done + tally.refused == count
    make_roots(START + timedelta(days=60))
    findings = [*(finding for part in parts() for finding in part.verify()), *verify_roots()]
    assert findings == [], [str(finding) for finding in findings[:5]]
    counted = sum(DailyRoot.objects.values_list("count", flat=True))
    assert counted == StoryEvent.objects.count(), f"the roots know {counted} events"
    return {"acts": count, "done": tally.done, "refused": tally.refused, "undone": tally.undone}


def act(number: int, chance: random.Random, people: list[Any], tally: Tally) -> None:
    """One act that leaves one event; sometimes one before it that is undone, and must leave none."""
    from articles.desk import workflow
    from articles.desk.refusals import Refused

    now = START + timedelta(minutes=number)
    if len(tally.stories) < 5 or chance.random() < 0.05:
        tally.stories.append(begin(people, number, now))
        tally.done += 1
        return
    story, by = chance.choice(tally.stories), chance.choice(people)
    story.refresh_from_db()
    if chance.random() < 0.1:
        tally.undone += undo(story, people, now)
    name, details = choice(chance, story, number, now)
    try:
        workflow.perform(story, name, by=by, now=now, note=f"Note {number}.", **details)
    except Refused:
        tally.refused += 1
    else:
        tally.done += 1


def choice(chance: random.Random, story: Any, number: int, now: datetime) -> tuple[str, dict[str, Any]]:
    """An act that writes exactly one event: none here voids a publication, which is an act of its own."""
    usual = {"draft": "submit", "in_review": "approve", "approved": "publish", "spiked": "unspike"}
    names = ["assign", "add_note", "request_changes", "recall", "claim", "take_down", "reinstate", "spike"]
    name = usual[story.state] if chance.random() < 0.5 else chance.choice([*names, *usual.values()])
    return name, {
        "revision": story.version,
        "kind": "error",
        "public_note": "Published too soon.",
        "due_at": now + timedelta(days=1),
    }


def undo(story: Any, people: list[Any], now: datetime) -> int:
    """An act in a transaction that is given up: what it did is gone, and what it said of it, were it a refusal."""
    from django.db import transaction

    from articles.desk import workflow
    from articles.desk.refusals import Refused

    with transaction.atomic():
        with suppress(Refused):
            workflow.perform(story, "assign", by=people[-1], now=now, assignee=people[0])
        transaction.set_rollback(True)
    return 1


def begin(people: list[Any], number: int, now: datetime) -> Any:
    from articles.desk import workflow
    from articles.models import Section, Story, Tag

    section, _ = Section.objects.get_or_create(slug="drill", defaults={"name": "Drill"})
    topic, _ = Tag.objects.get_or_create(name="Drill", defaults={"slug": "drill"})
    words = {"headline": f"Minutes of meeting {number}", "standfirst": "What was said.", "body": BODY}
    story = Story.objects.create(section=section, created_by=people[0], created_at=now, **words)
    story.topics.set([topic])
    workflow.perform(story, "save", by=people[0], now=now, revision=0)
    return story


def staff() -> list[Any]:
    from accounts.models import User

    roles = ["editor", "contributor", "editor", "manager", "manager"]
    return [
        User.objects.create_user(f"drill.{number}@newsroom.example", None, name=f"Drill {number}", role=role)
        for number, role in enumerate(roles)
    ]


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {
            "DEBUG": "on",
            "DATABASE_URL": f"sqlite:///{Path(folder) / 'drill.sqlite3'}",
            "STORAGE_URL": "memory:",
            "EMAIL_URL": "memory:",
            "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        }
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        started = time.monotonic()
        figures = run(count)
        print(f"{figures}, {time.monotonic() - started:.0f} s: passed")


if __name__ == "__main__":
    main()
