"""Every row that the product would have written of a story that was taken in, as the database is handed it in bulk.

What has a form of its own, or a hash, the product's own functions make. Of what takes longest there are short cuts, as
an archive's words are plain ones: bodies are rendered, words are known to search, and PostgreSQL's vectors of them are
written, by heart. `_proof` holds every archive against the product.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models

from articles.body.crossheads import anchor
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
from articles.rendering import RENDERER
from articles.search import sqlite
from articles.search.document import Document, author_mark, section_mark, topic_mark
from articles.search.index import learnable
from articles.search.terms import Word
from articles.search.terms import words as words_of
from benchmarks._stories import UNSAID, Furniture, Named, Picture, Told, told
from benchmarks._stories import signed as _person

#: What search knows of stories; and everything else that is written of them.
SEARCH, RECORD = "search", "record"

#: A row of SQLite's is its values; one of PostgreSQL's is a line, as COPY reads it.
type Row = tuple[Any, ...] | str


class Table:
    """A table, its columns, and what stands in those that a story of the archive leaves alone."""

    def __init__(self, name: str, given: dict[str, Any]) -> None:
        self.name, self.columns = name, list(given)
        self._given = {column: self.written(value) for column, value in given.items()}

    def row(self, **values: Any) -> Row:
        return tuple((self._given | values).values())

    def written(self, value: Any) -> Any:
        return value


class CopiedTable(Table):
    """The same for PostgreSQL. https://www.postgresql.org/docs/current/sql-copy.html, Text Format"""

    def row(self, **values: Any) -> Row:
        written = {column: self.written(value) for column, value in values.items()}
        return "\t".join((self._given | written).values()) + "\n"

    def written(self, value: Any) -> str:
        if isinstance(value, str):
            return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
        return "\\N" if value is None else str(value)


@dataclass
class Batch:
    """Rows of some stories by table, oldest first, and the words that "did you mean" learns from them."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    words: set[str] = field(default_factory=set)


class Writer:
    """Writes stories down as rows for one database."""

    def __init__(self, vendor: str) -> None:
        self.moment = _MOMENTS[vendor]
        self.table = CopiedTable if vendor == "postgresql" else Table
        self.document = _DOCUMENTS[vendor]
        numbered = (Story, Revision, StoryEvent, Edition)
        counted = (Address, StoryTag, Byline, StoryImage, EditionTag, EditionAuthor, EditionImage)
        self.tables = {
            **{model: self._table(model) for model in (*numbered, Rendering, SearchDoc)},
            **{model: self._table(model, without="id") for model in counted},
        }
        if vendor == "sqlite":
            self.tables[_SEARCH_TEXT] = self.table(sqlite.TABLE, dict.fromkeys(("rowid", *sqlite.COLUMNS)))

    def handed(self, rows: list[Row]) -> Any:
        """As the database takes them: COPY takes bytes."""
        return "".join(rows).encode() if self.table is CopiedTable else rows  # type: ignore[arg-type]

    @property
    def parts(self) -> dict[str, list[str]]:
        """Tables by the part of the work that fills them."""
        search = [self.tables[model].name for model in (SearchDoc, _SEARCH_TEXT) if model in self.tables]
        record = [table.name for table in self.tables.values() if table.name not in search]
        return {SEARCH: search, RECORD: record}

    def batch(
        self, numbers: Iterable[int], of: int, furniture: Furniture, *, seed: int, parts: Sequence[str]
    ) -> Batch:
        """Rows of those parts."""
        ways = {SEARCH: self._searched, RECORD: self._rows}
        batch, made = Batch(), [ways[part] for part in parts]
        for number in numbers:
            one = told(number, of, furniture, seed=seed)
            for rows in made:
                for model, row in rows(one, of - number, batch):
                    batch.rows[self.tables[model].name].append(row)
        return batch

    def _table(self, model: type[models.Model], *, without: str = "") -> Table:
        fields = [one for one in model._meta.concrete_fields if one.attname != without]
        given = {one.column: self._stored(one, one.get_default()) for one in fields}
        return self.table(model._meta.db_table, given)

    def _stored(self, column: Any, value: Any) -> Any:
        if isinstance(column, models.JSONField):
            return None if value is None else json.dumps(value)
        return self.moment(value) if isinstance(value, datetime) else value

    def _rows(self, one: Told, key: int, _batch: Batch) -> Iterator[tuple[Any, Row]]:
        """Story, revision, event and edition of one story share a key: there is one of each."""
        said, at, tables = one.said, self.moment(one.at), self.tables
        text = _canonical(one)
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
        html, words = _rendered(said["body"])
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
                details=f'{{"edition": {key}}}',
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
                byline=f'{{"people": [{_listed(one.authors, _person, json.dumps)}], "label": ""}}',
                topics=f"[{_listed(one.topics, Named.said, json.dumps)}]",
                lead=_shared(one.picture, _use, json.dumps),
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

    def _searched(self, one: Told, key: int, batch: Batch) -> Iterator[tuple[Any, Row]]:
        document = document_of(one, _rendered(one.said["body"])[1])
        number = first_number(one.at) + key % ROOM
        kept, beside = self.document(number, document)
        yield SearchDoc, self.tables[SearchDoc].row(id=number, edition_id=key, **kept)
        if beside:
            yield _SEARCH_TEXT, self.tables[_SEARCH_TEXT].row(**beside)
        batch.words |= learnable(document)


_SEARCH_TEXT = "the table of SQLite's search"

_DOCUMENTS: dict[str, Callable[[int, Document], tuple[dict[str, str], dict[str, Any]]]] = {
    "sqlite": lambda number, document: (
        {},
        {"rowid": number, **dict(zip(sqlite.COLUMNS, _texts(document), strict=True))},
    ),
    "postgresql": lambda number, document: ({"words": _vector(document), "forms": _forms(document)}, {}),
}
#: As Django writes a moment of whole seconds.
_MOMENTS: dict[str, Callable[[datetime], str]] = {
    "sqlite": lambda moment: str(moment)[:19],
    "postgresql": str,
}


def _canonical(one: Told) -> str:
    """The product's canonical form. What stories share is written once, and not with each of them."""
    said = one.said
    own = {name: _quoted(said[name]) for name in ("body", "headline", "kind", "slug", "standfirst")}
    shared = {
        "byline": f'{{"label":"","people":[{_listed(one.authors, _person, canonical, ",")}]}}',
        "lead": _shared(one.picture, _use, canonical) or "null",
        "section": _shared(one.section, Named.said, canonical),
        "topics": f"[{_listed(one.topics, Named.said, canonical, ',')}]",
    }
    parts = sorted((_SAME | own | shared).items())
    return f"{{{','.join([f'"{name}":{part}' for name, part in parts])}}}"


