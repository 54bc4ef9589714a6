"""Tells in which tables a migration may have left a foreign key that names nothing, so that no others need be read.

Django's schema editor turns foreign keys off, and reads the whole database when it has done (PRAGMA foreign_key_check):
in a large archive for seconds, after each migration, while everybody else waits to write.
"""

import re
from typing import Any

#: What writes no rows, or none that were there before.
_NOTHING = re.compile(
    r"\s*(SELECT|PRAGMA|SAVEPOINT|RELEASE|ROLLBACK|CREATE\s+TABLE|(CREATE|DROP)\s+(UNIQUE\s+)?(INDEX|TRIGGER))\b",
    re.IGNORECASE,
)
_ROWS_CAME = re.compile(r'\s*INSERT\s+INTO\s+"?(\w+)', re.IGNORECASE)
_ROWS_CHANGED = re.compile(r'\s*(?:UPDATE|DELETE\s+FROM)\s+"?(\w+)', re.IGNORECASE)
_TABLE_CHANGED = re.compile(
    r'\s*(?:DROP|ALTER)\s+TABLE\s+"?(\w+)(?:"?\s+RENAME\s+TO\s+"?(\w+))?', re.IGNORECASE
)

_TRIGGERED = "SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? LIMIT 1"
_CHILDREN = """
SELECT child.name, parent."table" FROM sqlite_master child, pragma_foreign_key_list(child.name) parent
WHERE child.type = 'table'
"""


class Touched:
    """Takes note of statements, as a wrapper of them (`connection.execute_wrappers`).

    A statement it does not know, and rows that set off a trigger, may have touched any table.
    """

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._own: set[str] = set()
        self._named: set[str] = set()
        self._any = False

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self._note(sql)
        return execute(sql, params, many, context)

    def tables(self) -> list[str] | None:
        """Those to be read, by name: written ones, and ones that name a row of them. None: all there are."""
        if self._any:
            return None
        found = self._asked(_CHILDREN)
        naming = {child for child, parent in found if parent in self._named}
        there = {name for (name,) in self._asked("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return sorted((self._own | self._named | naming) & there)

    def _note(self, sql: str) -> None:
        if _NOTHING.match(sql):
            return
        if came := _ROWS_CAME.match(sql):
            self._rows(came[1], self._own)
        elif changed := _ROWS_CHANGED.match(sql):
            self._rows(changed[1], self._named)
        elif table := _TABLE_CHANGED.match(sql):
            self._named.update(filter(None, table.groups()))
        else:
            self._any = True

    def _rows(self, table: str, kept: set[str]) -> None:
        if table not in kept:
            kept.add(table)
            self._any = self._any or bool(self._asked(_TRIGGERED, table))

    def _asked(self, sql: str, *values: str) -> list[Any]:
        """Past the wrappers, of which this is one."""
        found: list[Any] = self._connection.connection.execute(sql, values).fetchall()
        return found
