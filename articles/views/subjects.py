"""What a list is about: the section, topic or author at an address, by queries that are kept."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet

from articles.models.authors import Author
from articles.models.images import covers
from articles.models.sections import Section
from articles.models.topics import Tag
from articles.prepared import Prepared
from articles.views.pictures import Picture, picture


class Subject(NamedTuple):
    pk: int
    name: str
    slug: str
    description: str


class Person(NamedTuple):
    """An author and their portrait, whose values are None where there is none."""

    pk: int
    name: str
    slug: str
    job_title: str
    biography: str
    key: str | None
    width: int
    height: int
    alt: str
    focal_x: float
    focal_y: float
    credit: str
    licence_ends_at: datetime | None
    licence_scopes: Collection[str]

    def portrait(self, now: datetime) -> Picture | None:
        """The picture, while it may be shown; as an edition would describe its use."""
        scopes, ends_at = self.licence_scopes, self.licence_ends_at
        if self.key is None or not covers("web", scopes=scopes, ends_at=ends_at, now=now):
            return None
        use = {"key": self.key, "width": self.width, "height": self.height, "alt": self.alt}
        return picture(use | {"focal": (self.focal_x, self.focal_y)})


def section_at(slug: str) -> Subject | None:
    rows = _SECTION(slug=slug)
    return Subject._make(rows[0]) if rows else None


def topic_at(slug: str) -> Subject | None:
    rows = _TOPIC(slug=slug)
    return Subject._make(rows[0]) if rows else None


def person_at(slug: str) -> Person | None:
    rows = _PERSON(slug=slug)
    return Person._make(rows[0]) if rows else None


def _subject(model: type[Model], slug: str) -> QuerySet[Any, Any]:
    return model._default_manager.filter(slug=slug).order_by().values_list(*Subject._fields)


def _person(slug: str) -> QuerySet[Any, Any]:
    of_picture = [f"picture__{field}" for field in Person._fields[5:]]
    return Author.objects.filter(slug=slug).order_by().values_list(*Person._fields[:5], *of_picture)


_SECTION = Prepared(lambda slug: _subject(Section, slug), slug=str)
_TOPIC = Prepared(lambda slug: _subject(Tag, slug), slug=str)
_PERSON = Prepared(_person, slug=str)
