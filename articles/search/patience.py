"""How long a database may look for what a reader typed before the reader is told that it takes too long."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from django.db import OperationalError, connection, transaction

#: Seconds that one statement may take. A page of search asks at most three.
SECONDS = 1.5

#: SQLite asks whether to go on each time it has run so many of its own instructions: some hundred times a second.
_INSTRUCTIONS = 20_000

#: For one transaction. The planner believes that every hit will be wanted, and so reads all editions, to join them in
#: one go, or starts helpers: both take longer than the few thousand hits that ever are.
_PLANNED = {
    "statement_timeout": str(int(SECONDS * 1000)),
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "max_parallel_workers_per_gather": "0",
}
_SET = f"SELECT {', '.join(f"set_config('{name}', %s, true)" for name in _PLANNED)}"


class TooLongError(Exception):
    """Nobody waits for the rest of this search."""


@contextmanager
def patience() -> Iterator[None]:
    """Run a statement, but no longer than `SECONDS`. Raises TooLongError."""
    limited = _on_postgresql if connection.vendor == "postgresql" else _on_sqlite
    with limited():
        yield


@contextmanager
def _on_postgresql() -> Iterator[None]:
    from psycopg.errors import QueryCanceled

    if connection.in_atomic_block:  # somebody else's transaction, which goes on after this
        yield
        return
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(_SET, list(_PLANNED.values()))
            yield
    except OperationalError as problem:
        if isinstance(problem.__cause__, QueryCanceled):
            raise TooLongError from problem
        raise


@contextmanager
def _on_sqlite() -> Iterator[None]:
    connection.ensure_connection()
    until = monotonic() + SECONDS
    database = connection.connection
    database.set_progress_handler(lambda: monotonic() > until, _INSTRUCTIONS)
    try:
        yield
    except OperationalError as problem:
        if str(problem) == "interrupted":
            raise TooLongError from problem
        raise
    finally:
        database.set_progress_handler(None, 0)
