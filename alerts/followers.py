"""How many follow what, and how often they hear of it: numbers, and nobody's address."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q

from alerts.models import Follows, Frequency, Subscriber, Subscription

#: Lines of each list, the most followed first.
MOST = 200


@dataclass(frozen=True)
class Followed:
    """One thing, and how many follow it at each frequency."""

    name: str
    at_once: int
    daily: int
    weekly: int

    @property
    def total(self) -> int:
        return self.at_once + self.daily + self.weekly


@dataclass(frozen=True)
class Numbers:
    """Subscribers who are there, and those of them who are pausing."""

    staying: int
    pausing: int


def numbers(now: datetime) -> Numbers:
    """One query."""
    staying = Subscriber.objects.staying()
    found = staying.aggregate(staying=Count("pk"), pausing=Count("pk", filter=Q(paused_until__gt=now)))
    return Numbers(**found)


def followed(what: Follows) -> list[Followed]:
    """One query. Who pauses is counted: they have not left."""
    rows: Any = Subscription.objects.current().filter(follows=what, subscriber__ended_at=None)
    names = {} if what is Follows.EVERYTHING else {"name": F(f"{what.value}__name"), "key": F(what.value)}
    counts = {str(each.value): Count("pk", filter=Q(frequency=each)) for each in Frequency}
    grouped = rows.values("follows", **names).annotate(**counts, total=Count("pk")).order_by("-total", *names)
    return [
        Followed(row.get("name", "Everything"), row["at_once"], row["daily"], row["weekly"])
        for row in grouped[:MOST]
    ]
