"""What waits, what is late and what is in doubt, in numbers: for the desk and for monitoring."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min

from alerts.models import Delivery, Lane, Notice, State, Stop
from alerts.models.notices import NoticeQuerySet

#: Recipients are worked out within this, and the first of a large alert's mails is this old when the last one leaves.
NOT_WORKED_OUT, NOT_SENT = timedelta(minutes=5), timedelta(minutes=15)
#: How far back failures are counted.
A_DAY = timedelta(hours=24)


@dataclass(frozen=True)
class Waiting:
    """The mails of one lane that wait, and since when the first of them could have left."""

    lane: Lane
    count: int
    since: datetime | None


def waiting() -> list[Waiting]:
    """One query; lanes in which nothing waits are left out."""
    rows = Delivery.objects.waiting().values("lane").annotate(count=Count("pk"), since=Min("next_try_at"))
    found = {row["lane"]: Waiting(Lane(row["lane"]), row["count"], row["since"]) for row in rows}
    return [found[lane] for lane in Lane if lane in found]


def due_since() -> datetime | None:
    """Since when the mail that waits longest could have left. None is due where the earliest lies ahead."""
    since: datetime | None = Delivery.objects.waiting().aggregate(since=Min("next_try_at"))["since"]
    return since


def not_worked_out(now: datetime) -> NoticeQuerySet:
    """Notices whose recipients should be known by now."""
    return Notice.objects.to_fan_out().filter(made_at__lt=now - NOT_WORKED_OUT)


def uncertain() -> int:
    return Delivery.objects.filter(state=State.UNCERTAIN).count()


def failed(now: datetime) -> dict[str, int]:
    """How many failed within a day, by the reason, the most frequent first."""
    rows = Delivery.objects.filter(state=State.FAILED, settled_at__gt=now - A_DAY)
    counted = rows.values_list("reason").annotate(count=Count("pk")).order_by("-count", "reason")
    return dict(counted)


def stops() -> list[Stop]:
    return list(Stop.objects.open().select_related("began_by").order_by("began_at"))
