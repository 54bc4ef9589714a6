"""Every row that the product would have written of a story that was taken in, as the database is handed it in bulk.

What has a form of its own, a hash or what search keeps, the product's own functions make. There are two short cuts: a
short body is rendered as it is, and an archive's words, which are plain ones, are known by heart. `_proof` holds every
archive against the product.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from django.db import models

from articles.desk.public import canonical, hash_of
from articles.desk.record import chain_hash
from articles.models import (
    Address,
    Byline,
    Edition,
    EditionAuthor,
    EditionImage,
    EditionTag,
    Rendering,
    Revision,
    Story,
    StoryEvent,
    StoryImage,
    StoryTag,
)
from articles.models.search import ROOM, SearchDoc, first_number
from articles.rendering import RENDERER, rendered
from articles.search import postgresql, sqlite
from articles.search.document import Document, author_mark, section_mark, topic_mark
from articles.search.index import learnable
from articles.search.terms import Word
from articles.search.terms import words as words_of
from benchmarks._stories import Furniture, Told, is_long, told

type Row = tuple[Any, ...]


@dataclass(frozen=True)
class Table:
    """A table, its columns, and what stands in those that a story of the archive leaves alone."""

    name: str
    given: dict[str, Any]

    @property
    def columns(self) -> list[str]:
        return list(self.given)

    def row(self, **values: Any) -> Row:
        return tuple((self.given | values).values())


@dataclass
class Batch:
    """Rows of some stories by table, oldest first, and the words that "did you mean" learns from them."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    words: set[str] = field(default_factory=set)


class Writer:
    """Writes stories down as rows for one database."""

    def __init__(self, vendor: str) -> None:
        self.moment = _MOMENTS[vendor]
        self.document = _DOCUMENTS[vendor]
        numbered = (Story, Revision, StoryEvent, Edition)
        counted = (Address, StoryTag, Byline, StoryImage, EditionTag, EditionAuthor, EditionImage)
        self.tables = {
            **{model: self._table(model) for model in (*numbered, Rendering, SearchDoc)},
            **{model: self._table(model, without="id") for model in counted},
        }
        if vendor == "sqlite":
            self.tables[_SEARCH_TEXT] = Table(sqlite.TABLE, dict.fromkeys(("rowid", *sqlite.COLUMNS)))

    def batch(self, numbers: Iterable[int], of: int, furniture: Furniture, *, seed: int) -> Batch:
        batch = Batch()
        for number in numbers:
            one = told(number, of, furniture, seed=seed)
            for model, row in self._rows(one, number, key=of - number, batch=batch):
                batch.rows[self.tables[model].name].append(row)
        return batch

    def _table(self, model: type[models.Model], *, without: str = "") -> Table:
        fields = [one for one in model._meta.concrete_fields if one.attname != without]
        given = {one.column: self._stored(one, one.get_default()) for one in fields}
        return Table(model._meta.db_table, given)

    def _stored(self, column: Any, value: Any) -> Any:
        if isinstance(column, models.JSONField):
            return None if value is None else json.dumps(value)
        return self.moment(value) if isinstance(value, datetime) else value

    def _rows(self, one: Told, number: int, *, key: int, batch: Batch) -> Iterator[tuple[Any, Row]]:
        """Story, revision, event and edition of one story share a key: there is one of each."""
        said, at, tables = one.said, self.moment(one.at), self.tables
        text = canonical(said)
        hashed = hash_of(text)
        picture = one.picture.id if one.picture else None
        same = {
            "slug": said["slug"],
            "kind": said["kind"],
            "section_id": one.section.id,
            "headline": said["headline"],
            "standfirst": said["standfirst"],
            "lead_image_id": picture,
        }
        placed = {"story_id": key, "first_published_at": at}
        html, words = _rendered(text, said["body"], number)
        event = _event(one, key, hashed)

        yield (
            Story,
            tables[Story].row(
                id=key, state="approved", version=1, body=said["body"], created_at=at, updated_at=at, **same
            ),
        )
        yield Address, tables[Address].row(story_id=key, slug=said["slug"])
        yield (
            Revision,
            tables[Revision].row(id=key, story_id=key, number=1, public=text, hash=hashed, saved_at=at),
        )
        yield (
            StoryEvent,
            tables[StoryEvent].row(
                id=key,
                story_id=key,
                number=1,
                act=event.act,
                at=at,
                revision_id=key,
                revision_hash=hashed,
                details=json.dumps(event.details),
                hash=event.hash,
            ),
        )
        yield (
            Edition,
            tables[Edition].row(
                id=key,
                story_id=key,
                revision_id=key,
                origin=Edition.Origin.IMPORTED.value,
                byline=json.dumps(said["byline"]),
                topics=json.dumps(said["topics"]),
                lead=json.dumps(said["lead"]) if said["lead"] else None,
                content=text,
                content_hash=hashed,
                first_published_at=at,
                published_at=at,
                **same,
            ),
        )
        yield Rendering, tables[Rendering].row(edition_id=key, html=html, text=words, renderer=RENDERER)
        for topic in one.topics:
            yield StoryTag, tables[StoryTag].row(content_object_id=key, tag_id=topic.id)
            yield EditionTag, tables[EditionTag].row(edition_id=key, tag_id=topic.id, **placed)
        for position, author in enumerate(one.authors):
            yield Byline, tables[Byline].row(story_id=key, author_id=author.id, position=position)
            yield EditionAuthor, tables[EditionAuthor].row(edition_id=key, author_id=author.id, **placed)
        if picture:
            yield StoryImage, tables[StoryImage].row(story_id=key, image_id=picture)
            yield EditionImage, tables[EditionImage].row(edition_id=key, image_id=picture)
        yield from self._searched(one, words, key, batch)

    def _searched(self, one: Told, text: str, key: int, batch: Batch) -> Iterator[tuple[Any, Row]]:
        document = document_of(one, text)
        number = first_number(one.at) + key % ROOM
        kept, beside = self.document(number, document)
        yield SearchDoc, self.tables[SearchDoc].row(id=number, edition_id=key, **kept)
        if beside:
            yield _SEARCH_TEXT, beside
        batch.words |= learnable(document)


