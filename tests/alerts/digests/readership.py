"""Readers with what they follow, a worker whose clock is moved by hand, and what stands in the digests they got."""

from datetime import datetime, timedelta
from itertools import chain
from typing import Any
from uuid import uuid4

from alerts.digests.runs import make_due
from alerts.fan_out import fan_out
from alerts.hashes import address_hash
from alerts.models import Delivery, Follows, Frequency, Notice, State, Subscriber, Subscription
from articles.models import Author, Section, Tag
from tests.newsdesk import NOW

MINUTE, HOUR, DAY, WEEK = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1), timedelta(days=7)

EVERYTHING = None
#: What somebody can follow, in tests.
Followed = Section | Tag | Author | None

_COLUMNS = {Section: Follows.SECTION, Tag: Follows.TOPIC, Author: Follows.AUTHOR}


def reader(
    *followed: Followed, frequency: str = Frequency.DAILY, since: datetime = NOW, **fields: Any
) -> Subscriber:
    """Somebody who follows these as often as that; everything, where nothing is named."""
    address = f"{uuid4().hex}@readers.example"
    subscriber = Subscriber.objects.create(
        address=address, address_hash=address_hash(address), confirmed_at=since, **fields
    )
    for thing in followed or (EVERYTHING,):
        follow(subscriber, thing, frequency=frequency, at=since)
    return subscriber


def follow(subscriber: Subscriber, thing: Followed, *, frequency: str, at: datetime) -> Subscription:
    """From now on they hear of it as often as this, whatever they said before."""
    stop(subscriber, thing, at=at)
    return Subscription.objects.create(
        subscriber=subscriber, frequency=frequency, started_at=at, **_named(thing)
    )


def stop(subscriber: Subscriber, thing: Followed, *, at: datetime) -> None:
    mine = Subscription.objects.current().filter(subscriber=subscriber, **_named(thing))
    mine.update(ended_at=at, ended_reason="changed")


def _named(thing: Followed) -> dict[str, Any]:
    if thing is None:
        return {"follows": Follows.EVERYTHING}
    kind = _COLUMNS[type(thing)]
    return {"follows": kind, kind.value: thing}


def change(subscriber: Subscriber, **fields: Any) -> None:
    Subscriber.objects.filter(pk=subscriber.pk).update(**fields)


def work(now: datetime) -> None:
    """One turn of a worker."""
    make_due(now)
    fan_out(now)


def work_until(end: datetime, *, since: datetime, every: timedelta = 6 * HOUR) -> None:
    """A worker's days, a turn now and then."""
    now = since
    while now <= end:
        work(now)
        now += every


def got(subscriber: Subscriber, *, state: str = State.READY) -> list[Delivery]:
    """Their digests, the oldest first."""
    mine = Delivery.objects.filter(subscriber=subscriber, notice__kind=Notice.Kind.DIGEST, state=state)
    return list(mine.select_related("notice", "letter").order_by("notice__period_end", "pk"))


def told(delivery: Delivery) -> dict[str, list[str]]:
    """What stands in a digest: headlines by the name of their group."""
    headlines = dict(delivery.letter.edition_rows.values_list("edition", "edition__headline"))
    return {
        " ".join(group["follows"]): [headlines[said["edition"]] for said in group["editions"]]
        for group in delivery.letter.contents["groups"]
    }


def stories(subscriber: Subscriber) -> list[list[str]]:
    """The headlines in each of their digests."""
    return [list(chain(*told(delivery).values())) for delivery in got(subscriber)]


def headlines(subscriber: Subscriber) -> list[str]:
    """Every headline they were told, as often as they were."""
    return list(chain(*stories(subscriber)))
