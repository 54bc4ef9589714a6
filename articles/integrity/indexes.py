"""Indexes of tables that are in use: on PostgreSQL made and dropped while everybody goes on, on SQLite as any other."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db.migrations import AddIndex, RemoveIndex


class _InPeace:
    """For a migration with `atomic = False`; `plain` is what other databases do."""

    plain: Any

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._act("database_forwards", app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self._act("database_backwards", app_label, schema_editor, from_state, to_state)

    def _act(self, direction: str, app_label: str, schema_editor: Any, *states: Any) -> None:
        if schema_editor.connection.vendor != "postgresql":
            getattr(self.plain, direction)(self, app_label, schema_editor, *states)
            return
        with _without_hurry(schema_editor.connection):
            getattr(super(), direction)(app_label, schema_editor, *states)


class AddIndexInPeace(_InPeace, AddIndexConcurrently):
    """What an attempt that was broken off left behind is made anew."""

    plain = AddIndex

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            self._ensure_not_in_transaction(schema_editor)
            with _without_hurry(schema_editor.connection):
                schema_editor.execute(f'DROP INDEX CONCURRENTLY IF EXISTS "{self.index.name}"')
        super().database_forwards(app_label, schema_editor, from_state, to_state)


class RemoveIndexInPeace(_InPeace, RemoveIndexConcurrently):
    """A plain one keeps readers out while it waits for an open transaction."""

    plain = RemoveIndex


@contextmanager
def _without_hurry(connection: Any) -> Iterator[None]:
    """It waits for transactions that are older, and keeps nobody waiting: the patience of `migrate` is not for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('lock_timeout'), set_config('lock_timeout', '0', false)")
        (before, _) = cursor.fetchone()
        yield
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [before])
