"""A worker's round without its mail server: editions are followed up, recipients worked out, mails taken for sent."""

from datetime import datetime
from typing import Any

from alerts.fan_out import fan_out
from alerts.models import Delivery, Frequency, LetterEdition, State, Subscriber
from articles.desk.following_up import sweep
from articles.models import Story
from tests.alerts.readers import follow, reader
from tests.newsdesk import NOW


def follower(
    name: str = "ann", *things: Any, frequency: str = Frequency.AT_ONCE, **fields: Any
) -> Subscriber:
    """Somebody who follows these things, or everything, at once."""
    subscriber = reader(f"{name}@mail.example", **fields)
    for thing in things or (None,):
        follow(subscriber, thing, frequency)
    return subscriber


def worked(now: datetime = NOW) -> None:
    """What a worker does before it sends."""
    assert sweep(now).failed == 0
    while fan_out(now):
        pass


def sent(*readers: Subscriber, now: datetime = NOW) -> None:
    """The mail server took what waits for these readers, or for everybody."""
    waiting = Delivery.objects.waiting()
    if readers:
        waiting = waiting.filter(subscriber__in=readers)
    waiting.update(state=State.ACCEPTED, begun_at=now, settled_at=now)


def told(story: Story, now: datetime = NOW) -> None:
    worked(now)
    sent(now=now)


def mails(story: Story) -> dict[str, list[tuple[str, str]]]:
    """For each reader, the letters of a story that were made for them, in order, and what became of each."""
    found: dict[str, list[tuple[str, str]]] = {}
    rows = LetterEdition.objects.filter(edition__story=story).values_list("letter", flat=True)
    deliveries = (
        Delivery.objects.filter(letter__in=rows).select_related("letter", "subscriber").order_by("pk")
    )
    for one in deliveries:
        assert one.subscriber is not None
        name = one.subscriber.address.partition("@")[0]
        became = one.reason if one.state == State.CANCELLED else str(one.state)
        found.setdefault(name, []).append((one.letter.variant, became))
    return found
