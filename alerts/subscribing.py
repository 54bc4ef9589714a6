"""Begins and ends subscriptions. Whoever calls has locked the subscriber."""

from datetime import datetime

from django.db.models import Value
from django.db.models.functions import Greatest

from alerts.choices import Chosen
from alerts.models.subscribers import Subscriber
from alerts.models.subscriptions import Subscription, SubscriptionQuerySet

#: Why a subscription ended while its subscriber stayed: they hear of it more or less often now, or no more.
CHANGED, STOPPED = "changed", "stopped"


def follow(subscriber: Subscriber, one: Chosen, frequency: str, now: datetime) -> None:
    """Leave what is followed as often already; end what is followed more or less often, and begin anew."""
    followed = Subscription.objects.current().filter(subscriber=subscriber, **one.columns)
    if followed.filter(frequency=frequency).exists():
        return
    end(followed, CHANGED, now)
    Subscription.objects.create(subscriber=subscriber, frequency=frequency, started_at=now, **one.columns)


def end(subscriptions: SubscriptionQuerySet, reason: str, now: datetime) -> None:
    # Another machine's clock may be ahead of ours: nothing ends before it began.
    subscriptions.update(ended_at=Greatest("started_at", Value(now)), ended_reason=reason)
