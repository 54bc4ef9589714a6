"""Takes indexes, constraints between tables and triggers off for a load, and puts back what was there.

They are quicker made over all rows at the end, and made then they are proved: by then every row is looked at.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from articles.integrity import triggers
from articles.search.sqlite import TABLE as SEARCH_TEXT

#: Bytes of new words that SQLite's search gathers before it writes them: as they are set, and for a load.
_GATHERED, _GATHERED_IN_BULK = 1 << 20, 1 << 26

_SQLITE_INDEXES = """
SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({}) ORDER BY name
"""
#: All but primary keys and checks; what others refer to goes last, and comes back first.
_CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid::regclass::text IN ({}) AND contype IN ('f', 'u', 'x') ORDER BY contype = 'f' DESC, conname
"""
_INDEXES = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
WHERE i.indrelid::regclass::text IN ({}) AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)
ORDER BY 1
"""


@contextmanager
def bare(connection: Any, tables: list[str]) -> Iterator[None]:
    """Run a load into `tables`. Expects an open transaction."""
    off = {"sqlite": _bare_sqlite, "postgresql": _bare_postgresql}[connection.vendor]
    triggers.drop(connection)
    with connection.cursor() as cursor, off(cursor, tables):
        yield
    triggers.install(connection)


def guards(connection: Any, tables: list[str]) -> set[tuple[str, ...]]:
    """Every index and constraint there is, by name and text: the same before a load and after it."""
    queries = [_SQLITE_INDEXES] if connection.vendor == "sqlite" else [_CONSTRAINTS, _INDEXES]
    with connection.cursor() as cursor:
        return {row for query in queries for row in _asked(cursor, query, tables)}


@contextmanager
def _bare_sqlite(cursor: Any, tables: list[str]) -> Iterator[None]:
    indexes = _asked(cursor, _SQLITE_INDEXES, tables)
    for name, _ in indexes:
        cursor.execute(f'DROP INDEX "{name}"')
    _gather(cursor, _GATHERED_IN_BULK)
    yield
    _gather(cursor, _GATHERED)
    for _, definition in indexes:
        cursor.execute(definition)


def _gather(cursor: Any, size: int) -> None:
    cursor.execute(f"INSERT INTO {SEARCH_TEXT} ({SEARCH_TEXT}, rank) VALUES ('hashsize', {size})")


@contextmanager
def _bare_postgresql(cursor: Any, tables: list[str]) -> Iterator[None]:
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    constraints = _asked(cursor, _CONSTRAINTS, tables)
    for table, name, _ in constraints:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    indexes = _asked(cursor, _INDEXES, tables)
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
    for _, definition in indexes:
        cursor.execute(definition)
    for table, name, definition in reversed(constraints):
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')


def _asked(cursor: Any, query: str, tables: list[str]) -> list[Any]:
    cursor.execute(query.format(", ".join(f"'{table}'" for table in tables)))
    return cursor.fetchall()
