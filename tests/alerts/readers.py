"""Subscribers for tests, with what they follow and what they are owed."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models

from alerts.hashes import address_hash
from alerts.models import (
    Consent,
    Delivery,
    Follows,
    Frequency,
    Lane,
    Letter,
    Notice,
    Registration,
    State,
    Subscriber,
    Subscription,
)
from tests.newsdesk import MINUTE, NOW

READER = "reader@mail.example"


def reader(address: str = READER, *, now: datetime = NOW, **fields: Any) -> Subscriber:
    """Somebody who confirmed a minute ago."""
    at = now - MINUTE
    subscriber = Subscriber.objects.create(
        address=address, address_hash=address_hash(address), confirmed_at=at, **fields
    )
    Consent.objects.create(
        subscriber=subscriber,
        act=Consent.Act.REGISTERED,
        asked_at=at - MINUTE,
        confirmed_at=at,
        how="/alerts/",
        wording=1,
        choices={"everything": True},
        source_hash="f" * 64,
    )
    return subscriber


def follow(
    subscriber: Subscriber,
    what: Any = None,
    frequency: str = Frequency.DAILY,
    *,
    now: datetime = NOW,
) -> Subscription:
    """Have them follow a section, a topic, an author, or everything, since they confirmed."""
    kind = {"Section": Follows.SECTION, "Tag": Follows.TOPIC, "Author": Follows.AUTHOR}.get(
        type(what).__name__, Follows.EVERYTHING
    )
    target = {} if what is None else {str(kind): what}
    return Subscription.objects.create(
        subscriber=subscriber, follows=kind, frequency=frequency, started_at=now - MINUTE, **target
    )


def owed(recipient: Subscriber | Registration, key: str = "edition:1", **fields: Any) -> Delivery:
    """A mail that is due to them."""
    notice = Notice.objects.get_or_create(
        key=key, defaults={"kind": Notice.Kind.EDITION, "lane": Lane.ALERT, "made_at": NOW, "as_of": NOW}
    )[0]
    letter = Letter.objects.get_or_create(notice=notice, variant="story")[0]
    to = {"subscriber" if isinstance(recipient, Subscriber) else "registration": recipient}
    known = {"lane": notice.lane, "state": State.READY, "made_at": NOW, "next_try_at": NOW, **fields}
    return Delivery.objects.create(notice=notice, letter=letter, **to, **known)


def places_of(*words: str) -> set[str]:
    """Every column of the app's tables in which one of the words stands, whatever their capitals."""
    wanted = [word.casefold() for word in words]
    return {place for place, text in _texts() if any(word in text.casefold() for word in wanted)}


def _texts() -> Iterator[tuple[str, str]]:
    """Every value of every column of the app's that holds text, with its place."""
    for model in apps.get_app_config("alerts").get_models():
        columns = [
            field.attname
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField)
        ]
        for row in model._base_manager.values(*columns):
            yield from ((f"{model.__name__}.{name}", str(value)) for name, value in row.items())
