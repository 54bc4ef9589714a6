"""Pictures that readers see, or soon will, whose licence ends within a month or ended within the last."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from articles.desk.picture_uses import seen_by_readers, shown_in
from articles.models import Author, Image

MONTH = timedelta(days=30)

#: Pictures on one page; what ends first comes first.
MOST = 100

#: The queue's groups: a name, a title, and how much time is left at most.
GROUPS = (
    ("ended", "Ended: readers no longer see it", timedelta()),
    ("day", "Ends within a day", timedelta(days=1)),
    ("week", "Ends within 7 days", timedelta(days=7)),
    ("month", "Ends within 30 days", MONTH),
)


@dataclass(frozen=True)
class Ending:
    image: Image
    stories: list[dict[str, Any]]
    portraits: list[Author]


@dataclass(frozen=True)
class Group:
    name: str
    title: str
    pictures: list[Ending] = field(default_factory=list)


def ending(user: User, now: datetime) -> QuerySet[Image]:
    """What ended longer ago is in the library under "has ended": by now nobody misses it."""
    near = Image.objects.filter(licence_ends_at__gt=now - MONTH, licence_ends_at__lte=now + MONTH)
    return seen_by_readers(near, user, now).order_by("licence_ends_at", "pk")


def groups(user: User, now: datetime) -> list[Group]:
    """Three queries. Only groups in which there is something."""
    images = list(ending(user, now)[:MOST])
    shown = shown_in(images, user, now) if images else {}
    portraits: dict[int, list[Author]] = {}
    for author in Author.objects.filter(picture__in=images) if images else ():
        portraits.setdefault(author.picture_id, []).append(author)  # type: ignore[arg-type]
    rows = [Ending(image, shown.get(image.pk, []), portraits.get(image.pk, [])) for image in images]
    return list(_grouped(rows, now))


def _grouped(rows: list[Ending], now: datetime) -> Iterator[Group]:
    after = -2 * MONTH
    for name, title, most in GROUPS:
        inside = [row for row in rows if after < _left(row.image, now) <= most]
        if inside:
            yield Group(name, title, inside)
        after = most


def _left(image: Image, now: datetime) -> timedelta:
    return image.licence_ends_at - now if image.licence_ends_at else 2 * MONTH
