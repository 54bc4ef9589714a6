"""Hears one event of a provider's, once: it is noted, and what follows from it is done in the same transaction."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from anymail.signals import AnymailTrackingEvent
from django.db import IntegrityError, transaction
from django.db.models import F, Q

from alerts.hashes import address_hash
from alerts.leaving import leave
from alerts.mails.envelope import delivery_of
from alerts.masking import without_addresses
from alerts.models import Delivery, Leaving, ProviderEvent, State, Subscriber
from alerts.sending.suppressing import bounced, complained
from alerts.webhooks.verdicts import Verdict, verdict

#: Reports are repeated for days. What is older than this, or of tomorrow, was told by a wrong clock.
_LIVING_MEMORY = timedelta(days=30)


def hear(provider: str, event: AnymailTrackingEvent, now: datetime) -> bool:
    """Whether it is news: what was heard before, or is being heard by another process, is not done again."""
    delivery = _delivery(event)
    address = _address(event, delivery)
    said = verdict(provider, event)
    with transaction.atomic():
        try:
            with transaction.atomic():
                ProviderEvent.objects.create(
                    provider=provider,
                    event_id=_event_id(event),
                    kind=said,
                    at=_at(event, now),
                    delivery=delivery,
                    address_hash=address_hash(address) if address else "",
                )
        except IntegrityError:
            return False
        _follow(said, event, delivery, address, now)
    return True


def _follow(
    said: Verdict, event: AnymailTrackingEvent, delivery: Delivery | None, address: str, now: datetime
) -> None:
    """In the order in which everybody locks: who leaves first, their deliveries after them (alerts.leaving)."""
    match said:
        case Verdict.BOUNCED if address:
            bounced(address, detail=_detail(event), now=now)
        case Verdict.COMPLAINED if address:
            complained(address, detail=_detail(event), now=now)
        case Verdict.UNSUBSCRIBED if address:
            for subscriber in Subscriber.objects.staying().filter(address_hash=address_hash(address)):
                leave(subscriber, reason=Leaving.UNSUBSCRIBED, how="at the mail provider", now=now)
    if delivery is not None and said is not Verdict.NOTED:
        _was_taken(delivery, now)


def _was_taken(delivery: Delivery, now: datetime) -> None:
    """Whatever became of it later, the provider had it: where we were not sure of that, it is not sent again.

    Whoever holds it writes in vain: the number of the lease grows.
    """
    abandoned = Q(state=State.SENDING, lease_until__lt=now)
    unsure = Q(state__in=(State.UNCERTAIN, State.RETRY), begun_at__isnull=False)
    Delivery.objects.filter(abandoned | unsure, pk=delivery.pk).update(
        state=State.ACCEPTED,
        reason="",
        reply="The mail provider has it.",
        settled_at=now,
        lease_no=F("lease_no") + 1,
    )


def _event_id(event: AnymailTrackingEvent) -> str:
    """The provider's own number, or a hash of all that it says: a repetition says the same."""
    given = str(event.event_id or "")
    if given.isprintable() and 0 < len(given) <= 200:
        return given
    told = event.esp_event.dict() if hasattr(event.esp_event, "dict") else event.esp_event
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def _delivery(event: AnymailTrackingEvent) -> Delivery | None:
    """By the Message-ID that we gave it, which some providers replace and give back with what we sent along."""
    metadata = event.metadata if isinstance(event.metadata, Mapping) else {}
    for told in (metadata.get("message_id"), event.message_id):
        if isinstance(told, str) and (found := delivery_of(told)) is not None:
            return found
    return None


def _address(event: AnymailTrackingEvent, delivery: Delivery | None) -> str:
    """Whom it is about: in the provider's words, or the address that the mail went to."""
    told: Any = event.recipient
    told = _plain(told) if isinstance(told, str) else ""
    if 3 <= len(told) <= 254 and "@" in told:
        return told
    recipient = delivery and (delivery.subscriber or delivery.registration)
    return recipient.address if recipient else ""


def _detail(event: AnymailTrackingEvent) -> str:
    return without_addresses(_plain(str(event.mta_response or event.description or "")))[:300]


def _at(event: AnymailTrackingEvent, now: datetime) -> datetime:
    """When it happened, as far as the provider can know."""
    told = event.timestamp
    return told if told is not None and now - _LIVING_MEMORY < told <= now else now


def _plain(text: str) -> str:
    """Without what JSON can say and no database holds: a NUL, and half a character."""
    return text.replace("\0", "").encode(errors="replace").decode()
