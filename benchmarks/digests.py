"""A newsletter worked out for 100,000 readers, a few of whom follow other things: time, memory, letters.

python -m benchmarks.digests [READERS]
"""

import json
import resource
import sys
import time
from datetime import UTC, datetime, timedelta
from itertools import batched
from typing import Any

from benchmarks import _site

READERS, STORIES, DAYS = 100_000, 20, 3
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)


def main(arguments: list[str]) -> int:
    readers = arguments[0] if arguments else str(READERS)
    figures: dict[str, Any] = {}
    for vendor in _site.vendors():
        with _site.scratch(vendor) as site:
            site.run("-m", "benchmarks.digests", readers, "--fill")
            figures |= {
                f"{vendor}, day {day}": row
                for day, row in json.loads(site.run("-m", "benchmarks.digests", "--run")).items()
            }
    heads = ["database", *next(iter(figures.values()))]
    _site.table(heads, [[name, *row.values()] for name, row in figures.items()])
    _site.keep("digests", figures)
    return 0


def fill(readers: int) -> None:
    """One in ten follows five topics, the others everything; all daily, at seven."""
    from alerts.models import Follows, Frequency, Subscriber, Subscription
    from articles.models import Tag
    from tests import newsdesk

    cast = newsdesk.hire()
    topics = [newsdesk.topic(f"Topic {number}") for number in range(20)]
    for number in range(STORIES * DAYS):
        on = [topics[number % 20], topics[number % 7]]
        at = NOW + (number // STORIES) * DAY + timedelta(minutes=number % STORIES)
        newsdesk.published(cast, now=at, headline=f"Minutes {number}", topics=on)
    tags = list(Tag.objects.filter(name__startswith="Topic").order_by("pk"))
    for numbers in batched(range(readers), 5_000):
        people = Subscriber.objects.bulk_create(
            Subscriber(address=f"{n}@readers.example", address_hash=f"{n:064}", confirmed_at=NOW)
            for n in numbers
        )
        known = {"frequency": Frequency.DAILY, "started_at": NOW - DAY}
        rows = []
        for n, person in zip(numbers, people, strict=True):
            if n % 10:
                rows.append(Subscription(subscriber=person, follows=Follows.EVERYTHING, **known))
                continue
            rows += [
                Subscription(
                    subscriber=person, follows=Follows.TOPIC, topic=tags[(n // 10 * 3 + k) % 20], **known
                )
                for k in range(5)
            ]
        Subscription.objects.bulk_create(rows)


def run() -> dict[int, dict[str, float]]:
    """The digests of some days, one after the other: each leaves out what those before it told."""
    from alerts.digests.runs import make_due

    make_due(NOW - DAY)
    figures = {}
    for day in range(1, DAYS + 1):
        now = NOW.replace(hour=8) + day * DAY
        make_due(now)
        figures[day] = worked_out(now)
    return figures


def worked_out(now: datetime) -> dict[str, float]:
    from alerts.fan_out import fan_out
    from alerts.models import Delivery, Letter, Notice

    started = time.monotonic()
    while fan_out(now):
        pass
    took = time.monotonic() - started
    notice = Notice.objects.latest("period_end")
    return {
        "readers": Delivery.objects.filter(notice=notice).count(),
        "letters": Letter.objects.filter(notice=notice).count(),
        "seconds": round(took, 1),
        "RSS, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


if __name__ == "__main__":
    if sys.argv[-1] in ("--fill", "--run"):
        import django

        django.setup()
        if sys.argv[-1] == "--fill":
            fill(int(sys.argv[1]))
        else:
            print(json.dumps(run()))
        sys.exit()
    sys.exit(main(sys.argv[1:]))
