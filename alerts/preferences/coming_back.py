"""Coming back: whoever left by a page or a mail program may take it back until their address is erased."""

from datetime import datetime

from django.db import transaction

from alerts import wording
from alerts.models.consents import Consent
from alerts.models.subscribers import Leaving, Subscriber
from alerts.models.subscriptions import Subscription
from alerts.preferences.changing import choices

#: Who was put out for another reason has to show again that the mailbox is theirs.
BY_THEMSELVES = (Leaving.UNSUBSCRIBED, Leaving.ONE_CLICK)


def may_come_back(subscriber: Subscriber) -> bool:
    return subscriber.erased_at is None and subscriber.ended_reason in BY_THEMSELVES


def come_back(subscriber: Subscriber, *, how: str, now: datetime, source: str) -> bool:
    """Follow again what they followed when they left, as often as then; whether they may."""
    with transaction.atomic():
        subscriber.refresh_from_db(from_queryset=Subscriber.objects.select_for_update())
        if not may_come_back(subscriber):
            return False
        _follow_again(subscriber, now)
        subscriber.ended_at, subscriber.ended_reason, subscriber.paused_until = None, "", None
        subscriber.save(update_fields=["ended_at", "ended_reason", "paused_until"])
        Consent.objects.create(
            subscriber=subscriber,
            act=Consent.Act.REGISTERED,
            asked_at=now,
            confirmed_at=now,
            how=how,
            wording=wording.CURRENT,
            choices=choices(subscriber),
            source_hash=source,
        )
    return True


def _follow_again(subscriber: Subscriber, now: datetime) -> None:
    ended = subscriber.subscriptions.filter(
        ended_at__gte=subscriber.ended_at, ended_reason=subscriber.ended_reason
    )
    again = (
        Subscription(
            subscriber=subscriber,
            follows=one.follows,
            section_id=one.section_id,
            topic_id=one.topic_id,
            author_id=one.author_id,
            frequency=one.frequency,
            started_at=now,
        )
        for one in ended
    )
    # Clocks of two machines may tell of one thing twice.
    Subscription.objects.bulk_create(again, ignore_conflicts=True)
