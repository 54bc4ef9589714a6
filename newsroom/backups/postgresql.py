"""A dump of a PostgreSQL database at one moment, and its way back into place."""

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.conninfo import make_conninfo

from newsroom.backups.faults import Fault
from newsroom.backups.standing_in import Settings, standing_in

NAME = "database.dump"

#: Where an earlier database waits in its own database, and what a dump leaves out.
_REPLACED = "replaced_"

#: Seconds in which a server that was just told of its client's leaving has seen to it.
_LEAVING = 2.0

_PLAIN = ("--no-owner", "--no-privileges", "--no-comments", "--no-publications", "--no-subscriptions")


@contextmanager
def snapshot(settings: Settings, folder: Path) -> Iterator[BaseDatabaseWrapper]:
    """Dump one moment, and go on reading the very same: what is counted and hashed is what was dumped."""
    connection = connections[DEFAULT_DB_ALIAS]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        (name,) = cursor.fetchone()
        _run(
            "pg_dump",
            settings,
            *("--format=custom", "--compress=3", f"--snapshot={name}", f"--file={folder / NAME}"),
            *(*_PLAIN, f"--exclude-schema={_REPLACED}*"),
            server=connection.pg_version,  # type: ignore[attr-defined]
        )
        _run("pg_restore", settings, "--list", str(folder / NAME), connects=False)
        yield connection


def size(settings: Settings) -> int:
    """Not asked: a dump is compressed, so the size of the database says little."""
    return 0


def bring_back(
    copy: Path, settings: Settings, *, now: str, prepare: Callable[[BaseDatabaseWrapper], None]
) -> str:
    """Restore into an empty schema; what stood there steps aside, and comes back if anything fails."""
    with standing_in(settings) as connection, connection.cursor() as cursor:
        server = connection.pg_version  # type: ignore[attr-defined]
        _must_be_alone(cursor)
        with transaction.atomic():
            aside = _step_aside(cursor, now)
        try:
            _run("pg_restore", settings, "--single-transaction", *_PLAIN, str(copy), server=server)
            cursor.execute("ANALYZE")
            prepare(connection)
        except BaseException:
            with transaction.atomic():
                _come_back(cursor, aside)
            raise
    return f"schema {aside}" if aside else ""


def _must_be_alone(cursor: Any) -> None:
    """Refuse while others of the newsroom have the database open: what they write would be hidden with its tables.

    Whoever else looks in, such as a monitor under a name of its own, disturbs nobody.
    """
    cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = current_schema()")
    if cursor.fetchone() == (0,):
        return
    until = time.monotonic() + _LEAVING
    while others := _others(cursor):
        if time.monotonic() > until:
            raise Fault(
                "Somebody has the database open: stop the web server, every worker and any PgBouncer, then restore"
                f" again. Connections under our own name: {others}."
            )
        time.sleep(0.2)


def _others(cursor: Any) -> int:
    cursor.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user"
        " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
    )
    (found,) = cursor.fetchone()
    return int(found)


def _step_aside(cursor: Any, now: str) -> str:
    cursor.execute("SELECT current_schema(), count(*) FROM pg_tables WHERE schemaname = current_schema()")
    schema, tables = cursor.fetchone()
    if not tables:
        return ""
    aside = f"{_REPLACED}{now.lower()}"
    cursor.execute(f'ALTER SCHEMA "{schema}" RENAME TO {aside}')
    cursor.execute(f'CREATE SCHEMA "{schema}"')
    _move_extensions(cursor, aside, schema)
    return aside


def _move_extensions(cursor: Any, source: str, target: str) -> None:
    """Whoever drops a schema drops its extensions too; somebody else's, as a superuser's, cannot be moved by us."""
    cursor.execute(
        "SELECT extname FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace"
        " WHERE nspname = %s AND extrelocatable AND pg_has_role(extowner, 'USAGE')",
        [source],
    )
    for (extension,) in cursor.fetchall():
        cursor.execute(f'ALTER EXTENSION "{extension}" SET SCHEMA "{target}"')


def _come_back(cursor: Any, aside: str) -> None:
    cursor.execute("SELECT current_schema()")
    (schema,) = cursor.fetchone()
    if aside:
        _move_extensions(cursor, schema, aside)
    cursor.execute(f'DROP SCHEMA "{schema}" CASCADE')
    cursor.execute(f'ALTER SCHEMA {aside} RENAME TO "{schema}"' if aside else f'CREATE SCHEMA "{schema}"')


def _run(program: str, settings: Settings, *arguments: str, server: int = 0, connects: bool = True) -> None:
    """Run a program of PostgreSQL's own; passwords go by ways that no list of processes shows."""
    path = shutil.which(program)
    if path is None:
        raise Fault(f"{program} is not installed: install PostgreSQL’s client programs (postgresql-client).")
    if server and (own := _version(path)) < server // 10_000:
        raise Fault(
            f"{program} {own} is older than the server, PostgreSQL {server // 10_000}: "
            "install the client programs of the server’s version."
        )
    where = _parameters(settings)
    with _secrets(where) as environ:
        target = [f"--dbname={make_conninfo(**where)}", "--no-password"] if connects else []
        done = subprocess.run(  # noqa: S603
            [path, *target, *arguments], env=environ, capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise Fault(f"{program} failed: {done.stderr.strip() or 'it does not say why'}")


@contextmanager
def _secrets(where: dict[str, Any]) -> Iterator[dict[str, str]]:
    """Take passwords out of these parameters, and give an environment that holds them.

    That of a certificate's key has no variable. libpq finds it in a file of services.
    https://www.postgresql.org/docs/current/libpq-pgservice.html
    """
    environ = {**os.environ, "PGPASSWORD": str(where.pop("password", "") or "")}
    of_the_key = where.pop("sslpassword", None)
    if not of_the_key:
        yield environ
        return
    with tempfile.NamedTemporaryFile("w", prefix="newsroom-") as file:  # ours alone to read
        file.write(f"[newsroom]\nsslpassword={of_the_key}\n")
        file.flush()
        where["service"] = "newsroom"
        yield environ | {"PGSERVICEFILE": file.name}


def _version(path: str) -> int:
    told = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout  # noqa: S603
    found = re.search(r"(\d+)(?:\.|\s|$)", told.partition(")")[2])
    return int(found[1]) if found else 0


def _parameters(settings: Settings) -> dict[str, Any]:
    """What libpq understands of Django's settings."""
    names = {"HOST": "host", "PORT": "port", "NAME": "dbname", "USER": "user", "PASSWORD": "password"}
    found = {theirs: settings[ours] for ours, theirs in names.items() if settings.get(ours)}
    ssl = {key: value for key, value in settings.get("OPTIONS", {}).items() if key.startswith("ssl")}
    return {**found, **ssl}
