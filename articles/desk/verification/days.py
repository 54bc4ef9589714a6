"""Verifies the daily roots: each over the events it was made of, each after the one before it."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Max

from articles.desk.roots import lines_between, root_over
from articles.desk.verification.findings import Finding, Kind
from articles.models import DailyRoot, StoryEvent

_DAY = timedelta(days=1)


def verify_roots() -> Iterator[Finding]:
    """Every root there is; and that no event is older than the first of them could know."""
    after, previous, last_day = 0, "", None
    for root in DailyRoot.objects.order_by("day").iterator():
        if last_day is not None and root.day != last_day + _DAY:
            yield _root(Kind.MISSING, last_day + _DAY, "is missing, with any between it and the next.")
        elif root.previous_root != previous:
            yield _root(Kind.ALTERED, root.day, "does not follow from the root before it.")
        yield from _verify_root(root, after)
        after, previous, last_day = root.up_to, root.root, root.day
    newest = StoryEvent.objects.aggregate(key=Max("pk"))["key"] or 0
    if newest < after and last_day is not None:
        yield _root(
            Kind.MISSING, last_day, "knows of later events than there are: the last ones are missing."
        )


def _verify_root(root: DailyRoot, after: int) -> Iterator[Finding]:
    lines = lines_between(after, root.up_to)
    made, count = root_over(root.day, lines, up_to=root.up_to, previous_root=root.previous_root)
    if count < root.count:
        gone = root.count - count
        yield _root(
            Kind.MISSING, root.day, f"was made of {root.count} events, and {gone} of them are missing."
        )
    elif count > root.count:
        yield _root(Kind.EXTRA, root.day, f"was made of {root.count} events, and now there are {count}.")
    elif made != root.root:
        yield _root(Kind.ALTERED, root.day, "does not match its events: one of the two was altered.")


def _root(kind: Kind, day: date, why: str) -> Finding:
    return Finding(kind, f"The daily root of {day}", why)
