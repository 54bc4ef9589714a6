"""Django's SQLite backend, except that no trigger is lost when a table is rebuilt, and that writers queue.

A migration reads those tables alone for broken foreign keys that it touched (newsroom.sqlite.touched).

SQLite cannot alter most things about a column, so Django makes a new table, copies the rows and drops
the old one. The triggers on it vanish with it, without a word, and a trigger elsewhere that names the
table makes the whole migration die. Ours are what keeps the record honest (articles.integrity), so all
of them step aside for the rebuild and come back in the same transaction.

A transaction waits for its turn first (newsroom.sqlite.queue), and so does a write outside of one.
"""

import os
import re
from pathlib import Path
from typing import Any

from django.db import IntegrityError
from django.db.backends.sqlite3 import base, creation, schema

from newsroom.sqlite import queue
from newsroom.sqlite.touched import Touched

_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)


class SchemaEditor(schema.DatabaseSchemaEditor):
    def __enter__(self) -> Any:
        entered = super().__enter__()
        self._touched = Touched(self.connection)
        self.connection.execute_wrappers.append(self._touched)
        return entered

    def __exit__(self, *exception: Any) -> None:
        """As Django's, but for the tables it reads; what it refuses is taken back at once."""
        leave = super(schema.DatabaseSchemaEditor, self).__exit__
        self.connection.execute_wrappers.remove(self._touched)
        try:
            if exception[0] is None:
                self.connection.check_constraints(self._touched.tables())
        except IntegrityError as broken:
            leave(type(broken), broken, broken.__traceback__)
            raise
        else:
            leave(*exception)
        finally:
            self.connection.enable_constraint_checking()

    def _remake_table(self, *args: Any, **kwargs: Any) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY rowid")
            triggers = cursor.fetchall()
        for name, _ in triggers:
            self.execute(f"DROP TRIGGER {self.quote_name(name)}")
        super()._remake_table(*args, **kwargs)  # type: ignore[misc]
        for _, sql in triggers:
            self.execute(sql, params=None)  # with parameters, a % in the trigger would be one


class DatabaseCreation(creation.DatabaseCreation):
    def _create_test_db(self, verbosity: int, autoclobber: bool, keepdb: bool = False) -> str:
        # A killed run leaves its write-ahead log behind; SQLite would play it into the new file.
        if not keepdb:
            for ending in ("-wal", "-shm"):
                Path(f"{self.connection.settings_dict['TEST']['NAME']}{ending}").unlink(missing_ok=True)
        name: str = super()._create_test_db(verbosity, autoclobber, keepdb)  # type: ignore[misc]
        return name


class DatabaseWrapper(base.DatabaseWrapper):
    SchemaEditorClass = SchemaEditor
    creation_class = DatabaseCreation
    _place: int | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(self._in_turn)

    def _in_turn(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if self.in_atomic_block or not self.autocommit or not _WRITES.match(sql):
            return execute(sql, params, many, context)
        self._enter()
        try:
            return execute(sql, params, many, context)
        finally:
            self._leave()

    def _start_transaction_under_autocommit(self) -> None:
        self._enter()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave()

    def _enter(self) -> None:
        if not self.is_in_memory_db():
            self._place = queue.enter(str(self.settings_dict["NAME"]))

    def _leave(self) -> None:
        """Let the next one in."""
        place, self._place = self._place, None
        if place is not None:
            os.close(place)
