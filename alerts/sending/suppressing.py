"""Suppressing: an address whose mailbox is not there, or whose owner complained, gets no mail from then on."""

from datetime import datetime

from django.db import transaction

from alerts.hashes import address_hash
from alerts.leaving import leave
from alerts.models.subscribers import Leaving, Subscriber
from alerts.models.suppressions import Suppression


def bounced(address: str, *, now: datetime, detail: str = "") -> bool:
    """The mail server says that there is no such mailbox; whether that is news."""
    return _suppress(address, Suppression.Reason.BOUNCED, Leaving.BOUNCED, now, detail)


def complained(address: str, *, now: datetime, detail: str = "") -> bool:
    """A mail was reported as unwanted; whether that is news."""
    return _suppress(address, Suppression.Reason.COMPLAINED, Leaving.COMPLAINED, now, detail)


def is_suppressed(address: str) -> bool:
    return Suppression.objects.of_mail().filter(address_hash=address_hash(address)).exists()


def _suppress(address: str, reason: str, leaving: Leaving, now: datetime, detail: str) -> bool:
    """Suppress the address and end its subscriber, together, however often it is told."""
    hashed = address_hash(address)
    with transaction.atomic():
        mine = Suppression.objects.in_force().filter(address_hash=hashed, reason=reason)
        known = mine.exists()
        # Two tell of it at once: the constraint lets one row through.
        Suppression.objects.bulk_create(
            [Suppression(address_hash=hashed, reason=reason, at=now, detail=detail[:300])],
            ignore_conflicts=True,
        )
        for subscriber in Subscriber.objects.staying().select_for_update().filter(address_hash=hashed):
            leave(subscriber, reason=leaving, how=detail[:300] or str(leaving.label), now=now)
    return not known
