"""Confirming: what the button behind the link of a confirmation does. Pressed again, it does nothing more."""

from datetime import datetime

from django.db import transaction

from alerts.choices import chosen
from alerts.models.consents import Consent
from alerts.models.registrations import KEPT, Registration
from alerts.models.subscribers import Subscriber
from alerts.models.suppressions import Suppression
from alerts.subscribing import follow


def registration_of(key: str, now: datetime) -> Registration | None:
    """The registration that a link belongs to, for as long as it is kept; None for every other key."""
    return Registration.objects.filter(key=key).since(now - KEPT).first()


def subscriber_of(asked: Registration) -> Subscriber | None:
    """Who has its address, be it that they left; only for who came by the link in that mailbox."""
    return Subscriber.objects.filter(address_hash=asked.address_hash, erased_at=None).first()


def confirm(asked: Registration, *, now: datetime) -> None:
    """Do what was asked: make the subscriber or find them, follow exactly what was chosen, and keep the consent."""
    to_register = Registration.objects.filter(purpose=Registration.Purpose.REGISTER, confirmed_at=None)
    with transaction.atomic():
        waiting = to_register.filter(pk=asked.pk).select_for_update().first()
        if waiting is None:
            return
        Registration.objects.filter(pk=waiting.pk).update(confirmed_at=now)
        subscriber = _subscriber(waiting, now)
        for one in chosen(waiting.choices):
            follow(subscriber, one, waiting.frequency, now)
        _keep_consent(subscriber, waiting, now)


def _subscriber(asked: Registration, now: datetime) -> Subscriber:
    """Whoever left comes back under the key they had, so that the links in their old mails work on."""
    made = {"address": asked.address, "confirmed_at": now}
    found, _ = Subscriber.objects.get_or_create(
        address_hash=asked.address_hash, erased_at=None, defaults=made
    )
    subscriber = Subscriber.objects.select_for_update().get(pk=found.pk)
    if subscriber.ended_at is not None:
        subscriber.address, subscriber.confirmed_at = asked.address, now
        subscriber.ended_at, subscriber.ended_reason, subscriber.paused_until = None, "", None
        subscriber.save()
    left = Suppression.objects.in_force().filter(
        address_hash=asked.address_hash, reason=Suppression.Reason.LEFT
    )
    left.update(lifted_at=now)
    return subscriber


def _keep_consent(subscriber: Subscriber, asked: Registration, now: datetime) -> None:
    Consent.objects.create(
        subscriber=subscriber,
        act=Consent.Act.REGISTERED,
        asked_at=asked.requested_at,
        confirmed_at=now,
        how=asked.page,
        wording=asked.wording,
        choices={**asked.choices, "frequency": asked.frequency},
        source_hash=asked.source_hash,
    )
