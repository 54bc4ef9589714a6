"""Takes indexes and constraints off PostgreSQL's tables for a load, and puts them back on all processors."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import Any

#: Tells that these tables have all their rows.
type Filled = Callable[[list[str]], None]

#: All but primary keys and checks; what others refer to goes last, and comes back first.
_CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), confrelid::regclass::text FROM pg_constraint
WHERE conrelid::regclass::text IN ({}) AND contype IN ('f', 'u', 'x') ORDER BY contype = 'f' DESC, conname
"""
_INDEXES = """
SELECT i.indexrelid::regclass::text, i.indrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
WHERE i.indrelid::regclass::text IN ({}) AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)
ORDER BY 1
"""
_LARGEST_FIRST = """
SELECT oid::regclass::text FROM pg_class WHERE oid::regclass::text IN ({}) ORDER BY pg_total_relation_size(oid) DESC
"""
GUARDS = [_CONSTRAINTS, _INDEXES]

#: The words of search, which one processor takes minutes for, gain from it; the others need not be beside each other.
_SETTINGS = ("maintenance_work_mem = '2GB'", "max_parallel_maintenance_workers = 0")


@dataclass
class _Guards:
    """Statements that put back what was taken off: by table what it has to itself, and what is between tables."""

    own: dict[str, list[str]]
    between: list[tuple[set[str], str]]


@contextmanager
def bare(cursor: Any, tables: list[str]) -> Iterator[Filled]:
    if not cursor.db.in_atomic_block:
        with _beside_the_load(cursor, _taken_off(cursor, tables)) as filled:
            yield filled
        return
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    guards = _taken_off(cursor, tables)
    yield lambda _tables: None
    for statement in chain(*guards.own.values(), (added for _, added in guards.between)):
        cursor.execute(statement)


def _taken_off(cursor: Any, tables: list[str]) -> _Guards:
    guards = _Guards({table: [] for table in tables}, [])
    for table, name, definition, other in asked(cursor, _CONSTRAINTS, tables):
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        added = f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}'
        if other == "-":
            guards.own[table].append(added)
        else:
            guards.between.append(({table, other} & {*tables}, added))
    for name, table, definition in asked(cursor, _INDEXES, tables):
        cursor.execute(f"DROP INDEX {name}")
        guards.own[table].append(definition)
    return guards


@contextmanager
def _beside_the_load(cursor: Any, guards: _Guards) -> Iterator[Filled]:
    """What a table has to itself is put back as soon as it is filled, on a connection of its own."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        begun = dict[str, Future[None]]()

        def filled(tables: list[str]) -> None:
            for (table,) in asked(cursor, _LARGEST_FIRST, tables):
                begun[table] = pool.submit(_on_own_connection, [f"VACUUM {table}", *guards.own[table]])

        yield filled
        first = next(iter(begun))  # takes longest: what is between it and another comes last
        for both, added in sorted(guards.between, key=lambda one: first in one[0]):
            for table in both:
                begun[table].result()
            cursor.execute(added)
        for job in begun.values():
            job.result()


def _on_own_connection(statements: list[str]) -> None:
    from django.db import connection  # another one in each thread

    with closing(connection), connection.cursor() as cursor:
        for setting in _SETTINGS:
            cursor.execute(f"SET {setting}")
        for statement in statements:
            cursor.execute(statement)


def asked(cursor: Any, query: str, tables: list[str]) -> list[Any]:
    cursor.execute(query.format(", ".join(f"'{table}'" for table in tables)))
    return cursor.fetchall()
