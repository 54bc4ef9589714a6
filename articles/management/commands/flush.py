"""`flush` for test databases only: the record cannot be emptied while its triggers stand, so they step aside."""

from pathlib import PurePath
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands.flush import Command as DjangoFlush
from django.db import connections

from articles.integrity import triggers


class Command(DjangoFlush):
    help = "Empties a test database. Refused anywhere else: the editorial record is append-only."

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if not _is_test_database(str(connection.settings_dict["NAME"])):
            raise CommandError("The editorial record is append-only: only a test database can be flushed.")
        triggers.drop(connection)
        try:
            super().handle(*args, **options)
        finally:
            triggers.install(connection)


def _is_test_database(name: str) -> bool:
    return PurePath(name).name.startswith("test_") or name.startswith("file:memorydb")
