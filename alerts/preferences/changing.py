"""Changing what one gets: what is followed and how often, when digests come, and pauses.

Each change is made under the subscriber's lock and is a consent with the choices as they are after it.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from alerts import subscribing, wording
from alerts.choices import Chosen
from alerts.models.consents import Consent
from alerts.models.subscribers import Subscriber
from alerts.models.subscriptions import Follows, Subscription
from alerts.subscribing import CHANGED, STOPPED

#: Where all of it is asked for: what a consent names.
PAGE = "/alerts/manage/"
#: In place of a frequency.
STOP = "stop"
#: Nobody pauses until then: it says that they named no day.
NO_DAY = datetime(9000, 1, 1, tzinfo=UTC)


class HasLeftError(Exception):
    """There is nothing to change any more: they have left, in another window perhaps."""


def follows(subscriber: Subscriber) -> list[Subscription]:
    """What they follow: everything first, then sections, topics and authors, each by name."""
    current = Subscription.objects.current().filter(subscriber=subscriber)
    rows = current.select_related("section", "topic", "author")
    return sorted(rows, key=lambda one: (Follows.values.index(one.follows), title_of(one).casefold()))


def title_of(one: Subscription) -> str:
    """What readers call it; nothing for everything. Asks the database unless it is one of `follows`."""
    thing = one.section or one.topic or one.author
    return thing.name if thing else ""


def name_of(one: Subscription) -> str:
    """How a form and stored choices call what is followed: "topic-12"; the same whatever row says it."""
    match one.follows:
        case Follows.SECTION:
            return f"section-{one.section_id}"
        case Follows.TOPIC:
            return f"topic-{one.topic_id}"
        case Follows.AUTHOR:
            return f"author-{one.author_id}"
        case _:
            return "everything"


def save(
    subscriber: Subscriber,
    often: Mapping[str, str],
    *,
    hour: int,
    weekday: int,
    now: datetime,
    source: str,
) -> None:
    """Get each thing as `often` says, by its name; what it does not name stays as it is. Digests come at that hour."""
    with _change(subscriber, now=now, source=source):
        for one in Subscription.objects.current().filter(subscriber=subscriber):
            wanted = often.get(name_of(one), one.frequency)
            mine = Subscription.objects.filter(pk=one.pk)
            if wanted == STOP:
                subscribing.end(mine, STOPPED, now)
            elif wanted != one.frequency:
                subscribing.end(mine, CHANGED, now)
                _begin_again(one, wanted, now)
        subscriber.hour, subscriber.weekday = hour, weekday
        subscriber.save(update_fields=["hour", "weekday"])


def follow(
    subscriber: Subscriber, things: list[Chosen], frequency: str, *, now: datetime, source: str
) -> None:
    """Follow these too. What is followed already stays as it is, or comes as often as is said now."""
    with _change(subscriber, now=now, source=source):
        for thing in things:
            subscribing.follow(subscriber, thing, frequency, now)


def pause(subscriber: Subscriber, until: datetime, *, now: datetime, source: str) -> None:
    with _change(subscriber, now=now, source=source):
        subscriber.paused_until = until
        subscriber.save(update_fields=["paused_until"])


def resume(subscriber: Subscriber, *, now: datetime, source: str) -> None:
    with _change(subscriber, now=now, source=source):
        # Never blanked: what appeared during the pause is for no digest after it.
        subscriber.paused_until = subscriber.paused_until and min(now, subscriber.paused_until)
        subscriber.save(update_fields=["paused_until"])


def choices(subscriber: Subscriber) -> dict[str, Any]:
    """All that they chose, as a consent keeps it: frequencies by the names of what is followed."""
    until = subscriber.paused_until
    return {
        "follows": {name_of(one): one.frequency for one in follows(subscriber)},
        "hour": subscriber.hour,
        "weekday": subscriber.weekday,
        "paused_until": None if until is None else until.isoformat(),
    }


@contextmanager
def _change(subscriber: Subscriber, *, now: datetime, source: str) -> Iterator[None]:
    """Lock them, and keep the consent if something is another thing afterwards. Raises HasLeftError."""
    with transaction.atomic():
        subscriber.refresh_from_db(from_queryset=Subscriber.objects.select_for_update())
        if subscriber.ended_at is not None:
            raise HasLeftError
        before = choices(subscriber)
        yield
        after = choices(subscriber)
        if after != before:
            Consent.objects.create(
                subscriber=subscriber,
                act=Consent.Act.CHANGED,
                asked_at=now,
                confirmed_at=now,
                how=PAGE,
                wording=wording.CURRENT,
                choices=after,
                source_hash=source,
            )


def _begin_again(one: Subscription, frequency: str, now: datetime) -> None:
    one.pk, one.frequency, one.started_at = None, frequency, now
    one._state.adding = True
    one.save()
