"""Search on SQLite: an FTS5 table beside the documents, under the same numbers.

Its words are stems already, so its tokenizer only parts them at spaces. https://sqlite.org/fts5.html

FTS5 before SQLite 3.42, as in Debian 12, loses hits where it has to skip on its way back through numbers that lie far
apart, or below zero, as those of an archive of many years do. So whatever makes it skip is asked forwards.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from articles.search.document import Document
from articles.search.hits import EVERY, Hit, Range, fetched, is_live
from articles.search.patience import patience
from articles.search.query import Clause, Query

TABLE = "articles_searchtext"
COLUMNS = ("headline", "standfirst", "named", "body", "forms", "marks")
_TEXT = "{headline standfirst named body}"

#: The newest so many documents are looked at first, or four times as many as are wanted; then eight times as many.
_FIRST, _WIDER = 1000, 8


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
    expression = _expression(query, marks)
    if within.below == EVERY.below and not marks and _is_one_word(query):
        return _hits(expression, within, now=now, limit=limit, order=f"{TABLE}.rowid DESC")
    found = _oldest(expression, within, now=now, limit=limit + 1)
    return _from_the_end(expression, within, now=now, limit=limit) if len(found) > limit else found[::-1]


def best(query: Query, marks: Sequence[str], within: Range, *, now: datetime, limit: int) -> list[Hit]:
    order = f"bm25({TABLE}, 12, 4, 4, 1, 0, 0), {TABLE}.rowid DESC"
    return _hits(_expression(query, marks), within, now=now, limit=limit, order=order)


def _is_one_word(query: Query) -> bool:
    """Nothing else that a document has to have or lack: each that has the word is a hit, and none is skipped."""
    return [len(clause.stems) for clause in query.wanted] == [1] and not query.unwanted


def _from_the_end(expression: str, within: Range, *, now: datetime, limit: int) -> list[Hit]:
    """The newest of many: document by document back in time, a window after the other, each read forwards."""
    hits: list[Hit] = []
    most = size = max(4 * limit, _FIRST)
    with patience():
        while len(hits) < limit and within.lowest < within.below:
            part = within._replace(lowest=max(within.lowest, _back(size, within.below)))
            found = _oldest(expression, part, now=now, limit=most + 1)
            if len(found) > most:
                size //= _WIDER
                continue
            hits += reversed(found)
            within, size = within._replace(below=part.lowest), size * _WIDER
    return hits[:limit]


def _back(size: int, below: int) -> int:
    """The number of the document that is so many before `below`, or the lowest of all."""
    sql = "SELECT id FROM articles_searchdoc WHERE id < %s ORDER BY id DESC LIMIT 1 OFFSET %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [below, size - 1])
        found = cursor.fetchone()
    return int(found[0]) if found else EVERY.lowest


def _oldest(expression: str, within: Range, *, now: datetime, limit: int) -> list[Hit]:
    return _hits(expression, within, now=now, limit=limit, order=f"{TABLE}.rowid")


def _hits(expression: str, within: Range, *, now: datetime, limit: int, order: str) -> list[Hit]:
    live, values = is_live(now)
    sql = (
        f"SELECT d.id, d.edition_id FROM {TABLE} CROSS JOIN articles_searchdoc d ON d.id = {TABLE}.rowid"  # noqa: S608
        f" WHERE {TABLE} MATCH %s AND {TABLE}.rowid >= %s AND {TABLE}.rowid < %s AND {live}"
        f" ORDER BY {order} LIMIT %s"
    )
    return fetched(sql, [expression, within.lowest, within.below, *values, limit])


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
