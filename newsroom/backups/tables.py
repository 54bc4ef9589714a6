"""What every table holds, as a number of rows and a hash of them: the same in a copy as in what was copied."""

import hashlib
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

#: Types of columns whose order is the server's to choose, so a hash over them must ask for one (text, varchar).
_COLLATED = {25, 1043}


@dataclass(frozen=True)
class Held:
    """One table: how many rows, and the SHA-256 over them in the order of their keys."""

    rows: int
    sha256: str


def held(connection: BaseDatabaseWrapper) -> dict[str, Held]:
    """Read every table of ours from one end to the other; what a search index is made of is left out."""
    if connection.vendor == "sqlite":
        return _of_file(Path(connection.settings_dict["NAME"]))
    with connection.cursor() as cursor:
        # How a value is written down must not depend on the server's own habits.
        cursor.execute("SET datestyle = 'ISO'; SET timezone = 'UTC'; SET extra_float_digits = 1")
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1")
        return {name: _of_table(connection, cursor, name) for (name,) in cursor.fetchall()}


def differences(wanted: dict[str, Held], found: dict[str, Held]) -> list[str]:
    """Name the tables that do not hold what they should."""
    return [
        f"{name} ({_rows(wanted.get(name))} wanted, {_rows(found.get(name))} found)"
        for name in sorted(wanted.keys() | found.keys())
        if wanted.get(name) != found.get(name)
    ]


def _rows(table: Held | None) -> str:
    return "no table" if table is None else f"{table.rows} rows"


def _of_file(path: Path) -> dict[str, Held]:
    raw = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    raw.text_factory = bytes  # as it is stored, whether or not it can be read as text
    try:
        names = raw.execute(
            "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
            "AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
        )
        return {name: _rows_of(raw, name) for name in [one.decode() for (one,) in names]}
    finally:
        raw.close()


def _rows_of(raw: sqlite3.Connection, name: str) -> Held:
    keys = [
        f'"{key.decode()}"'
        for (key,) in raw.execute("SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk", [name])
    ]
    digest, rows = hashlib.sha256(), 0
    for row in raw.execute(f'SELECT * FROM "{name}" ORDER BY {", ".join(keys) or "rowid"}'):  # noqa: S608
        digest.update(repr(row).encode())
        rows += 1
    return Held(rows, digest.hexdigest())


def _of_table(connection: BaseDatabaseWrapper, cursor: Any, name: str) -> Held:
    quoted = connection.ops.quote_name
    types = {
        column.name: column.type_code
        for column in connection.introspection.get_table_description(cursor, name)
    }
    keys = [
        f'{quoted(key)} COLLATE "C"' if types[key] in _COLLATED else quoted(key)
        for key in connection.introspection.get_primary_key_columns(cursor, name) or types
    ]
    columns = ", ".join(map(quoted, sorted(types)))
    query = f"SELECT {columns} FROM {quoted(name)} ORDER BY {', '.join(keys)}"  # noqa: S608
    cursor.execute(f"SELECT count(*) FROM {quoted(name)}")  # noqa: S608
    (rows,) = cursor.fetchone()
    digest = hashlib.sha256()
    with cursor.copy(f"COPY ({query}) TO STDOUT") as copied:
        for block in copied:
            digest.update(block)
    return Held(rows, digest.hexdigest())
