"""A migrated, empty database that a run makes once, and every other one of the run is copied from.

scripts/test.py makes it and says where it is in TEST_TEMPLATE. Where nobody did, databases are migrated one by one.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
VARIABLE = "TEST_TEMPLATE"


@contextmanager
def made(url: str) -> Iterator[dict[str, str]]:
    """Migrate a database beside the one at `url`; give what the tests' environment needs to find it."""
    with tempfile.TemporaryDirectory() as folder:
        if url.startswith("sqlite:"):
            name = f"{folder}/template.sqlite3"
            _migrate(f"sqlite:///{name}")
            yield {VARIABLE: name}
            return
        name = f"test_newsroom_template_{os.getpid()}"
        with empty(url, name) as address:
            _migrate(address)
            yield {VARIABLE: name}


@contextmanager
def empty(url: str, name: str, *, template: str = "template1") -> Iterator[str]:
    """Give the address of a PostgreSQL database of this name, which is dropped in the end."""
    names = sql.Identifier(name), sql.Identifier(template)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(names[0]))


@contextmanager
def migrated(url: str, folder: Path) -> Iterator[str]:
    """Give the address of a database of this kind, with all tables and no stories, for one test or drill."""
    template = os.environ.get(VARIABLE, "")
    if url.startswith("sqlite:"):
        file = folder / "newsroom.sqlite3"
        if template:
            shutil.copy(template, file)
        else:
            _migrate(f"sqlite:///{file}")
        yield f"sqlite:///{file}"
        return
    name = f"test_newsroom_copy_{uuid.uuid4().hex[:12]}"  # a process may have several at once
    with empty(url, name, template=template or "template1") as address:
        if not template:
            _migrate(address)
        yield address


def stand_in(database: dict[str, Any]) -> bool:
    """Have pytest-django take the template for its own database; answers whether that one is there already."""
    template = os.environ.get(VARIABLE, "")
    if not template:
        return False
    if database["ENGINE"].endswith("postgresql"):
        database["TEST"]["TEMPLATE"] = template
        return False
    name = Path(database["TEST"]["NAME"])
    # What an interrupted run left in a log beside its database would be read into this one.
    for end in ("", "-wal", "-shm"):
        name.with_name(name.name + end).unlink(missing_ok=True)
    shutil.copy(template, name)
    return True


def put_back(connection: Any) -> bool:
    """Have the database as it was made, after a test that committed; False where this cannot be done here.

    Instead of Django's `flush`, which empties seventy tables one by one and asks every app what it wants in them.
    """
    template = os.environ.get(VARIABLE, "")
    if not template:
        return False
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        # Fails in time where a thread was left writing; a copy would wait for it for ever.
        connection.connection.execute("BEGIN IMMEDIATE")
        connection.connection.execute("ROLLBACK")
        with closing(sqlite3.connect(template)) as source:
            source.backup(connection.connection)
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if not cursor.fetchone()[0]:
            return False
        cursor.execute(_EMPTY, [list(_KEPT)])
        cursor.execute(cursor.fetchone()[0])
    return True


#: What migrating leaves there, by the models alone.
_KEPT = (
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
)

#: Without the triggers that keep the record, and keys that point elsewhere; only a superuser may say so.
_EMPTY = """
SELECT 'BEGIN; SET LOCAL session_replication_role = replica; '
    || string_agg(format('DELETE FROM %%I', relname), '; ') || '; COMMIT'
FROM pg_class WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace AND relname <> ALL(%s)
"""


def _migrate(url: str) -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": url}
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(command, cwd=ROOT, env=os.environ | settings, check=True)
