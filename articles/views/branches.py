"""Several short lists read in one query: the newest of each section, the newest of each topic.

A window over the archive, or `tag IN (…)`, sorts all that matches; each branch here stops at its limit on an index.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import BigAutoField, Func, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from articles.models.listings import RowQuerySet

type Branch = QuerySet[Any, Any] | RawSQL


def any_of(branches: Iterable[Branch]) -> RawSQL:
    """Join ordered, sliced branches of one column each into a subquery for `pk__in`.

    Written out because SQLite takes no LIMIT inside a UNION except in a subquery, which Django does not write.
    """
    statements: list[str] = []
    parameters: list[Any] = []
    for branch in branches:
        sql, values = _written(branch)
        statements.append(f"SELECT * FROM ({sql}) AS branch")  # noqa: S608 - Django wrote it, values apart
        parameters.extend(values)
    return RawSQL(" UNION ALL ".join(statements), parameters)  # noqa: S611


def of_each(
    keys: Sequence[Any], parents: QuerySet[Any], rows: Callable[[Any], QuerySet[Any, Any]]
) -> list[QuerySet[Any, Any]]:
    """Give the branches that find the `rows` of each of some parents, which have these keys.

    On PostgreSQL one branch finds those of all: to plan a branch for each of three parents takes four times what
    reading them does, and a preview of the front page is planned each time.
    """
    if connection.vendor != "postgresql" or not keys:
        return [rows(key) for key in keys]
    each = Func(ArraySubquery(rows(OuterRef("pk"))), function="unnest", output_field=BigAutoField())
    return [parents.order_by().values_list(each)]


def newest_of(
    keys: Sequence[Any], parents: QuerySet[Any], rows: Callable[[Any], RowQuerySet[Any]], *, most: int
) -> list[Branch]:
    """Give the branches that find the editions of the `most` newest `rows` of some parents, which have these keys.

    SQLite walks the parents' stretches of the index side by side, as one merges sorted piles, and stops at the limit:
    of a parent whose stories are all older it reads one. PostgreSQL reads as many of each.
    """
    if connection.vendor == "postgresql" or not keys:
        return [*of_each(keys, parents, lambda key: rows(key).newest_first().values("edition_id")[:most])]
    first, *others = [rows(key).values("first_published_at", "story_id", "edition_id") for key in keys]
    merged = first.union(*others) if others else first
    newest = merged.order_by("-first_published_at", "-story_id", "edition_id")[:most]
    sql, values = newest.query.sql_with_params()
    return [RawSQL(f"SELECT edition_id FROM ({sql})", values)]  # noqa: S608, S611 - as above


def _written(branch: Branch) -> tuple[str, Sequence[Any]]:
    if isinstance(branch, RawSQL):
        return branch.sql, branch.params
    return branch.query.sql_with_params()
