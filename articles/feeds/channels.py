"""Knows which editions a feed carries: the newest of the site, of a section, of a topic or of an author."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from articles.models.editions import Edition, EditionQuerySet
from articles.models.listings import EditionAuthor, EditionTag, RowQuerySet
from articles.prepared import Prepared, Type
from articles.remembering import Remembered
from articles.views.subjects import person_at, section_at, topic_at

LENGTH = 30


@dataclass(slots=True, eq=False)
class Told:
    """What is read of each edition; the canonical content, the longest column, stays in the database.

    Nobody changes one: feeds share them.
    """

    pk: int
    story_id: int
    slug: str
    kind: str
    headline: str
    standfirst: str
    byline: Mapping[str, Any]
    topics: list[Mapping[str, str]]
    lead: Mapping[str, Any] | None
    corrections: list[Mapping[str, str]]
    first_published_at: datetime
    updated_at: datetime | None
    rendering__html: str
    #: What feeds say of it (`entries`), by all that this depends on beside the row.
    entries: dict[Any, Any] = field(default_factory=dict, repr=False)

    @property
    def html(self) -> str:
        return self.rendering__html


_FIELDS = [each.name for each in fields(Told) if each.name != "entries"]

#: Bytes that a process may keep of editions and of what its feeds say of them.
_MOST = 16_000_000


def _weight(told: Told) -> int:
    """About: the text as it was read, and as each of three formats has it, as characters and as bytes."""
    return 6 * len(told.html) + 8_000


_remembered = Remembered(lambda row: Told(*row), most=_MOST, weigh=_weight)


@dataclass(frozen=True)
class Channel:
    """What a feed is of: its name, the page it belongs to, and its editions, newest first."""

    title: str
    description: str
    path: str
    editions: list[Told]


def latest(now: datetime) -> Channel:
    """Everything; the one channel that exists while it is still empty."""
    site = settings.SITE_NAME
    return Channel(site, f"The latest from {site}.", "/", _remembered.of(_LATEST, now=now))


def section(slug: str, now: datetime) -> Channel | None:
    found = section_at(slug)
    if found is None:
        return None
    editions = _remembered.of(_IN_SECTION, now=now, section=found.pk)
    return _channel(found.name, found.description, f"/sections/{slug}/", editions)


def topic(slug: str, now: datetime) -> Channel | None:
    found = topic_at(slug)
    if found is None:
        return None
    editions = _remembered.of(_TAGGED, now=now, topic=found.pk)
    return _channel(found.name, found.description, f"/topics/{slug}/", editions)


def author(slug: str, now: datetime) -> Channel | None:
    found = person_at(slug)
    if found is None:
        return None
    editions = _remembered.of(_SIGNED, now=now, author=found.pk)
    return _channel(found.name, found.biography, f"/authors/{slug}/", editions)


#: By the first part of the path, as the routes have it. None: there is no such thing, or nothing live in it.
CHANNELS: dict[str, Callable[[str, datetime], Channel | None]] = {
    "sections": section,
    "topics": topic,
    "authors": author,
}


def _channel(name: str, description: str, path: str, editions: list[Told]) -> Channel | None:
    if not editions:
        return None
    description = description or f"{name}: the latest from {settings.SITE_NAME}."
    return Channel(f"{name} – {settings.SITE_NAME}", description, path, editions)


def _newest(build: Callable[..., EditionQuerySet | RowQuerySet[Any]], **types: Type) -> Prepared:
    def asked(**values: Any) -> QuerySet[Any, Any]:
        rows = build(**values).newest_first()
        names = _FIELDS if rows.model is Edition else [f"edition__{name}" for name in _FIELDS]
        return rows.values_list(*names)[:LENGTH]

    return Prepared(asked, now=datetime, **types)


_LATEST = _newest(Edition.objects.live)
_IN_SECTION = _newest(lambda now, section: Edition.objects.live(now).in_section(section), section=int)
_TAGGED = _newest(lambda now, topic: EditionTag.objects.filter(tag_id=topic).live(now), topic=int)
_SIGNED = _newest(lambda now, author: EditionAuthor.objects.filter(author_id=author).live(now), author=int)
