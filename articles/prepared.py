"""Prepared queries: a queryset compiled once for the process and run again with other values.

Of what it takes to read an article the database's share is a tenth; the rest is Django composing the same SQL anew.
What is busiest is therefore written as a queryset, so that it shares `live()` with everything else, and kept as SQL.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import count
from typing import Any, NamedTuple

from django.db import Error, connection, transaction
from django.db.backends.sqlite3.base import SQLiteCursorWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet
from django.db.models.sql import UpdateQuery

type Row = tuple[Any, ...]
#: Where a value stands in a statement of Django's, or a percent sign.
_PLACE = re.compile("%[s%]")

type Type = type[datetime] | type[int] | type[str]


class Slot(NamedTuple):
    """Where a value goes."""

    name: str


class Statement(NamedTuple):
    sql: str
    parameters: list[Any]
    #: For each column that the database gives in a form of its own: its place, the converters and their expression.
    converters: list[tuple[int, list[Callable[..., Any]], Any]]


class Prepared:
    """A query with named places for values.

    `build` gets one value a name and answers with a `values_list` queryset. It must use each of them as it comes, in
    plain comparisons: it runs once, with markers, and never sees the values.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Any]], **types: Type) -> None:
        self._build = build
        self._types = types
        self._statements: dict[str, Statement] = {}

    def __call__(self, **values: Any) -> list[Row]:
        """Run the query and give its rows."""
        return [*map(self.converted, self.raw(**values))]

    def raw(self, **values: Any) -> list[Row]:
        """The same as the driver gives them, made of values that can be compared; `converted` makes rows of them."""
        with self._running(values) as cursor:
            return cursor.fetchall()

    def converted(self, row: Row) -> Row:
        cells = list(row)
        for place, functions, expression in self._statements[connection.vendor].converters:
            for function in functions:
                cells[place] = function(cells[place], expression, connection)
        return tuple(cells)

    def written(self, **values: Any) -> tuple[str, list[Any]]:
        """Give its SQL and parameters, for a statement that it is a part of."""
        statement = self._statements.get(connection.vendor) or self._prepare()
        adapted = {name: _adapted(value) for name, value in values.items()}
        return statement.sql, [adapted[p.name] if isinstance(p, Slot) else p for p in statement.parameters]

    @contextmanager
    def _running(self, values: dict[str, Any]) -> Iterator[CursorWrapper]:
        sql, parameters = self.written(**values)
        with _cursor() as cursor:
            cursor.execute(sql, parameters)
            yield cursor

    def _prepare(self) -> Statement:
        markers = {name: _marker(number, kind) for number, (name, kind) in enumerate(self._types.items())}
        compiler = self._compiler(markers)
        sql, parameters = compiler.as_sql()
        slots = {_adapted(marker): Slot(name) for name, marker in markers.items()}
        placed = [slots.get(parameter, parameter) for parameter in parameters]
        if missing := self._types.keys() - {p.name for p in placed if isinstance(p, Slot)}:
            raise TypeError(f"the query does not compare with {', '.join(sorted(missing))} as it comes")
        converters = compiler.get_converters(column for column, _, _ in compiler.select or ())
        kept = [(place, functions, expression) for place, (functions, expression) in converters.items()]
        if connection.vendor == "postgresql":
            sql, placed = _spelt_out(sql, placed)
        statement = self._statements[connection.vendor] = Statement(sql, placed, kept)
        return statement

    def _compiler(self, markers: dict[str, Any]) -> Any:
        return self._build(**markers).query.get_compiler(connection=connection)


class PreparedUpdate(Prepared):
    """The same for an update: `build` gives a queryset of one table, and what to set; the call, how many rows matched.

    A value that is set, and not compared with, may be None.
    """

    def __init__(
        self, build: Callable[..., tuple[QuerySet[Any, Any], dict[str, Any]]], **types: Type
    ) -> None:
        super().__init__(build, **types)  # type: ignore[arg-type]

    def __call__(self, **values: Any) -> int:  # type: ignore[override]
        with self._running(values) as cursor:
            return cursor.rowcount

    def _compiler(self, markers: dict[str, Any]) -> Any:
        matching, changes = self._build(**markers)
        query: Any = matching.query.chain(UpdateQuery)
        query.add_update_values(changes)
        return query.get_compiler(connection=connection)


