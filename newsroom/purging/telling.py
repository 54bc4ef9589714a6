"""Knows what the cache in front has not been told yet, and tells it until it has said yes.

What was announced in the database, and what begins or ends by itself, is one stamp (`articles.freshness`). The stamp
of the last purge is remembered: as long as another holds now, something is owed.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from django.conf import settings

from articles import freshness
from articles.freshness import Stamp
from articles.public_pages import SITE
from newsroom.models import PurgeMark
from newsroom.purging.asking import NotDropped, drop
from newsroom.purging.renewing import renew
from newsroom.purging.styles import NGINX
from newsroom.purging.taken import addresses

log = structlog.get_logger(__name__)

#: Until each process of ours, and nginx before it, gives out the new page: a cache purged earlier fetches the old.
SETTLING = timedelta(seconds=2)

_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(seconds=2), timedelta(minutes=1)

#: No cache keeps an answer of ours for longer, not even for outages.
POINTLESS = timedelta(days=1)

#: For how long nobody else tells it what one is telling it.
_MINE = timedelta(seconds=30)


def tell(now: datetime, *, stopping: Callable[[], bool]) -> None:
    """For the worker: note what is owed, and tell it once it has settled. Nothing where no cache is configured."""
    if not settings.PURGE_URL:
        return
    mark, _ = PurgeMark.objects.get_or_create(pk=PurgeMark.ONLY, defaults={"next_try_at": now})
    since = mark.owed_since
    if since is None:
        _note(mark, now)
    elif now >= mark.next_try_at and not stopping() and _is_mine(mark, now):
        _tell(mark, since, now, stopping)


def owed_for(now: datetime) -> timedelta | None:
    """For how long it has not been told of something, zero if it knows all; None where there is no such cache."""
    if not settings.PURGE_URL:
        return None
    since = PurgeMark.objects.exclude(owed_since=None).values_list("owed_since", flat=True).first()
    return now - since if since else timedelta(0)


def _note(mark: PurgeMark, now: datetime) -> None:
    """Remember what holds now, if the cache was told of something else."""
    announced, told = freshness.changes(), Stamp(*mark.told) if mark.told else None
    if told and announced == (told.changes, told.takings) and now.timestamp() < told.due:
        return
    hard = told is None or announced[1] != told.takings or now.timestamp() >= told.takes_at
    PurgeMark.objects.filter(pk=mark.pk, owed_since=None).update(
        owed=freshness.stamp(now, announced),
        owed_since=now,
        is_hard=hard,
        attempts=0,
        next_try_at=now + SETTLING,
    )


def _is_mine(mark: PurgeMark, now: datetime) -> bool:
    """Whether no other worker came first."""
    unchanged = PurgeMark.objects.filter(pk=mark.pk, owed_since=mark.owed_since, next_try_at=mark.next_try_at)
    return bool(unchanged.update(next_try_at=now + _MINE))


def _tell(mark: PurgeMark, since: datetime, now: datetime, stopping: Callable[[], bool]) -> None:
    try:
        _drop(mark, now, stopping)
    except NotDropped as fault:
        _failed(mark, since, str(fault), now)
    else:
        log.info("the cache in front was purged", hard=mark.is_hard, attempts=mark.attempts + 1)
        _done(mark)


def _drop(mark: PurgeMark, now: datetime, stopping: Callable[[], bool]) -> None:
    """Have all pages dropped, by the key that they share: an announcement does not say which it changes.

    An nginx looks after a second whether a page has changed. Old ones come back where the newsroom is away, so all
    that it has to learn is what was taken.
    """
    if settings.PURGE_STYLE != NGINX:
        drop(SITE, hard=mark.is_hard)
    elif mark.is_hard:
        renew(addresses(mark.told_at or now - POINTLESS, now), stopping=stopping)


def _failed(mark: PurgeMark, since: datetime, fault: str, now: datetime) -> None:
    log.error("the cache in front was not purged", fault=fault, hard=mark.is_hard, since=since.isoformat())
    if now - since > POINTLESS:
        log.error("a purge was given up: what it was to drop has run out by itself")
        _done(mark)
        return
    pause = min(_FIRST_PAUSE * 2 ** min(mark.attempts, 10), _LONGEST_PAUSE)
    PurgeMark.objects.filter(pk=mark.pk).update(attempts=mark.attempts + 1, next_try_at=now + pause)


def _done(mark: PurgeMark) -> None:
    PurgeMark.objects.filter(pk=mark.pk, owed_since=mark.owed_since).update(
        told=mark.owed, told_at=mark.owed_since, owed_since=None
    )
