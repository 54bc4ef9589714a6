"""Search on SQLite: an FTS5 table beside the documents, under the same numbers.

Its words are stems already, so its tokenizer only parts them at spaces. https://sqlite.org/fts5.html
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from articles.search.document import Document
from articles.search.hits import Hit, Range, fetched, is_live
from articles.search.query import Clause, Query

TABLE = "articles_searchtext"
COLUMNS = ("headline", "standfirst", "named", "body", "forms", "marks")
_TEXT = "{headline standfirst named body}"


def write(number: int, document: Document) -> None:
    names, places = ", ".join(COLUMNS), ", ".join(["%s"] * len(COLUMNS))
    _run(
        f"INSERT INTO {TABLE} (rowid, {names}) VALUES (%s, {places})",  # noqa: S608
        [number, *texts(document)],
    )


def texts(document: Document) -> list[str]:
    """What stands in each of COLUMNS."""
    fields = [" ".join(word.stem for word in field) for field in document.fields()]
    return [*fields, " ".join(document.forms()), " ".join(document.marks)]


def remove(numbers: Iterable[int]) -> None:
    for number in numbers:
        _run(f"DELETE FROM {TABLE} WHERE rowid = %s", [number])  # noqa: S608


def purge() -> None:
    """Write the index anew: FTS5 keeps the words of what was removed until it does."""
    _run(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('optimize')", [])  # noqa: S608


def newest(query: Query, marks: Sequence[str], within: Range, *, now: datetime, limit: int) -> list[Hit]:
    return _hits(query, marks, within, now=now, limit=limit, order=f"{TABLE}.rowid DESC")


def best(query: Query, marks: Sequence[str], within: Range, *, now: datetime, limit: int) -> list[Hit]:
    order = f"bm25({TABLE}, 12, 4, 4, 1, 0, 0), {TABLE}.rowid DESC"
    return _hits(query, marks, within, now=now, limit=limit, order=order)


def _hits(
    query: Query, marks: Sequence[str], within: Range, *, now: datetime, limit: int, order: str
) -> list[Hit]:
    live, values = is_live(now)
    sql = (
        f"SELECT d.id, d.edition_id FROM {TABLE} CROSS JOIN articles_searchdoc d ON d.id = {TABLE}.rowid"  # noqa: S608
        f" WHERE {TABLE} MATCH %s AND {TABLE}.rowid >= %s AND {TABLE}.rowid < %s AND {live}"
        f" ORDER BY {order} LIMIT %s"
    )
    return fetched(sql, [_expression(query, marks), within.lowest, within.below, *values, limit])


def _expression(query: Query, marks: Sequence[str]) -> str:
    """In FTS5's language. What goes in is letters, digits and spaces, each phrase in quotes."""
    wanted = " AND ".join([*map(_clause, query.wanted), *(f'marks : "{mark}"' for mark in marks)])
    unwanted = " OR ".join(map(_clause, query.unwanted))
    return f"({wanted}) NOT ({unwanted})" if unwanted else wanted


def _clause(clause: Clause) -> str:
    phrase = " ".join(clause.stems)
    return f'forms : "{phrase}" *' if clause.is_prefix else f'{_TEXT} : "{phrase}"'


def _run(sql: str, values: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
