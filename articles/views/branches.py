"""Several short lists read in one query: the newest of each section, the newest of each topic.

A window over the archive, or `tag IN (…)`, sorts all that matches; each branch here stops at its limit on an index.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import BigAutoField, Func, OuterRef, QuerySet
from django.db.models.expressions import RawSQL


def any_of(branches: Iterable[QuerySet[Any, Any]]) -> RawSQL:
    """Join ordered, sliced querysets of one column each into a subquery for `pk__in`.

    Written out because SQLite takes no LIMIT inside a UNION except in a subquery, which Django does not write.
    """
    statements: list[str] = []
    parameters: list[Any] = []
    for branch in branches:
        sql, values = branch.query.sql_with_params()
        statements.append(f"SELECT * FROM ({sql}) AS branch")  # noqa: S608 - Django wrote it, values apart
        parameters.extend(values)
    return RawSQL(" UNION ALL ".join(statements), parameters)  # noqa: S611


def of_each(
    keys: Sequence[Any], parents: QuerySet[Any], rows: Callable[[Any], QuerySet[Any, Any]]
) -> list[QuerySet[Any, Any]]:
    """Give the branches that find the `rows` of each of some parents, which have these keys.

    PostgreSQL plans such a query each time, and to plan a branch for each of three parents takes four times what
    reading them does. It gets one for all of them.
    """
    if connection.vendor != "postgresql" or not keys:
        return [rows(key) for key in keys]
    each = Func(ArraySubquery(rows(OuterRef("pk"))), function="unnest", output_field=BigAutoField())
    return [parents.order_by().values_list(each)]
