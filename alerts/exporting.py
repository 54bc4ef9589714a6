"""All subscribers as lines of a spreadsheet: who they are, what they follow and how they agreed to it.

One line for each frequency that somebody has, in the columns that `alerts.importing` reads.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import User
from alerts.models import Consent, Follows, Handling, Subscriber, Subscription

COLUMNS = ("address", "follows", "frequency", "consented_at", "how", "paused_until")
#: Subscribers read at a time.
A_CHUNK = 1_000


def export(*, by: User, now: datetime) -> Iterator[list[str]]:
    """Record who takes them away, then give the lines, the columns' names first."""
    subscribers = Subscriber.objects.staying()
    Handling.objects.create(
        act=Handling.Act.EXPORTED, by=by, at=now, note=f"{subscribers.count()} subscribers"
    )
    return _lines()


def _lines() -> Iterator[list[str]]:
    yield [*COLUMNS]
    last = 0
    while chunk := list(_with_consent().filter(pk__gt=last).order_by("pk")[:A_CHUNK]):
        yield from _told(chunk)
        last = chunk[-1].pk


def _with_consent() -> "QuerySet[Subscriber]":
    agreed = Consent.objects.filter(
        subscriber=OuterRef("pk"), act__in=(Consent.Act.REGISTERED, Consent.Act.IMPORTED)
    ).order_by("-pk")
    return Subscriber.objects.staying().annotate(
        agreed_at=Subquery(agreed.values("asked_at")[:1]), agreed_how=Subquery(agreed.values("how")[:1])
    )


def _told(subscribers: list[Subscriber]) -> Iterator[list[str]]:
    rows = Subscription.objects.current().filter(subscriber__in=[each.pk for each in subscribers])
    rows = rows.select_related("section", "topic", "author").order_by("subscriber", "frequency", "pk")
    followed: dict[int, list[tuple[str, str]]] = {}
    for (key, frequency), group in groupby(rows, lambda row: (row.subscriber_id, row.frequency)):
        followed.setdefault(key, []).append((frequency, "; ".join(name_of(row) for row in group)))
    for subscriber in subscribers:
        for frequency, names in followed.get(subscriber.pk, [("", "")]):
            yield [subscriber.address, names, frequency, *_agreed(subscriber)]


def _agreed(subscriber: Subscriber) -> list[str]:
    moments = (getattr(subscriber, "agreed_at", None), subscriber.paused_until)
    agreed_at, paused_until = (at.isoformat(timespec="seconds") if at else "" for at in moments)
    return [agreed_at, getattr(subscriber, "agreed_how", None) or "", paused_until]


def name_of(row: Subscription) -> str:
    what = Follows(row.follows)
    return what.value if what is Follows.EVERYTHING else f"{what.value}:{getattr(row, what.value).slug}"