_SEARCH_TEXT = "the table of SQLite's search"

_DOCUMENTS: dict[str, Callable[[int, Any], tuple[dict[str, str], Row]]] = {
    "sqlite": lambda number, document: ({}, (number, *sqlite.texts(document))),
    "postgresql": lambda number, document: (
        {"words": postgresql.words(document), "forms": postgresql.forms(document)},
        (),
    ),
}
#: As Django writes a moment of whole seconds.
_MOMENTS: dict[str, Callable[[datetime], str]] = {
    "sqlite": lambda moment: str(moment)[:19],
    "postgresql": str,
}


def _event(one: Told, key: int, hashed: str) -> StoryEvent:
    event = StoryEvent(
        story_id=key,
        number=1,
        act="import",
        at=one.at,
        revision_id=key,
        revision_hash=hashed,
        details={"edition": key},
    )
    event.hash = chain_hash(event)
    return event


def _rendered(content: str, body: str, number: int) -> tuple[str, str]:
    """HTML and plain text. Paragraphs of plain words are rendered as they are."""
    if is_long(number):
        return rendered(Edition(content=content))
    return body, body.removeprefix("<p>").removesuffix("</p>").replace("</p>\n<p>", "\n\n")


def document_of(one: Told, text: str) -> Document:
    """What search keeps of a story whose body says `text`."""
    names = [thing.name for thing in (*one.authors, *one.topics)]
    return Document(
        headline=_words(one.said["headline"]),
        standfirst=_words(one.said["standfirst"]),
        named=[word for name in names for word in _words(name)],
        body=_words(text),
        marks=[
            section_mark(one.section.id),
            *map(topic_mark, sorted(topic.id for topic in one.topics)),
            *map(author_mark, sorted(author.id for author in one.authors)),
        ],
    )


def _words(text: str) -> list[Word]:
    return [_known(form) for form in text.lower().replace(".", " ").split()]


@cache
def _known(form: str) -> Word:
    (word,) = words_of(form)
    return word
