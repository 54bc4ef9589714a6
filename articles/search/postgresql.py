"""Search on PostgreSQL: a tsvector a document, written and asked in its own notation.

No configuration, dictionary or parser of the database has a say: its words are stems already.
https://www.postgresql.org/docs/current/datatype-textsearch.html
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection

from articles.search.document import Document
from articles.search.hits import Hit, Range, fetched, is_live
from articles.search.query import Clause, Query

#: What the notation can count to.
_LAST_POSITION = 16_383
_MOST_POSITIONS = 255

#: A sign that no word begins with.
_MARK = "="

_WEIGHTS = "ABCD"


def write(number: int, document: Document) -> None:
    with connection.cursor() as cursor:
        sql = "UPDATE articles_searchdoc SET words = %s::tsvector, forms = %s::tsvector WHERE id = %s"
        cursor.execute(sql, [words(document), forms(document), number])


def remove(numbers: Iterable[int]) -> None:
    """The words stand in the document itself and go with it."""


def purge() -> None:
    """The words went with their documents."""


def newest(query: Query, marks: Sequence[str], within: Range, *, now: datetime, limit: int) -> list[Hit]:
    return _hits(query, marks, within, now=now, limit=limit, order="d.id DESC")


def best(query: Query, marks: Sequence[str], within: Range, *, now: datetime, limit: int) -> list[Hit]:
    order = "ts_rank('{0.08, 0.33, 0.33, 1}', d.words, %s::tsquery, 1) DESC, d.id DESC"
    said = _all(clause for clause in query.wanted if not clause.is_prefix)
    return _hits(query, marks, within, now=now, limit=limit, order=order, ordered_by=[said])


def _hits(
    query: Query,
    marks: Sequence[str],
    within: Range,
    *,
    now: datetime,
    limit: int,
    order: str,
    ordered_by: Sequence[str] = (),
) -> list[Hit]:
    """`ordered_by` are the values that `order` asks for."""
    live, values = is_live(now)
    asked = {"words": _of_words(query, marks), "forms": _expression(query, is_prefix=True)}
    matches = {f"d.{column} @@ %s::tsquery": said for column, said in asked.items() if said}
    sql = (
        "SELECT d.id, d.edition_id FROM articles_searchdoc d"  # noqa: S608
        f" WHERE {' AND '.join(matches)} AND d.id >= %s AND d.id < %s AND {live}"
        f" ORDER BY {order} LIMIT %s"
    )
    return fetched(sql, [*matches.values(), within.lowest, within.below, *values, *ordered_by, limit])


def words(document: Document) -> str:
    """Stems with their places, and marks, in tsvector's notation."""
    places: dict[str, list[str]] = defaultdict(list)
    position = 0
    for weight, field in zip(_WEIGHTS, document.fields(), strict=True):
        for word in field:
            position += 1
            if len(places[word.stem]) < _MOST_POSITIONS:
                places[word.stem].append(f"{min(position, _LAST_POSITION)}{weight}")
        position += 1  # so that no phrase runs from one field into the next
    stems = [f"'{stem}':{','.join(at)}" for stem, at in places.items()]
    return " ".join([*stems, *(f"'{_MARK}{mark}'" for mark in document.marks)])


def forms(document: Document) -> str:
    """Words as written, in tsvector's notation."""
    return " ".join(f"'{form}'" for form in document.forms())


def _of_words(query: Query, marks: Sequence[str]) -> str:
    marked = [f"'{_MARK}{mark}'" for mark in marks]
    return " & ".join(filter(None, [_expression(query, is_prefix=False), *marked]))


def _expression(query: Query, *, is_prefix: bool) -> str:
    """What is asked of one column, in tsquery's language. What goes in is letters and digits, each word in quotes."""
    wanted = _all(clause for clause in query.wanted if clause.is_prefix == is_prefix)
    unwanted = [f"!({_clause(clause)})" for clause in query.unwanted if clause.is_prefix == is_prefix]
    return " & ".join([*filter(None, [wanted]), *unwanted])


def _all(clauses: Iterable[Clause]) -> str:
    return " & ".join(map(_clause, clauses))


def _clause(clause: Clause) -> str:
    if clause.is_prefix:
        return f"'{clause.stems[0]}':*"
    return "(" + " <-> ".join(f"'{stem}'" for stem in clause.stems) + ")"
