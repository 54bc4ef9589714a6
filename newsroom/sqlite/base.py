"""Django's SQLite backend, except that no trigger is lost when a table is rebuilt.

SQLite cannot alter most things about a column, so Django makes a new table, copies the rows and drops
the old one. The triggers on it vanish with it, without a word, and a trigger elsewhere that names the
table makes the whole migration die. Ours are what keeps the record honest (articles.integrity), so all
of them step aside for the rebuild and come back in the same transaction.
"""

from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base, creation, schema


class SchemaEditor(schema.DatabaseSchemaEditor):
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
