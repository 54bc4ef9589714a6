"""What there is to tell: the stories that became news in a stretch of time, as readers have them now."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Exists, Max, OuterRef

from alerts.models.notices import Notice
from alerts.models.subscriptions import Follows
from articles.models.authors import Author
from articles.models.editions import Edition, EditionQuerySet
from articles.models.listings import EditionAuthor, EditionTag
from articles.models.sections import Section
from articles.models.topics import Tag
from articles.models.withholdings import Withholding


class Thing(NamedTuple):
    """Something that can be followed: of a kind, and which."""

    follows: str
    key: int | None = None


EVERYTHING = Thing(Follows.EVERYTHING)


class Called(NamedTuple):
    """What a thing is called, and its order among those of its kind."""

    order: int
    name: str


class Moment(NamedTuple):
    """When a story became news: first published, or updated so that an editor had its readers told again."""

    at: datetime
    is_update: bool


@dataclass(frozen=True)
class News:
    """One story: the edition readers have, when it became news (the earliest first), and what it is about."""

    edition: int
    story: int
    first_published_at: datetime
    moments: tuple[Moment, ...]
    about: tuple[Thing, ...]


@dataclass(frozen=True)
class Shelf:
    """All the news, newest first, and what its things are called."""

    news: tuple[News, ...]
    called: dict[Thing, Called]

    @cached_property
    def stories(self) -> list[int]:
        return [one.story for one in self.news]

    @cached_property
    def about(self) -> dict[Thing, list[News]]:
        found: dict[Thing, list[News]] = defaultdict(list)
        for one in self.news:
            for thing in (*one.about, EVERYTHING):
                found[thing].append(one)
        return found


def shelf(*, since: datetime, until: datetime, now: datetime) -> Shelf:
    """What became news after `since`, up to and with `until`, and is live. A dozen queries at most."""
    now = _no_older_than_what_was_told(now)
    moments = _moments(since, until, now)
    live = _to_be_shown(now).filter(story__in=moments)
    rows = list(live.values("pk", "story", "section", "first_published_at"))
    about = _about(rows)
    news = [
        News(
            row["pk"], row["story"], row["first_published_at"], moments[row["story"]], tuple(about[row["pk"]])
        )
        for row in rows
    ]
    news.sort(key=lambda one: (one.first_published_at, one.story), reverse=True)
    return Shelf(tuple(news), _called({thing for one in news for thing in one.about}))


def _no_older_than_what_was_told(now: datetime) -> datetime:
    """A run goes on with the time it began at; meanwhile an edition may have begun, and waiting digests have it."""
    begun = Notice.objects.filter(edition__published_at__gt=now)
    return begun.aggregate(latest=Max("edition__published_at"))["latest"] or now


def _moments(since: datetime, until: datetime, now: datetime) -> dict[int, tuple[Moment, ...]]:
    """By story. What was published elsewhere and imported was no news here."""
    found: dict[int, list[Moment]] = defaultdict(list)
    imported = Edition.objects.effective().filter(story=OuterRef("story"), origin=Edition.Origin.IMPORTED)
    live = Edition.objects.live(now)
    first = live.filter(first_published_at__gt=since, first_published_at__lte=until)
    for story, at in first.filter(~Exists(imported)).values_list("story", "first_published_at"):
        found[story].append(Moment(at, is_update=False))
    ticked = Edition.objects.published(now).filter(tell_readers=True, published_at__gt=since)
    again = ticked.filter(published_at__lte=until).order_by("published_at")
    for story, at in again.values_list("story", "published_at"):
        found[story].append(Moment(at, is_update=True))
    return {story: tuple(moments) for story, moments in found.items()}


def _to_be_shown(now: datetime) -> EditionQuerySet:
    withheld = Withholding.objects.in_force(now).filter(
        edition__story=OuterRef("story"), edition__content_hash=OuterRef("content_hash")
    )
    return Edition.objects.live(now).filter(~Exists(withheld))


def _about(rows: list[Any]) -> dict[int, list[Thing]]:
    """What each edition is about: its section, its topics, its authors."""
    about: dict[int, list[Thing]] = {
        row["pk"]: [Thing(Follows.SECTION, row["section"])] if row["section"] else [] for row in rows
    }
    for edition, topic in EditionTag.objects.filter(edition__in=about).values_list("edition", "tag"):
        about[edition].append(Thing(Follows.TOPIC, topic))
    for edition, author in EditionAuthor.objects.filter(edition__in=about).values_list("edition", "author"):
        about[edition].append(Thing(Follows.AUTHOR, author))
    return about


def _called(things: Iterable[Thing]) -> dict[Thing, Called]:
    keys: dict[str, list[int]] = defaultdict(list)
    for thing in things:
        keys[thing.follows].append(thing.key or 0)
    sections = Section.objects.filter(pk__in=keys[Follows.SECTION]).values_list("pk", "order", "name")
    called = {Thing(Follows.SECTION, key): Called(order, name) for key, order, name in sections}
    topics = Tag.objects.filter(pk__in=keys[Follows.TOPIC]).values_list("pk", "name")
    called |= {Thing(Follows.TOPIC, key): Called(0, name) for key, name in topics}
    authors = Author.objects.filter(pk__in=keys[Follows.AUTHOR]).values_list("pk", "name")
    return called | {Thing(Follows.AUTHOR, key): Called(0, name) for key, name in authors}
