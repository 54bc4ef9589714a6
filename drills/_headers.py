"""Mails of every kind about stories with hostile names, sent to a real mail server; what it took, as JSON.

Run as a module inside a scratch newsroom, with how many mails: drills.a13_headers judges what comes out.
"""

import base64
import json
import random
import sys
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import django

#: Everything that some reader of a header, or of a log, takes for the end of a line.
BREAKS = (
    *("\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"),
    *("\r\n\r\n", "\n ", "%0d%0a", "=0D=0A", "\\r\\n", "\x00\n"),
)
HEADERS = ("Bcc: all@victims.example", "X-Injected: yes", "To: other@victims.example")


def hostile(dice: random.Random, words: str) -> str:
    return f"{words}{dice.choice(BREAKS)}{dice.choice(HEADERS)}{dice.choice(BREAKS)}<p>body"


def sent(number: int) -> list[bytes]:
    """Put so many mails into the outbox, send them, and give what the server took."""
    from pathlib import Path

    from django.test import override_settings
    from django.utils import timezone

    from alerts.sending.sending import send_due
    from newsroom import locations
    from tests.mailserver import MailServer

    dice, now = random.Random(13), timezone.now()
    due = list(_due(dice, number))
    with (
        MailServer() as server,
        override_settings(MAILERS={"default": locations.mailer(server.url, base=Path())}),
    ):
        while send_due(now + timedelta(minutes=1)):
            pass
        if len(server.received) != len(due):
            raise SystemExit(f"{len(due)} mails were due and {len(server.received)} arrived")
        return [mail.content for mail in server.received]


def _due(dice: random.Random, number: int) -> Iterator[Any]:
    from django.utils import timezone

    from alerts.models import Delivery
    from tests.alerts.mails.outbox import delivery, letter, registration
    from tests.alerts.readers import follow, reader
    from tests.newsdesk import hire

    cast, now = hire(), timezone.now()
    editions, topics = _stories(dice, cast)
    for one in range(number):
        kind = dice.choice(("edition", "edition", "edition", "digest", "service", "staff"))
        key = f"{kind}:drill:{one}"
        match kind:
            case "edition":
                variant, edition = dice.choice(editions)
                written = letter(kind, variant=variant, key=key, edition=edition)
            case "digest":
                rows = [
                    {"edition": edition.pk, "because": [topics[0].name]} for edition in _some(dice, editions)
                ]
                groups = [{"follows": [hostile(dice, "Cloud")], "editions": rows}]
                written = letter(
                    kind, variant="drill", key=f"digest:daily:{key}", contents={"groups": groups}
                )
            case "service":
                asked = registration(
                    address=f"typed{one}@mail.example", requested_at=now, choices=_all(topics)
                )
                written = letter(kind, variant="drill", key=key, registration=asked)
            case _:
                contents = {
                    "subject": hostile(dice, "Approved"),
                    "lines": [hostile(dice, "Yes")],
                    "link": "/admin/",
                }
                written = letter(kind, variant="drill", key=key, contents=contents)
        to: Any = written.notice.registration or cast.editor
        if kind in ("edition", "digest"):
            to = reader(f"reader{one}@mail.example", now=now)
            follow(to, dice.choice(topics), now=now)
        made = delivery(written, to)
        Delivery.objects.filter(pk=made.pk).update(made_at=now, next_try_at=now)
        yield made


def _stories(dice: random.Random, cast: Any) -> tuple[list[tuple[str, Any]], list[Any]]:
    """What can be told, each with its letter; and the topics it is told under."""
    from django.utils import timezone

    from articles.models import Author, Tag
    from tests.newsdesk import picture, published, republished, taken_down

    now = timezone.now() - timedelta(hours=2)
    later = now + timedelta(hours=1)
    topics = [
        Tag.objects.create(name=hostile(dice, f"Topic {one}")[:90], slug=f"topic-{one}") for one in range(4)
    ]
    people = [
        Author.objects.create(
            name=hostile(dice, "Ada")[:90], slug="ada", job_title="Editor\r\nX-Injected: yes"
        )
    ]
    told = []
    changes = (
        "",
        "",
        "",
        "update",
        "correction",
        "clarification",
        "retraction",
        "error",
        "privacy",
        "withdrawn",
    )
    for number, change in enumerate(changes):
        known = {"slug": f"story-{number}", "topics": topics, "authors": people, "lead_image": picture()}
        said = {
            **known,
            "headline": hostile(dice, f"Story {number}")[:200],
            "kicker": hostile(dice, "New")[:60],
        }
        if change in ("error", "privacy", "withdrawn"):
            note = hostile(dice, "Because")
            story = taken_down(cast, now=later, kind=change, note=note, **said)
            told.append(("removal", story.editions.current(later).get()))
            continue
        story = published(cast, now=now, **said)
        if change:
            note = hostile(dice, "It was so")
            more = {"tell_readers": True} if change == "update" else {}
            republished(
                story, cast, now=later, change_kind=change, public_note=note, standfirst="Anew.", **more
            )
        variant = {"": "story", "update": "update"}.get(change, "correction")
        told.append((variant, story.editions.live(later).get()))
    return told, topics


def _some(dice: random.Random, told: list[tuple[str, Any]]) -> list[Any]:
    live = [edition for variant, edition in told if variant != "removal"]
    return dice.sample(live, 3)


def _all(topics: list[Any]) -> dict[str, Any]:
    return {"everything": False, "topics": [topic.pk for topic in topics]}


if __name__ == "__main__":
    django.setup()
    print(json.dumps([base64.b64encode(content).decode() for content in sent(int(sys.argv[1]))]))
