"""Leaving and erasing, in one place: whoever stops mail for a subscriber does it here.

The order of locks is the subscriber, then the deliveries, the lowest first. Making a delivery needs the subscriber's
row too (the foreign key does), so none is made between the look at what waits and the end of this transaction: after
it, nothing of theirs is begun. What a worker has in its hands by then (`sending`) is left to it.
"""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from alerts.models.consents import Consent
from alerts.models.deliveries import Delivery, State
from alerts.models.registrations import Registration
from alerts.models.subscribers import Leaving, Subscriber
from alerts.models.subscriptions import Subscription
from alerts.models.suppressions import Suppression
from alerts.subscribing import end

#: How long the address is kept after leaving, for who left by mistake or asks what was sent to them.
KEPT = timedelta(days=28)
#: What one turn of the worker forgets.
A_CHUNK = 1_000


def leave(
    subscriber: Subscriber, *, reason: Leaving, how: str, now: datetime, by: User | None = None
) -> bool:
    """Send them nothing any more; whether they were still there. `how` is the page, or what the mail server said."""
    with transaction.atomic():
        _lock(subscriber)
        if subscriber.ended_at is not None:
            return False
        subscriber.ended_at, subscriber.ended_reason = now, reason
        subscriber.save(update_fields=["ended_at", "ended_reason"])
        end(Subscription.objects.current().filter(subscriber=subscriber), reason, now)
        _cancel_what_waits(subscriber, now)
        _record(subscriber, Consent.Act.LEFT, how=how, now=now, by=by)
    return True


def erase(subscriber: Subscriber, *, how: str, now: datetime, by: User | None = None) -> bool:
    """Forget them but for a keyed hash; whether there was anything to forget. Their unsubscribe links still answer."""
    with transaction.atomic():
        # Before the subscriber is locked, as who confirms a registration locks it first too.
        Registration.objects.of_address(subscriber.address_hash).delete()
        leave(subscriber, reason=Leaving.ERASED, how=how, now=now, by=by)
        if subscriber.erased_at is not None:
            return False
        address, subscriber.address, subscriber.erased_at = subscriber.address, "", now
        subscriber.save(update_fields=["address", "erased_at"])
        _record(subscriber, Consent.Act.ERASED, how=how, now=now, by=by)
        _blank(subscriber, address)
        Suppression.objects.get_or_create(
            address_hash=subscriber.address_hash,
            reason=Suppression.Reason.LEFT,
            lifted_at=None,
            defaults={"at": now},
        )
    return True


def forget_old(now: datetime) -> None:
    """Forget registrations after seven days, and the addresses of those who left 28 days ago."""
    old = Registration.objects.old(now).order_by("requested_at").values_list("pk", flat=True)
    Registration.objects.filter(pk__in=list(old[:A_CHUNK])).delete()
    for subscriber in Subscriber.objects.to_erase(now - KEPT).order_by("ended_at")[:A_CHUNK]:
        erase(subscriber, how="28 days after leaving", now=now)


def _lock(subscriber: Subscriber) -> None:
    subscriber.refresh_from_db(from_queryset=Subscriber.objects.select_for_update())


def _cancel_what_waits(subscriber: Subscriber, now: datetime) -> None:
    waiting = Delivery.objects.waiting().filter(subscriber=subscriber).order_by("pk").select_for_update()
    # A list: locked one after the other, as everybody does, or two who cancel the same ones wait for each other.
    keys = list(waiting.values_list("pk", flat=True))
    Delivery.objects.waiting().filter(pk__in=keys).update(
        state=State.CANCELLED, reason="left", settled_at=now
    )


def _blank(subscriber: Subscriber, address: str) -> None:
    """Take the person out of every row that stays: mail servers and providers repeat the address in what they say."""
    subscriber.subscriptions.all().delete()
    subscriber.consents.update(source_hash="", choices={})
    subscriber.consents.filter(how__icontains=address).update(how="")
    subscriber.deliveries.exclude(reply="").update(reply="")
    subscriber.deliveries.filter(reason__icontains=address).update(reason="")
    subscriber.handlings.filter(note__icontains=address).update(note="")
    Suppression.objects.filter(address_hash=subscriber.address_hash).exclude(detail="").update(detail="")


def _record(subscriber: Subscriber, act: Consent.Act, *, how: str, now: datetime, by: User | None) -> None:
    Consent.objects.create(
        subscriber=subscriber, act=act, asked_at=now, confirmed_at=now, how=how[:300], actor=by
    )
