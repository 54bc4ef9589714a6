"""Who is told of one story: recipients worked out by one worker, its time and its memory, for a million followers.

python -m benchmarks.alerts_fan_out   (BENCH_READERS, default 1000000)
"""

import json
import os
import sys

import django

from benchmarks import _site

READERS = int(os.environ.get("BENCH_READERS") or 1_000_000)
LOAD, WORK = "load", "work"

#: A row a number: what both databases count with.
_NUMBERS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)",
    "postgresql": "WITH n(i) AS (SELECT generate_series(1, %s))",
}
_SUBSCRIBERS = """
INSERT INTO alerts_subscriber (
    id, public_id, key, address, address_hash, confirmed_at, hour, weekday, ended_reason{more}
)
{numbers}
SELECT i, 'reader-' || i, 'key-' || i, 'reader' || i || '@mail.example', 'hash-' || i, %s, 7, 0, ''{given} FROM n
"""
_SUBSCRIPTIONS = """
INSERT INTO alerts_subscription (subscriber_id, follows, frequency, started_at, ended_reason)
SELECT id, 'everything', 'at_once', confirmed_at, '' FROM alerts_subscriber ORDER BY id
"""


def main() -> int:
    figures = {}
    for vendor in _site.vendors():
        with _site.scratch(vendor) as site:
            site.run("-m", "benchmarks.alerts_fan_out", LOAD)
            figures[vendor] = json.loads(site.run("-m", "benchmarks.alerts_fan_out", WORK))
    heads = ["database", "recipients", "seconds", "a second", "MB at rest", "MB at most"]
    _site.table(heads, [[vendor, *row.values()] for vendor, row in figures.items()])
    _site.keep("alerts_fan_out", figures)
    return int(any(row["recipients"] != READERS or row["most"] > 200 for row in figures.values()))


def load() -> None:
    """Subscribers who follow everything at once, and a story that was published this moment."""
    from datetime import timedelta

    from django.db import connection
    from django.utils import timezone

    from tests import newsdesk

    since = connection.ops.adapt_datetimefield_value(timezone.now() - timedelta(days=1))
    numbers = _NUMBERS[connection.vendor]
    with connection.cursor() as cursor:
        statement = _SUBSCRIBERS.format(numbers=numbers, **_other_columns())
        cursor.execute(statement, [READERS, since])
        cursor.execute(_SUBSCRIPTIONS)
        cursor.execute("ANALYZE")
    newsdesk.published(newsdesk.hire(), now=timezone.now())


def _other_columns() -> dict[str, str]:
    """What a later release asks of a subscriber, empty."""
    from alerts.models import Subscriber

    named = {
        "id",
        "public_id",
        "key",
        "address",
        "address_hash",
        "confirmed_at",
        "hour",
        "weekday",
        "ended_reason",
    }
    more = [f.column for f in Subscriber._meta.concrete_fields if f.column not in named and not f.null]
    return {"more": "".join(f", {name}" for name in more), "given": ", ''" * len(more)}


def work() -> None:
    """A worker's part in it, alone in its process."""
    import resource
    from time import monotonic

    from django.utils import timezone

    from alerts.fan_out import fan_out
    from alerts.models import Delivery, Notice
    from articles.desk.following_up import sweep

    at_rest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = monotonic()
    sweep(timezone.now())
    while fan_out(timezone.now()) or Notice.objects.to_fan_out().exists():
        pass
    took = monotonic() - began
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    recipients = Delivery.objects.count()
    print(json.dumps({
        "recipients": recipients,
        "seconds": round(took, 1),
        "a_second": round(recipients / took),
        "at_rest": round(at_rest / 1024),
        "most": round(most / 1024),
    }))  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1:2] in ([LOAD], [WORK]):
        django.setup()
        load() if sys.argv[1] == LOAD else work()
        sys.exit(0)
    sys.exit(main())
