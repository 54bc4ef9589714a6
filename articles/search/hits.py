"""What both databases answer with, and what readers may see of it."""

from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet

from articles.models.editions import Edition
from articles.prepared import Prepared
from articles.search.patience import patience


class Hit(NamedTuple):
    number: int
    edition_id: int


class Range(NamedTuple):
    """Documents from `lowest` up to, and without, `below`."""

    lowest: int = -(2**63)
    below: int = 2**63 - 1


EVERY = Range()


def is_live(now: datetime) -> tuple[str, list[Any]]:
    """SQL that holds where the edition of `d`, a document, is live, by the one predicate there is."""
    sql, values = _LIVE.written(now=now)
    return f"EXISTS ({sql})", values


def _live(now: datetime) -> QuerySet[Any, Any]:
    return Edition.objects.live(now).extra(where=["articles_edition.id = d.edition_id"]).values_list("pk")


_LIVE = Prepared(_live, now=datetime)


def fetched(sql: str, values: list[Any]) -> list[Hit]:
    with patience(), connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [Hit(*row) for row in cursor.fetchall()]