_quoted = json.JSONEncoder(ensure_ascii=False).encode
#: What every story says likewise.
_SAME = {name: canonical(value) for name, value in UNSAID.items()}


def _listed(things: Iterable[Named], said: Any, form: Callable[[Any], str], between: str = ", ") -> str:
    return between.join([_shared(thing, said, form) or "" for thing in things])


def _shared(thing: Named | Picture | None, said: Any, form: Callable[[Any], str]) -> str | None:
    """What `said` gives of a thing, in a form of JSON; made once."""
    if thing is None:
        return None
    key = (thing, said, form)
    if (known := _WRITTEN.get(key)) is None:
        known = _WRITTEN[key] = form(said(thing))
    return known


_WRITTEN: dict[Any, str] = {}


def _use(picture: Picture) -> dict[str, Any]:
    return picture.use


def _event(one: Told, key: int, hashed: str) -> StoryEvent:
    """The one event of a story, in the place of the one before it: to make a new one takes ten times as long."""
    _EVENT.story_id = _EVENT.revision_id = key
    _EVENT.at, _EVENT.revision_hash, _EVENT.details = one.at, hashed, {"edition": key}
    _EVENT.hash = chain_hash(_EVENT)
    return _EVENT


_EVENT = StoryEvent(number=1, act="import")


def _rendered(body: str) -> tuple[str, str]:
    """HTML and plain text."""
    if "<h2>" not in body:
        return body, body.removeprefix("<p>").removesuffix("</p>").replace("</p>\n<p>", "\n\n")
    html = _CROSSHEAD.sub(lambda found: f'<h2 id="{anchor(found[1])}">{found[1]}</h2>', body)
    return html, _ELEMENT.sub("", body.replace("\n", "\n\n").replace("</li><li>", "\n"))


_CROSSHEAD, _ELEMENT = re.compile("<h2>(.*?)</h2>"), re.compile("<[^>]*>")


def _texts(document: Document) -> list[str]:
    fields = [" ".join([word.stem for word in field]) for field in document.fields()]
    return [*fields, " ".join(document.forms()), " ".join(document.marks)]


def _vector(document: Document) -> str:
    """Stems with their places, and marks. PostgreSQL puts what stands in several places together."""
    said, first = [], 1
    for weight, words in zip("ABCD", document.fields(), strict=True):
        said += [f"'{word.stem}':{place}{weight}" for place, word in enumerate(words, first)]
        first += len(words) + 1
    return " ".join([*said, *(f"'={mark}'" for mark in document.marks)])


def _forms(document: Document) -> str:
    """PostgreSQL puts them in order, and each once."""
    return " ".join([f"'{word.form}'" for field in document.fields() for word in field])


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
    return list(map(_known, text.lower().replace(".", " ").split()))


class _Lexicon(dict[str, Word]):
    def __missing__(self, form: str) -> Word:
        (word,) = words_of(form)
        self[form] = word
        return word


_known = _Lexicon().__getitem__
