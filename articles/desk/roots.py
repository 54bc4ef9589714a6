"""Makes the daily root: one hash over everything that was put on record, and over the root before."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

import structlog
from django.db import connection, transaction

from articles.models import DailyRoot, StoryEvent

log = structlog.get_logger(__name__)

_DAY = timedelta(days=1)

#: One row of the record as a root reads it: key, story, number and chain hash.
type Line = tuple[int, int, int, str]


def make_roots(now: datetime) -> list[DailyRoot]:
    """Make each root that is missing, up to yesterday's. The first covers everything until then."""
    yesterday = now.astimezone(UTC).date() - _DAY
    made: list[DailyRoot] = []
    while True:
        last = DailyRoot.objects.order_by("-day").first()
        day = last.day + _DAY if last else yesterday
        if day > yesterday:
            return made
        root = _root_of(day, last, now)
        _, is_new = DailyRoot.objects.get_or_create(day=day, defaults=_values(root))
        if is_new:
            made.append(root)
            # Whoever keeps the logs elsewhere can hold a rewritten record against them.
            log.info("daily root", day=day.isoformat(), root=root.root, events=root.count)


def root_over(day: date, lines: Iterable[Line], *, up_to: int, previous_root: str) -> tuple[str, int]:
    """The root and the number of events in it. Lines come in the order of their keys."""
    digest, count = hashlib.sha256(), 0
    for line in lines:
        digest.update(json.dumps(line, separators=(",", ":")).encode() + b"\n")
        count += 1
    said = {
        "day": day.isoformat(),
        "up_to": up_to,
        "count": count,
        "events": digest.hexdigest(),
        "previous_root": previous_root,
    }
    text = json.dumps(said, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest(), count


def lines_between(after: int, up_to: int) -> Iterable[Line]:
    """The record by key, `after` left out and `up_to` taken in, a few rows at a time."""
    events = StoryEvent.objects.filter(pk__gt=after, pk__lte=up_to).order_by("pk")
    return events.values_list("pk", "story_id", "number", "hash").iterator(chunk_size=2000)


def _root_of(day: date, last: DailyRoot | None, now: datetime) -> DailyRoot:
    after, previous = (last.up_to, last.root) if last else (0, "")
    up_to = _last_of(day, after)
    root, count = root_over(day, lines_between(after, up_to), up_to=up_to, previous_root=previous)
    return DailyRoot(day=day, up_to=up_to, count=count, previous_root=previous, root=root, made_at=now)


def _last_of(day: date, after: int) -> int:
    """The key of the last event dated `day` or earlier, once no event before it can still be committed."""
    midnight = datetime.combine(day + _DAY, time(), UTC)
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                # Keys are given out before they are committed: wait for whoever is writing one.
                cursor.execute("SET LOCAL lock_timeout = '5s'")
                cursor.execute("LOCK TABLE articles_storyevent IN SHARE MODE")
        events = StoryEvent.objects.filter(pk__gt=after, at__lt=midnight).order_by("-pk")
        return events.values_list("pk", flat=True).first() or after


def _values(root: DailyRoot) -> dict[str, object]:
    names = ("up_to", "count", "previous_root", "root", "made_at")
    return {name: getattr(root, name) for name in names}
