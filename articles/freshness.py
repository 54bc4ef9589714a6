"""Knows whether a page that was made before still says what is so, and when it will not by itself.

Correct without a purge: a page is good as long as the database has announced no change since it was made, and no
edition, licence or place on the front page begins or ends.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Max, Min, Q, Sum
from django.utils import timezone

from articles.models.changes import PublicChange
from articles.models.editions import FAR_FUTURE, Edition
from articles.models.images import Image
from articles.models.placements import Placement

#: Changes older than this tell nobody anything any more: no process looks as seldom, and no page is kept as long.
KEPT = timedelta(days=2)


class Stamp(NamedTuple):
    """How things stand for readers: two pages made under equal stamps, before `due`, say the same of the site."""

    #: Differs after each change.
    changes: str
    #: Differs after each change that may have taken something from readers.
    takings: str
    #: When the next thing changes by itself, in seconds since 1970.
    due: float
    #: When the next thing is taken, or replaced, by itself.
    takes_at: float


def changes() -> tuple[str, str]:
    """What has been announced so far, all of it and what takes: one query, cheap enough to be asked each second.

    Transactions commit in another order than they took their numbers in, so the highest number alone would miss some.
    """
    takes = Q(takes=True)
    said = PublicChange.objects.aggregate(
        first=Min("pk"),
        last=Max("pk"),
        counted=Sum("number"),
        first_taking=Min("pk", filter=takes),
        last_taking=Max("pk", filter=takes),
        takings_counted=Sum("number", filter=takes),
    )
    return (
        "{first}-{last}-{counted}".format(**said),
        "{first_taking}-{last_taking}-{takings_counted}".format(**said),
    )


def stamp(now: datetime, said: tuple[str, str] | None = None) -> Stamp:
    """How things stand at `now`; `said` is what `changes` answered a moment before."""
    announced = said or changes()
    takes_at = min(_licence_ends(now), _edition_ends(now))
    due = min(takes_at, _edition_begins(now), _place_ends(now), _tomorrow(now))
    return Stamp(*announced, due.timestamp(), takes_at.timestamp())


def forget_old(now: datetime) -> None:
    """For the worker: drop what nobody compares with any more."""
    PublicChange.objects.filter(at__lt=now - KEPT).delete()


def _edition_begins(now: datetime) -> datetime:
    rows = Edition.objects.scheduled(now).order_by("published_at").values_list("published_at", flat=True)
    return rows.first() or FAR_FUTURE


def _edition_ends(now: datetime) -> datetime:
    ending = Edition.objects.effective().filter(superseded_at__gt=now, superseded_at__lt=FAR_FUTURE)
    return ending.order_by("superseded_at").values_list("superseded_at", flat=True).first() or FAR_FUTURE


def _licence_ends(now: datetime) -> datetime:
    ending = Image.objects.filter(licence_ends_at__gt=now).order_by("licence_ends_at")
    return ending.values_list("licence_ends_at", flat=True).first() or FAR_FUTURE


def _place_ends(now: datetime) -> datetime:
    places = Placement.objects.shown(now).exclude(until=None).order_by("until")
    return places.values_list("until", flat=True).first() or FAR_FUTURE


def _tomorrow(now: datetime) -> datetime:
    """Midnight at the newsroom: pages print the day, and 09:30 becomes 22 Nov."""
    here = timezone.localtime(now)
    midnight = datetime.combine(here.date() + timedelta(days=1), datetime.min.time())
    return timezone.make_aware(midnight)
