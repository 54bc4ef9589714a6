"""What both databases answer with, and what readers may see of it."""

from datetime import datetime
from typing import Any, NamedTuple

from articles.models.editions import Edition


class Hit(NamedTuple):
    number: int
    edition_id: int


class Range(NamedTuple):
    """Documents from `lowest` up to, and without, `below`."""

    lowest: int = -(2**63)
    below: int = 2**63 - 1


def live_of(column: str, now: datetime) -> tuple[str, list[Any]]:
    """SQL that holds where the edition that `column` names is live, by the one predicate there is."""
    rows = Edition.objects.live(now).extra(where=[f"articles_edition.id = {column}"]).values("pk")  # noqa: S610
    sql, values = rows.query.sql_with_params()
    return f"EXISTS ({sql})", list(values)
