"""Search on SQLite: an FTS5 table beside the documents, under the same numbers.

Its words are stems already, so its tokenizer only parts them at spaces. https://sqlite.org/fts5.html
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from articles.search.document import Document
from articles.search.hits import Hit, Range, live_of
from articles.search.query import Clause, Query

TABLE = "articles_searchtext"
_TEXT = "{headline standfirst named body}"


def write(number: int, document: Document) -> None:
    texts = [" ".join(word.stem for word in field) for field in document.fields()]
    row = [number, *texts, " ".join(document.forms()), " ".join(document.marks)]
    _run(
        f"INSERT INTO {TABLE} (rowid, headline, standfirst, named, body, forms, marks)"  # noqa: S608
        " VALUES (%s, %s, %s, %s, %s, %s, %s)",
        row,
    )


def remove(numbers: Iterable[int]) -> None:
    for number in numbers:
        _run(f"DELETE FROM {TABLE} WHERE rowid = %s", [number])  # noqa: S608


def purge() -> None:
    """Write the index anew: FTS5 keeps the words of what was removed until it does."""
    _run(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('optimize')", [])  # noqa: S608


def newest(query: Query, marks: Sequence[str], within: Range, *, now: Any, limit: int) -> list[Hit]:
    """The newest hits readers may see."""
    live, values = live_of("d.edition_id", now)
    sql = (
        f"SELECT d.id, d.edition_id FROM {TABLE} CROSS JOIN articles_searchdoc d ON d.id = {TABLE}.rowid"  # noqa: S608
        f" WHERE {TABLE} MATCH %s AND {TABLE}.rowid >= %s AND {TABLE}.rowid < %s AND {live}"
        f" ORDER BY {TABLE}.rowid DESC LIMIT %s"
    )
    return _hits(sql, [_expression(query, marks), within.lowest, within.below, *values, limit])


def best(query: Query, marks: Sequence[str], within: Range, *, now: Any, limit: int) -> list[Hit]:
    """The hits that say it most plainly: in the headline rather than in passing."""
    live, values = live_of("d.edition_id", now)
    sql = (
        f"SELECT d.id, d.edition_id FROM {TABLE} CROSS JOIN articles_searchdoc d ON d.id = {TABLE}.rowid"  # noqa: S608
        f" WHERE {TABLE} MATCH %s AND {TABLE}.rowid >= %s AND {TABLE}.rowid < %s AND {live}"
        f" ORDER BY bm25({TABLE}, 12, 4, 4, 1, 0, 0), {TABLE}.rowid DESC LIMIT %s"
    )
    return _hits(sql, [_expression(query, marks), within.lowest, within.below, *values, limit])


def _expression(query: Query, marks: Sequence[str]) -> str:
    """In FTS5's language. What goes in is letters, digits and spaces, each phrase in quotes."""
    wanted = " AND ".join([*map(_clause, query.wanted), *(f'marks : "{mark}"' for mark in marks)])
    unwanted = " OR ".join(map(_clause, query.unwanted))
    return f"({wanted}) NOT ({unwanted})" if unwanted else wanted


def _clause(clause: Clause) -> str:
    phrase = " ".join(clause.stems)
    return f'forms : "{phrase}" *' if clause.is_prefix else f'{_TEXT} : "{phrase}"'


def _hits(sql: str, values: list[Any]) -> list[Hit]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [Hit(*row) for row in cursor.fetchall()]


def _run(sql: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
