"""`migrate`, as Django has it, but that readers never wait for it.

A change of a table waits for whoever uses it, and whoever comes after that waits behind the change: one long query, and
the site stands still. So on PostgreSQL a change gives up after two seconds, lets everybody through, and tries again.
"""

import time
from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from psycopg.errors import LockNotAvailable

PATIENCE = "2s"
TRIES = 10
PAUSE = 3.0


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if connection.vendor != "postgresql":
            super().handle(*args, **options)
            return
        for left in reversed(range(TRIES)):
            _wait_at_most(connection, PATIENCE)
            try:
                super().handle(*args, **options)
            except OperationalError as fault:
                if not isinstance(fault.__cause__, LockNotAvailable):
                    raise
                self.stderr.write(f"A table is in use; {left} tries are left.")
                time.sleep(PAUSE if left else 0)
            else:
                _wait_at_most(connection, "0")
                return
        raise CommandError(
            "Somebody holds a table for longer than readers can wait: see pg_stat_activity for a long transaction. "
            "What was done so far stands, and the rest was undone; run migrate again."
        )


def _wait_at_most(connection: Any, patience: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [patience])
