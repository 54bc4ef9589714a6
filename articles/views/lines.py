"""Lines: what lists print of an edition, as plain values, read by queries that are kept.

Django would make an Edition, a Section and an Image of each row, which takes five times as long as to read it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from articles.cursors import Place
from articles.models.editions import Edition, EditionQuerySet
from articles.models.images import covers
from articles.models.listings import RowQuerySet
from articles.prepared import Prepared, Type
from articles.remembering import Remembered


@dataclass(slots=True, eq=False)
class Line:
    """An edition as lists print it; `FIELDS` has where each value comes from. Nobody changes one: lists share them."""

    story_id: int
    slug: str
    kind: str
    section_id: int | None
    headline: str
    standfirst: str
    kicker: str
    byline: Mapping[str, Any]
    corrections: list[Mapping[str, str]]
    lead: Mapping[str, Any] | None
    first_published_at: datetime
    section_name: str | None
    section_slug: str | None
    licence_ends_at: datetime | None
    licence_scopes: list[str] | None
    #: What was printed of it (`cards`), by all that this depends on beside the line.
    printed: dict[Any, Any] = field(default_factory=dict, repr=False)

    def shows_picture(self, now: datetime) -> bool:
        """Whether a list may show its picture: pages drop it by themselves the moment its licence ends."""
        scopes = self.licence_scopes or ()
        return bool(self.lead) and covers("web", scopes=scopes, ends_at=self.licence_ends_at, now=now)


FIELDS = (
    "story_id",
    "slug",
    "kind",
    "section_id",
    "headline",
    "standfirst",
    "kicker",
    "byline",
    "corrections",
    "lead",
    "first_published_at",
    "section__name",
    "section__slug",
    "lead_image__licence_ends_at",
    "lead_image__licence_scopes",
)

#: The same from an index row of a topic or an author.
FIELDS_OF_ROWS = tuple(f"edition__{field}" for field in FIELDS)


def asked(editions: EditionQuerySet | RowQuerySet[Any]) -> QuerySet[Any, Any]:
    """Ask for lines; what `line` makes them of."""
    return editions.values_list(*(FIELDS if editions.model is Edition else FIELDS_OF_ROWS))


def line(row: Iterable[Any]) -> Line:
    return Line(*row)


#: The same lines stand on many pages. A line is remembered by all that the database says of it, licence included:
#: where anything of it changes, another is made (decision 49).
remembered = Remembered(line, most=2000)


class Listed:
    """A list that readers page through by key: `build` gives its editions from `now` and the values it is a list of."""

    def __init__(
        self, build: Callable[..., EditionQuerySet | RowQuerySet[Any]], *, size: int, **types: Type
    ) -> None:
        def first(**values: Any) -> QuerySet[Any, Any]:
            return asked(build(**values).newest_first())[:size]

        def older(than_at: datetime, than_story: int, **values: Any) -> QuerySet[Any, Any]:
            return asked(build(**values).older_than(than_at, than_story).newest_first())[:size]

        self._first = Prepared(first, now=datetime, **types)
        self._older = Prepared(older, than_at=datetime, than_story=int, now=datetime, **types)

    def __call__(self, place: Place | None, **values: Any) -> list[Line]:
        """The newest, or the first after a place."""
        if place is None:
            return remembered.of(self._first, **values)
        return remembered.of(self._older, than_at=place[0], than_story=place[1], **values)