def one_after_the_other(*updates: tuple[PreparedUpdate, dict[str, Any]]) -> list[int]:
    """Run updates with their values in one transaction; how many rows each matched.

    PostgreSQL is sent all of them at once, in their order: what it hears up to a synchronisation is one transaction,
    so that all of them and their commit cost one exchange. Raises django.db.Error, and lets a broken connection go.
    """
    if connection.vendor != "postgresql":
        with transaction.atomic():
            return [update(**values) for update, values in updates]
    connection.ensure_connection()
    try:
        with connection.wrap_database_errors:
            return _at_once(updates)
    except Error:
        if not connection.in_atomic_block and not connection.is_usable():
            connection.close()
        raise


def _at_once(updates: Sequence[tuple[PreparedUpdate, dict[str, Any]]]) -> list[int]:
    """The end of the pipeline is the synchronisation; until then no cursor knows how many rows it matched."""
    with ExitStack() as open_cursors:
        with connection.connection.pipeline():
            cursors = [open_cursors.enter_context(update._running(values)) for update, values in updates]
        return [cursor.rowcount for cursor in cursors]


@contextmanager
def _cursor() -> Iterator[CursorWrapper]:
    """Open a cursor that knows its statements: on PostgreSQL the server may keep them too.

    There, planning takes longer than running. Django's usual cursor writes the values into the statement, so that
    no two are the same; this one sends them apart, and psycopg has the statement planned once a connection
    (where DATABASE_POOL keeps connections: newsroom.locations), for all values alike (decision 53).
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.cursor = _keeping_cursor()(connection.connection)
        elif connection.vendor == "sqlite":
            cursor.cursor = connection.connection.cursor(factory=_KnowingCursor)
        yield cursor


class _KnowingCursor(SQLiteCursorWrapper):
    """For statements whose values have no names."""

    def convert_query(self, query: str, *, param_names: list[str] | None = None) -> str:
        return _questioned(query)


@cache
def _keeping_cursor() -> Any:
    from psycopg import RawCursor

    class KeepingCursor(RawCursor):
        def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
            return super().execute(_numbered(query), params, prepare=True, **options)

    return KeepingCursor


def _spelt_out(sql: str, parameters: Sequence[Any]) -> tuple[str, list[Any]]:
    """Write into a statement what is the same each time: the server makes one plan for all values, not knowing any.

    It takes a partial index only where it sees the condition.
    """
    from psycopg.sql import Literal

    connection.ensure_connection()
    values = iter(parameters)

    def spelt(place: re.Match[str]) -> str:
        if place[0] == "%%":
            return place[0]
        value = next(values)
        if isinstance(value, Slot):
            return place[0]
        return Literal(value).as_string(connection.connection).replace("%", "%%")

    return _PLACE.sub(spelt, sql), [value for value in parameters if isinstance(value, Slot)]


@cache
def _questioned(sql: str) -> str:
    """Mark the places for values as SQLite does; Django would seek them each time anew."""
    return _PLACE.sub(lambda found: "%" if found[0] == "%%" else "?", sql)


@cache
def _numbered(sql: str) -> str:
    """Number the places for values, as PostgreSQL does; psycopg would seek them in a long statement each time anew."""
    numbers = count(1)
    return _PLACE.sub(lambda found: "%" if found[0] == "%%" else f"${next(numbers)}", sql)


def _marker(number: int, kind: Type) -> Any:
    """Make a value that no query holds of its own accord."""
    if kind is datetime:
        return datetime(1066, 10, 14, tzinfo=UTC) + timedelta(seconds=number)
    # Within the range of every integer column, or Django leaves the comparison out.
    return 2_147_000_000 + number if kind is int else f"\0{number}"


def _adapted(value: Any) -> Any:
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, datetime) else value
