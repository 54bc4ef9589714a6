"""What is late after an edition began for readers: on my desk, and in the metrics."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from articles.desk import heartbeat
from articles.desk.following_up import EFFECTS, looked_until
from articles.models import Edition, FollowUp
from articles.models.follow_ups import FollowUpQuerySet, without_follow_up

#: A side effect is late when its edition has been live this long.
GRACE = timedelta(seconds=60)


@dataclass(frozen=True)
class Late:
    """One side effect that is late, of one edition."""

    edition: Edition
    name: str
    attempts: int = 0
    error: str = ""

    def since(self, now: datetime) -> timedelta:
        """How long readers have had the edition without it."""
        return now - self.edition.published_at


@dataclass(frozen=True)
class Lateness:
    """How much is late, in numbers that name no story."""

    overdue: int
    failing: int
    oldest: timedelta
    worker_is_silent: bool


def late(now: datetime, *, most: int) -> list[Late]:
    """Side effects that failed or are overdue, the oldest edition first. Two queries, and one more for each name."""
    opened = _opened(now).select_related("edition").order_by("edition__published_at")[:most]
    found = [Late(row.edition, row.name, row.attempts, row.error) for row in opened]
    found += [Late(edition, name) for name, edition in _not_opened(now, most)]
    return sorted(found, key=lambda one: one.edition.published_at)[:most]


def lateness(now: datetime) -> Lateness:
    """A count and a first row of each, so that no list is read for a number."""
    rows = _known().begun_by(now - GRACE)
    oldest = list(rows.order_by("edition__published_at").values_list("edition__published_at", flat=True)[:1])
    overdue = rows.count()
    for effect in EFFECTS.values():
        missing = without_follow_up(effect.name, since=looked_until(effect, now), now=now - GRACE)
        overdue += missing.count()
        oldest += missing.values_list("published_at", flat=True)[:1]
    alive = heartbeat.age(now)
    return Lateness(
        overdue=overdue,
        failing=_known().failing().count(),
        oldest=now - min(oldest) if oldest else timedelta(),
        worker_is_silent=bool(overdue) and (alive is None or alive > heartbeat.DEAD_AFTER),
    )


def _known() -> FollowUpQuerySet:
    """Open follow-ups whose side effect there still is."""
    return FollowUp.objects.open().filter(name__in=EFFECTS)


def _opened(now: datetime) -> FollowUpQuerySet:
    return _known().begun_by(now - GRACE) | _known().failing()


def _not_opened(now: datetime, most: int) -> Iterator[tuple[str, Edition]]:
    """What no worker has so much as looked at."""
    for effect in EFFECTS.values():
        missing = without_follow_up(effect.name, since=looked_until(effect, now), now=now - GRACE)
        for edition in missing[:most]:
            yield effect.name, edition
