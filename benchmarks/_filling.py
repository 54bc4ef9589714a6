"""Fills an empty, migrated database with an archive: rows made on every processor, handed over in bulk, then proved."""

import gc
import multiprocessing
import os
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from itertools import batched, groupby, starmap
from typing import Any

import django

from benchmarks._furniture import furnish
from benchmarks._stories import SEED, Furniture

BATCH = 500
#: A load smaller than this is over before another process has started.
WORTH_PROCESSES = 5_000
_AHEAD = 3


def fill(number: int, *, seed: int = SEED, lap: Callable[[str], None] = lambda part: None) -> Counter[str]:
    """Write so many stories, and give the number of rows by table. The same number and seed make the same archive.

    `lap` is told when a part of it is done.
    """
    from django.core.management.color import no_style
    from django.db import connection, transaction

    from articles.models import SearchWord, Story
    from benchmarks._bare import bare, guards
    from benchmarks._rows import RECORD, SEARCH, Writer

    if Story.objects.exists():
        raise SystemExit("There are stories here already: an archive is made in an empty database.")
    in_pieces = connection.vendor == "postgresql" and not connection.in_atomic_block
    with _hurried(connection), nullcontext() if in_pieces else transaction.atomic():
        furniture = furnish()
        writer = Writer(connection.vendor)
        tables = [table.name for table in writer.tables.values()]
        before = guards(connection, tables)
        counts, words = Counter[str](), set[str]()
        steps = [[SEARCH], [RECORD]] if in_pieces else [[SEARCH, RECORD]]
        with bare(connection, tables) as filled:
            for parts, loads in groupby(
                _loads(connection.vendor, number, furniture, seed, steps), lambda load: load.parts
            ):
                for load in loads:
                    _hand_over(connection, writer, load)
                    counts += load.counts
                    words |= load.words
                filled([table for part in parts for table in writer.parts[part]])
                lap(f"rows of {' and '.join(parts)}")
        lap("indexes")
        if guards(connection, tables) != before:
            raise SystemExit("An index or a constraint did not come back.")
        SearchWord.objects.bulk_create([SearchWord(word=word) for word in sorted(words)])
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), list(_models(writer))):
                cursor.execute(statement)
    # A server that has run for a minute knows what its tables hold; a load this sudden leaves it guessing.
    # SQLite never does, and is not to (docs/decisions/0052).
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE" if connection.in_atomic_block else "VACUUM ANALYZE")
        lap("analysed")
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


@dataclass(frozen=True)
class _Load:
    """Rows of some stories, by table, in the form in which they are handed over: COPY takes bytes."""

    parts: list[str]
    rows: dict[str, Any]
    counts: Counter[str]
    words: set[str]


def _loads(
    vendor: str, number: int, furniture: Furniture, seed: int, steps: list[list[str]]
) -> Iterator[_Load]:
    """Rows of all stories, the oldest first: of all of them those parts that come first, and then the others."""
    portions = [(parts, numbers) for parts in steps for numbers in batched(reversed(range(number)), BATCH)]
    if number < WORTH_PROCESSES:
        _begin(vendor, number, furniture, seed)
        yield from starmap(_made, portions)
        return
    processes = int(os.environ.get("BENCH_PROCESSES") or os.cpu_count() or 1)
    context = multiprocessing.get_context("spawn")
    arguments = (vendor, number, furniture, seed)
    with ProcessPoolExecutor(processes, context, initializer=_begin_apart, initargs=arguments) as pool:
        waiting = deque[Future[_Load]]()
        for portion in portions:
            waiting.append(pool.submit(_made, *portion))
            if len(waiting) > _AHEAD * processes:
                yield waiting.popleft().result()
        yield from (made.result() for made in waiting)


def _begin_apart(*arguments: Any) -> None:
    django.setup()
    _begin(*arguments)
    gc.disable()  # rows name nothing that names them; to look for that takes a tenth of the time


def _begin(vendor: str, number: int, furniture: Furniture, seed: int) -> None:
    """Know what all portions share."""
    from benchmarks._rows import Writer

    _KNOWN["made"] = partial(_portion, Writer(vendor), of=number, furniture=furniture, seed=seed)


_KNOWN: dict[str, Callable[[list[str], tuple[int, ...]], _Load]] = {}


def _made(parts: list[str], numbers: tuple[int, ...]) -> _Load:
    return _KNOWN["made"](parts, numbers)


def _portion(writer: Any, parts: list[str], numbers: tuple[int, ...], **archive: Any) -> _Load:
    batch = writer.batch(numbers, parts=parts, **archive)
    counts = Counter({table: len(rows) for table, rows in batch.rows.items()})
    rows = {table: writer.handed(rows) for table, rows in batch.rows.items()}
    return _Load(parts, rows, counts, batch.words)


def _hand_over(connection: Any, writer: Any, load: _Load) -> None:
    for table in writer.tables.values():
        if not (rows := load.rows.get(table.name)):
            continue
        columns = ", ".join(f'"{column}"' for column in table.columns)
        if connection.vendor == "postgresql":
            with (
                connection.cursor() as cursor,
                cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy,
            ):
                copy.write(rows)
        else:
            places = ", ".join("?" * len(table.columns))
            sql = f"INSERT INTO {table.name} ({columns}) VALUES ({places})"
            connection.connection.executemany(sql, rows)


def _models(writer: Any) -> Iterator[Any]:
    return (model for model in writer.tables if not isinstance(model, str))
