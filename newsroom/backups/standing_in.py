"""Lets another database stand where the newsroom's own does, for this thread and for a while.

So a copy is read, verified and fenced by the same code as the original.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

type Settings = Mapping[str, Any]


@contextmanager
def standing_in(settings: Settings) -> Iterator[BaseDatabaseWrapper]:
    """Give every query of this thread to the database of these settings."""
    before = connections[DEFAULT_DB_ALIAS]
    # Pools are known by the alias: this one must not be given connections to the other database.
    options = {name: value for name, value in settings["OPTIONS"].items() if name != "pool"}
    other = load_backend(settings["ENGINE"]).DatabaseWrapper(
        {**settings, "OPTIONS": options}, DEFAULT_DB_ALIAS
    )
    connections[DEFAULT_DB_ALIAS] = other
    try:
        yield other
    finally:
        other.close()
        connections[DEFAULT_DB_ALIAS] = before


def at(path: Path, settings: Settings, *, read_only: bool = False) -> Settings:
    """The settings of a SQLite file that stands in for the database of `settings`, without a log beside it."""
    words = "PRAGMA recursive_triggers=ON; PRAGMA temp_store=MEMORY"
    options = {
        **settings["OPTIONS"],
        "init_command": f"{words}; PRAGMA query_only=ON" if read_only else words,
    }
    return {**settings, "NAME": str(path), "OPTIONS": options, "CONN_MAX_AGE": 0}
