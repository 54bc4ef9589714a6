"""Stories published to many readers, and workers that are killed while they work out who is told; in a scratch site.

`hire READERS` makes the readers and publishes story 1 · `work` tells of it (NEWSROOM_FAILPOINT kills that) ·
`end NUMBER` does what the killed one left, judges the story and publishes the next.
"""

import sys
from datetime import timedelta

import django

DAY = timedelta(days=1)


def hire(readers: int) -> None:
    """Readers of whom one in four follows nothing of the story, and the others one, two or five things of it."""
    from django.utils import timezone

    from alerts.hashes import address_hash
    from alerts.models import Follows, Frequency, Subscriber, Subscription
    from tests import newsdesk

    newsdesk.hire()
    since, section = timezone.now() - DAY, newsdesk.section()
    topics = [newsdesk.topic(f"Topic {number}") for number in range(5)]
    Subscriber.objects.bulk_create(
        Subscriber(address=address, address_hash=address_hash(address), confirmed_at=since)
        for address in (f"reader{number}@mail.example" for number in range(readers))
    )
    common = {"frequency": Frequency.AT_ONCE, "started_at": since}
    rows = []
    for reader in Subscriber.objects.order_by("pk"):
        kinds = (
            [],
            [{"follows": Follows.EVERYTHING}],
            [
                {"follows": Follows.SECTION, "section": section},
                {"follows": Follows.TOPIC, "topic": topics[0]},
            ],
            [{"follows": Follows.TOPIC, "topic": topic} for topic in topics],
        )
        rows += [Subscription(subscriber=reader, **what, **common) for what in kinds[reader.pk % 4]]
    Subscription.objects.bulk_create(rows, batch_size=5_000)


def publish(number: int) -> None:
    """A story; and when it is out, and before any worker looks, some readers give up, leave or begin to follow."""
    from django.utils import timezone

    from alerts.leaving import leave
    from alerts.models import Follows, Frequency, Leaving, Subscriber, Subscription
    from tests import newsdesk

    now = timezone.now()
    topics = [newsdesk.topic(f"Topic {number}") for number in range(5)]
    newsdesk.published(newsdesk.hire(), now=now, headline=f"Story {number}", topics=topics)
    for reader in (
        Subscriber.objects.staying().filter(subscriptions__follows=Follows.EVERYTHING).order_by("pk")[:3]
    ):
        leave(reader, reason=Leaving.UNSUBSCRIBED, how="drill", now=timezone.now())
    late = Subscriber.objects.filter(subscriptions=None).order_by("pk")[:3]
    Subscription.objects.bulk_create(
        Subscription(
            subscriber=reader,
            follows=Follows.EVERYTHING,
            frequency=Frequency.AT_ONCE,
            started_at=timezone.now(),
        )
        for reader in late
    )


def work() -> None:
    """What a worker does of this, until nothing is left."""
    from django.utils import timezone

    from alerts.fan_out import fan_out
    from alerts.models import Notice
    from articles.desk.following_up import sweep

    while sweep(timezone.now()).done or fan_out(timezone.now()) or Notice.objects.to_fan_out().exists():
        pass


def judge(number: int) -> str:
    """Hold the recipients of a story against those who followed it when it was published, told apart in Python."""
    from alerts.models import Delivery, Notice, State, Subscription
    from articles.models import Edition

    edition = Edition.objects.get(headline=f"Story {number}")
    notice = Notice.objects.get(edition=edition)
    at = edition.published_at
    followed = {
        row.subscriber_id
        for row in Subscription.objects.select_related("subscriber")
        if row.started_at <= at and (row.ended_at is None or row.ended_at > at)
    }
    rows = Delivery.objects.filter(notice=notice).select_related("subscriber")
    found = [row.subscriber_id for row in rows]
    mailed_though_gone = [row for row in rows if row.subscriber.ended_at and row.state != State.CANCELLED]
    wrong = {
        "missing": len(followed - set(found)),
        "extra": len(set(found) - followed),
        "doubled": len(found) - len(set(found)),
        "counted wrong": notice.eligible - len(found),
        "to be mailed though they left": len(mailed_though_gone),
        "not ended": int(notice.fanned_out_at is None),
    }
    if any(wrong.values()):
        return f"{wrong}"
    return f"{len(found)} recipients, nothing wrong"


if __name__ == "__main__":
    django.setup()
    match sys.argv[1]:
        case "hire":
            hire(int(sys.argv[2]))
            publish(1)
        case "work":
            work()
        case "end":
            work()
            print(judge(int(sys.argv[2])))
            publish(int(sys.argv[2]) + 1)
