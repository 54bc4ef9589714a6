"""Says which migrations would hurt a site that runs: the old code cannot live with them, or they stop everybody.

While a new version is put up, the database is new already and the code still old (docs/operations.md): so a migration
only adds, and whatever the old code writes must still fit. And no table is held for as long as its rows take.

A migration that breaks a rule for a reason says so: `harmless = "no release ever wrote it"` in its class.
`python -m scripts.migrations`; drills.d8_upgrade does an upgrade under load.
"""

import os
import sys
from collections.abc import Iterator

import django
from django.db import migrations
from django.db.backends.postgresql.base import DatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState
from django.db.models import Field

from articles.integrity.indexes import AddIndexInPeace, RemoveIndexInPeace

#: The last of each app before there was a site to keep running.
BEFORE_THE_FIRST_SITE = {"accounts": 2, "articles": 20, "alerts": 10, "newsroom": 0}

#: Asked for its types of columns; it never connects.
POSTGRESQL = DatabaseWrapper({"ENGINE": "django.db.backends.postgresql", "NAME": "", "OPTIONS": {}})

TAKES_AWAY = (
    migrations.RemoveField,
    migrations.DeleteModel,
    migrations.RenameField,
    migrations.RenameModel,
    migrations.AlterModelTable,
)
RUNS = (migrations.RunPython, migrations.RunSQL)


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    found = list(everywhere())
    for fault in found:
        print(fault)
    print(
        f"{len(found)} migrations to think about again."
        if found
        else "Every migration can be made while the site runs."
    )
    return bool(found)


def everywhere() -> Iterator[str]:
    loader = MigrationLoader(None)
    for (app, name), migration in sorted(loader.disk_migrations.items()):
        if app in BEFORE_THE_FIRST_SITE and int(name[:4]) > BEFORE_THE_FIRST_SITE[app]:
            before = loader.project_state(migration.dependencies)
            for fault in faults(migration, before):
                yield f"{app} {name}: {fault}"


def faults(migration: Migration, before: ProjectState) -> Iterator[str]:
    """What would hurt in one migration; nothing where it says why it does not."""
    if getattr(migration, "harmless", ""):
        return
    state, made = before.clone(), set()
    for operation in migration.operations:
        flat = getattr(operation, "database_operations", [operation])
        for one in flat:
            if isinstance(one, migrations.CreateModel):
                made.add(one.name_lower)
            elif getattr(one, "model_name_lower", None) not in made:
                yield from _faults(one, migration.app_label, state)
        operation.state_forwards(migration.app_label, state)


def _faults(operation: object, app: str, state: ProjectState) -> Iterator[str]:
    match operation:
        case migrations.AddField(field=field):
            yield from _added(operation.name, field)
        case migrations.AlterField(field=field):
            yield from _altered(
                operation.name, state.models[app, operation.model_name_lower].fields[operation.name], field
            )
        case AddIndexInPeace() | RemoveIndexInPeace():
            pass
        case migrations.AddIndex(index=index):
            yield f"the index {index.name} stops all writing while it is made: use AddIndexInPeace"
        case migrations.RemoveIndex(name=name):
            yield f"to drop the index {name} keeps everybody out while it waits its turn: use RemoveIndexInPeace"
        case migrations.AddConstraint(constraint=constraint):
            yield f"the constraint {constraint.name} keeps everybody out while rows are checked: NOT VALID first"
        case _ if isinstance(operation, TAKES_AWAY):
            yield f"{type(operation).__name__} takes away what the old code uses: one release later"
        case _ if isinstance(operation, RUNS):
            yield f"{type(operation).__name__}: say why it holds no table for long and fits the old code"


def _added(name: str, field: Field) -> Iterator[str]:
    if field.many_to_many or getattr(field, "generated", False):
        return
    if not field.null and not field.has_db_default():
        yield f"{name} must not be empty, and the old code leaves it out: give it a db_default, or null"
    yield from _indexed(name, field)


def _altered(name: str, old: Field, new: Field) -> Iterator[str]:
    if old.null and not new.null:
        yield f"{name} must not be empty any more, and the old code leaves it so"
    if _rewrites(old.db_type(POSTGRESQL), new.db_type(POSTGRESQL)):
        yield f"{name} changes its type, and every row is written anew: add another field, and fill it"
    if not (old.db_index or old.unique):
        yield from _indexed(name, new)


def _rewrites(old: str | None, new: str | None) -> bool:
    """A longer varchar, or text instead, costs nothing."""
    if old == new:
        return False
    if old and new and old.startswith("varchar"):
        return not (new == "text" or (new.startswith("varchar") and _length(new) >= _length(old)))
    return True


def _length(varchar: str) -> int:
    return int(varchar.partition("(")[2].rstrip(")") or 0)


def _indexed(name: str, field: Field) -> Iterator[str]:
    if field.unique or field.db_index:
        yield f"the index of {name} stops all writing while it is made: db_index=False, and AddIndexInPeace"


if __name__ == "__main__":
    sys.exit(main())
