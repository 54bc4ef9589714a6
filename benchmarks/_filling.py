"""Fills an empty, migrated database with an archive: rows made on every processor, handed over in bulk, then proved."""

import multiprocessing
import os
from collections import Counter, deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import cache
from itertools import batched
from typing import Any

import django

from benchmarks._furniture import furnish
from benchmarks._stories import SEED, Furniture

BATCH = 500
#: A load smaller than this is over before another process has started.
WORTH_PROCESSES = 5_000
_AHEAD = 3


def fill(number: int, *, seed: int = SEED) -> Counter[str]:
    """Write so many stories, and give the number of rows by table. The same number and seed make the same archive."""
    from django.core.management.color import no_style
    from django.db import connection, transaction

    from articles.models import SearchWord, Story
    from benchmarks._bare import bare, guards
    from benchmarks._rows import Writer

    if Story.objects.exists():
        raise SystemExit("There are stories here already: an archive is made in an empty database.")
    with _hurried(connection), transaction.atomic():
        furniture = furnish()
        writer = Writer(connection.vendor)
        tables = [table.name for table in writer.tables.values()]
        before = guards(connection, tables)
        counts, words = Counter[str](), set[str]()
        with bare(connection, tables):
            for batch in _batches(connection.vendor, number, furniture, seed):
                _hand_over(connection, writer, batch)
                counts.update({table: len(rows) for table, rows in batch.rows.items()})
                words |= batch.words
        if guards(connection, tables) != before:
            raise SystemExit("An index or a constraint did not come back.")
        SearchWord.objects.bulk_create([SearchWord(word=word) for word in sorted(words)])
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(_models(writer))):
                cursor.execute(statement)
    # A server that has run for a minute knows what its tables hold; a load this sudden leaves it guessing.
    with connection.cursor() as cursor:
        settled = connection.vendor == "sqlite" or connection.in_atomic_block
        cursor.execute("ANALYZE" if settled else "VACUUM ANALYZE")
    return counts


@contextmanager
def _hurried(connection: Any) -> Iterator[None]:
    """Ask the database for no care: what a cut of power would spoil is thrown away and made again."""
    if connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        for hurry in _HURRIES[connection.vendor]:
            cursor.execute(hurry)
    yield
    connection.close()  # and the next connection is as careful as ever


_HURRIES = {
    "sqlite": (
        "PRAGMA journal_mode = DELETE",
        "PRAGMA journal_mode = OFF",
        "PRAGMA synchronous = OFF",
        "PRAGMA locking_mode = EXCLUSIVE",
        "PRAGMA foreign_keys = OFF",
        "PRAGMA cache_size = -1000000",
        "PRAGMA temp_store = MEMORY",
    ),
    "postgresql": ("SET synchronous_commit = off",),
}


def _batches(vendor: str, number: int, furniture: Furniture, seed: int) -> Iterator[Any]:
    """Rows of all stories, the oldest first."""
    portions = (list(numbers) for numbers in batched(reversed(range(number)), BATCH))
    arguments = (number, furniture, seed)
    if number < WORTH_PROCESSES:
        yield from (_made(vendor, numbers, *arguments) for numbers in portions)
        return
    context, processes = (
        multiprocessing.get_context("spawn"),
        int(os.environ.get("BENCH_PROCESSES") or os.cpu_count() or 1),
    )
    with ProcessPoolExecutor(processes, mp_context=context, initializer=django.setup) as pool:
        waiting = deque[Future[Any]]()
        for numbers in portions:
            waiting.append(pool.submit(_made, vendor, numbers, *arguments))
            if len(waiting) > _AHEAD * processes:
                yield waiting.popleft().result()
        yield from (made.result() for made in waiting)


def _made(vendor: str, numbers: list[int], of: int, furniture: Furniture, seed: int) -> Any:
    return _writer(vendor).batch(numbers, of, furniture, seed=seed)


@cache
def _writer(vendor: str) -> Any:
    from benchmarks._rows import Writer

    return Writer(vendor)


def _hand_over(connection: Any, writer: Any, batch: Any) -> None:
    for table in writer.tables.values():
        if not (rows := batch.rows.get(table.name)):
            continue
        columns = ", ".join(f'"{column}"' for column in table.columns)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
                    copy.write("".join(map(_line, rows)))
            else:
                places = ", ".join("?" * len(table.columns))
                sql = f"INSERT INTO {table.name} ({columns}) VALUES ({places})"
                connection.connection.executemany(sql, rows)


def _line(row: tuple[Any, ...]) -> str:
    """A row as COPY reads it."""
    return "\t".join("\\N" if value is None else _escaped(value) for value in row) + "\n"


def _escaped(value: Any) -> str:
    text = str(value)
    return (
        text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
        if isinstance(value, str)
        else text
    )


def _models(writer: Any) -> Iterator[Any]:
    return (model for model in writer.tables if not isinstance(model, str))
