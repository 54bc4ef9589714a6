"""Knows which editions a feed carries: the newest of the site, of a section, of a topic or of an author."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings

from articles.models.authors import Author
from articles.models.editions import Edition
from articles.models.listings import EditionAuthor, EditionTag
from articles.models.sections import Section
from articles.models.topics import Tag

LENGTH = 30

#: What an entry is made of; the canonical content, the longest column, stays in the database.
FIELDS = (
    "story",
    "slug",
    "kind",
    "headline",
    "standfirst",
    "byline",
    "topics",
    "lead",
    "corrections",
    "first_published_at",
    "updated_at",
    "rendering__html",
)


@dataclass(frozen=True)
class Channel:
    """What a feed is of: its name, the page it belongs to, and its editions, newest first."""

    title: str
    description: str
    path: str
    editions: list[Edition]


def latest(now: datetime) -> Channel:
    """Everything; the one channel that exists while it is still empty."""
    editions = _newest(Edition.objects.live(now))
    return Channel(settings.SITE_NAME, f"The latest from {settings.SITE_NAME}.", "/", editions)


def section(slug: str, now: datetime) -> Channel | None:
    found = Section.objects.filter(slug=slug).only("name", "description").first()
    if found is None:
        return None
    editions = _newest(Edition.objects.live(now).in_section(found.pk))
    return _channel(found.name, found.description, f"/sections/{slug}/", editions)


def topic(slug: str, now: datetime) -> Channel | None:
    found = Tag.objects.filter(slug=slug).only("name", "description").first()
    if found is None:
        return None
    rows = EditionTag.objects.filter(tag=found.pk).live(now)
    return _channel(found.name, found.description, f"/topics/{slug}/", _newest_of_rows(rows))


def author(slug: str, now: datetime) -> Channel | None:
    found = Author.objects.filter(slug=slug).only("name", "biography").first()
    if found is None:
        return None
    rows = EditionAuthor.objects.filter(author=found.pk).live(now)
    return _channel(found.name, found.biography, f"/authors/{slug}/", _newest_of_rows(rows))


#: By the first part of the path, as the routes have it. None: there is no such thing, or nothing live in it.
CHANNELS: dict[str, Callable[[str, datetime], Channel | None]] = {
    "sections": section,
    "topics": topic,
    "authors": author,
}


def _channel(name: str, description: str, path: str, editions: list[Edition]) -> Channel | None:
    if not editions:
        return None
    description = description or f"{name}: the latest from {settings.SITE_NAME}."
    return Channel(f"{name} – {settings.SITE_NAME}", description, path, editions)


def _newest(editions: Any) -> list[Edition]:
    return list(editions.newest_first().select_related("rendering").only(*FIELDS)[:LENGTH])


def _newest_of_rows(rows: Any) -> list[Edition]:
    fields = [f"edition__{name}" for name in FIELDS]
    found = (
        rows.newest_first().select_related("edition__rendering").only("story", "first_published_at", *fields)
    )
    return [row.edition for row in found[:LENGTH]]
