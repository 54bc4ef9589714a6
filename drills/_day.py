"""What the drill of mixed load does inside of a newsroom: prepare it, publish, and say in the end what is there."""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import django

#: Addresses of what is published during the day.
SLUG = "publication-{}"


def prepare(editors: str, subscribers: str) -> None:
    """Editors with a story each, signed in; readers who are told of everything at once. Prints the editors."""
    from django.test import Client

    from accounts.models import Role
    from drills._alerted import register
    from tests.articles.admin.posting import change, filled
    from tests.newsdesk import _person, draft, hire

    hire()
    register(int(subscribers))
    told = []
    for number in range(int(editors)):
        person = _person(f"desk.{number}", Role.EDITOR)
        person.save()
        story, client = draft(person, f"Desk {number}"), Client()
        client.force_login(person)
        session = client.cookies["session"].value
        told.append(
            {"name": f"Desk {number}", "session": session, "address": change(story), "form": filled(story)}
        )
    print(json.dumps(told))


def publish(every: str, done: str) -> None:
    """Until killed: every so many seconds a story through the whole workflow. Each that is out is a line in `done`."""
    from django.db import Error as DatabaseFault
    from django.db import connections
    from django.utils import timezone

    from tests.newsdesk import hire, published

    cast, number, due = hire(), 0, time.monotonic()
    while True:
        number += 1
        try:
            published(cast, now=timezone.now(), headline=f"Publication {number}", slug=SLUG.format(number))
        except DatabaseFault:
            connections.close_all()
            time.sleep(1)
            continue
        with Path(done).open("a") as file:
            file.write(f"{SLUG.format(number)}\n")
        due += float(every)
        time.sleep(max(0.0, due - time.monotonic()))


def say() -> None:
    """What became of the stories, of what was published, and of the readers' mails, as JSON."""
    from django.db.models import Count

    from alerts.models import Delivery, Notice, Subscriber
    from articles.models import Edition, Revision, Story

    out = Edition.objects.filter(slug__startswith=SLUG.format(""))
    mails = Delivery.objects.filter(subscriber__isnull=False, notice__edition__in=out)
    states = mails.values_list("state").annotate(number=Count("pk"))
    saved = [
        row.as_dict()["headline"] for row in Revision.objects.filter(story__headline__startswith="Desk ")
    ]
    told: dict[str, Any] = {
        "published": list(out.values_list("slug", flat=True)),
        "saved": saved,
        "now": list(Story.objects.filter(headline__startswith="Desk ").values_list("headline", flat=True)),
        "mails": dict(states),
        "owed": out.count() * Subscriber.objects.count(),
        "to work out": Notice.objects.to_fan_out().count(),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    known = {one.__name__: one for one in (prepare, publish, say)}
    known[sys.argv[1]](*sys.argv[2:])
