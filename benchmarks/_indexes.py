"""Lifts what slows a load and is quicker made at its end: PostgreSQL's index of words. Triggers stay."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def lifted(connection: Any) -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'search_words'")
        ((definition,),) = cursor.fetchall()
        cursor.execute("DROP INDEX search_words")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute(definition)
