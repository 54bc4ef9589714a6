"""Takes indexes, constraints between tables and triggers off for a load, and puts back what was there.

They are quicker made over all rows at the end, and made then they are proved: by then every row is looked at.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from articles.integrity import triggers
from articles.search.sqlite import TABLE as SEARCH_TEXT
from benchmarks import _bare_postgresql
from benchmarks._bare_postgresql import Filled, asked

#: Bytes of new words that SQLite's search gathers before it writes them: as they are set, and for a load.
_GATHERED, _GATHERED_IN_BULK = 1 << 20, 1 << 26

_SQLITE_INDEXES = """
SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({}) ORDER BY name
"""


@contextmanager
def bare(connection: Any, tables: list[str]) -> Iterator[Filled]:
    """Run a load into `tables`: in a transaction, but on PostgreSQL without one where there is no other yet.

    What a table has to itself is put back there as soon as it is filled, on a connection of its own, beside the load.
    """
    off = {"sqlite": _bare_sqlite, "postgresql": _bare_postgresql.bare}[connection.vendor]
    triggers.drop(connection)
    with connection.cursor() as cursor, off(cursor, tables) as filled:
        yield filled
    triggers.install(connection)


def guards(connection: Any, tables: list[str]) -> set[tuple[Any, ...]]:
    """Every index and constraint there is, by name and text: the same before a load and after it."""
    queries = [_SQLITE_INDEXES] if connection.vendor == "sqlite" else _bare_postgresql.GUARDS
    with connection.cursor() as cursor:
        return {row for query in queries for row in asked(cursor, query, tables)}


@contextmanager
def _bare_sqlite(cursor: Any, tables: list[str]) -> Iterator[Filled]:
    indexes = asked(cursor, _SQLITE_INDEXES, tables)
    for name, _ in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    _gather(cursor, _GATHERED_IN_BULK)
    yield lambda _tables: None
    _gather(cursor, _GATHERED)
    for _, definition in indexes:
        cursor.execute(definition)


def _gather(cursor: Any, size: int) -> None:
    cursor.execute(f"INSERT INTO {SEARCH_TEXT} ({SEARCH_TEXT}, rank) VALUES ('hashsize', {size})")
