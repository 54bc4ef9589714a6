"""What the drills of mail do inside of a newsroom: prepare an alert, be a worker, count, leave, sign up."""

import os
import random
import signal
import sys
import time
from datetime import timedelta
from functools import partial
from inspect import signature
from typing import Any

import django


def prepare(recipients: str) -> None:
    """Readers who follow everything, and a story that is published to them."""
    from django.utils import timezone

    from alerts import fan_out
    from articles.desk.following_up import sweep
    from tests.newsdesk import hire, published, section

    register(int(recipients))
    now = timezone.now()
    words = " ".join(["The council will keep its records in one place, it said on Monday."] * 3)
    published(hire(), now=now, section=section(), standfirst=words)
    sweep(now)
    fan_out.fan_out(now)


def register(number: int) -> None:
    """So many readers who are told of everything at once, since an hour."""
    from django.utils import timezone

    from alerts.hashes import address_hash
    from alerts.models import Follows, Frequency, Subscriber, Subscription

    before = timezone.now() - timedelta(hours=1)
    addresses = [f"reader{one}@mail{one % 20}.example" for one in range(number)]
    Subscriber.objects.bulk_create(
        (Subscriber(address=one, address_hash=address_hash(one), confirmed_at=before) for one in addresses),
        batch_size=5_000,
    )
    everything = {"follows": Follows.EVERYTHING, "frequency": Frequency.AT_ONCE, "started_at": before}
    keys = Subscriber.objects.values_list("pk", flat=True)
    Subscription.objects.bulk_create(
        (Subscription(subscriber_id=key, **everything) for key in keys), batch_size=5_000
    )


def work(lease: str, pause: str, ahead: str) -> None:
    """Be a worker until killed or told to stop. SQLITE_CACHE_KB: how much of the database each connection keeps."""
    from django.db import connections
    from django.utils import timezone

    from alerts.sending import claims, outcomes
    from articles.desk import chores
    from articles.desk.working import Worker

    claims.LEASE = timedelta(seconds=float(lease))
    outcomes.FIRST_PAUSE = timedelta(seconds=float(pause))
    shift, now = timedelta(seconds=float(ahead)), timezone.now
    clock = lambda: now() + shift  # noqa: E731
    # The senders look at the clock themselves, before each mail.
    for chore in [one for one in chores.CHORES.values() if "clock" in signature(one.do).parameters]:
        chores.register(chore.name, partial(chore.do, clock=clock), every=chore.every, apart=chore.apart)
    options = connections.settings["default"]["OPTIONS"]
    if "init_command" in options and (kept := os.environ.get("SQLITE_CACHE_KB")):
        options["init_command"] += f"; PRAGMA cache_size=-{kept}"
    one = Worker(poll=1, clock=clock)
    signal.signal(signal.SIGTERM, lambda *_: one.stop())
    one.run()


def states() -> None:
    from django.db.models import Count

    rows = _alert().values_list("state").annotate(number=Count("pk"))
    print(*(f"{state}={number}" for state, number in rows))


def attempts() -> None:
    """The most attempts that any mail had."""
    from django.db.models import Max

    print(_alert().aggregate(most=Max("attempts"))["most"])


def leave(number: str, seconds: str) -> None:
    """So many readers leave, one after the other. Prints whose mail was begun after they had left."""
    from django.utils import timezone

    from alerts.leaving import leave as end
    from alerts.models import Leaving, Subscriber

    left = {}
    for reader in random.Random(8).sample(list(Subscriber.objects.order_by("pk")), int(number)):
        end(reader, reason=Leaving.ONE_CLICK, how="a drill", now=timezone.now())
        left[reader.pk] = timezone.now()
        time.sleep(float(seconds) / int(number))
    time.sleep(1)
    begun = _alert().filter(subscriber__in=left, begun_at__isnull=False)
    late = [one for one in begun if one.begun_at > left[one.subscriber_id]]
    cancelled = _alert().filter(subscriber__in=left, state="cancelled", reason="left").count()
    before = begun.count() - len(late)
    print(f"of={number} begun-later={len(late)} begun-before={before} cancelled={cancelled}")


def withdraw() -> None:
    """The story is taken down. Prints how many of its mails were begun after that, and what became of the others.

    Who had it by then is told that it was taken down, by other mails.
    """
    from django.utils import timezone

    from accounts.models import Role, User
    from alerts.models import Notice
    from articles.desk import workflow
    from articles.models import Story

    manager = User.objects.filter(role=Role.MANAGER).earliest("pk")
    why = {"kind": "error", "public_note": "It was published too soon."}
    workflow.perform(Story.objects.get(), "take_down", by=manager, now=timezone.now(), **why)
    done = timezone.now()
    ours = _alert().filter(notice=Notice.objects.filter(kind=Notice.Kind.EDITION).earliest("pk"))
    until = time.monotonic() + 60
    while _alert().exclude(state__in=("accepted", "cancelled")).exists() and time.monotonic() < until:
        time.sleep(0.5)
    begun = ours.filter(begun_at__isnull=False)
    late, cancelled = begun.filter(begun_at__gt=done).count(), ours.filter(state="cancelled").count()
    print(f"of={ours.count()} begun-later={late} begun-before={begun.count() - late} cancelled={cancelled}")


def sign_up(number: str, seconds: str) -> None:
    """So many people ask to register, evenly; prints when each did."""
    from django.utils import timezone

    from alerts.models import Registration
    from alerts.registering.asking import ask

    for one in range(int(number)):
        asked = Registration(address=f"new{one}@mail.example", wording=1, source_hash=f"{one:064}")
        print(asked.address, time.time())
        ask(asked, now=timezone.now())
        time.sleep(float(seconds) / int(number))


def _alert() -> Any:
    from alerts.models import Delivery, Lane

    return Delivery.objects.filter(lane=Lane.ALERT)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    django.setup()
    known = {one.__name__: one for one in (prepare, work, states, attempts, leave, withdraw, sign_up)}
    known[sys.argv[1]](*sys.argv[2:])
