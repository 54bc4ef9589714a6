"""Several short lists read in one query: the newest of each section, the newest of each topic.

A window over the archive, or `tag IN (…)`, sorts all that matches; each branch here stops at its limit on an index.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
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
