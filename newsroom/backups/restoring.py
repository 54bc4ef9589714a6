"""Brings a backup back: read whole first, then the files, then the database, compared row by row and fenced.

The database comes into its place last and at once, so that a restore which fails leaves what was there.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import structlog
from django.core.cache import cache
from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader

from accounts.models import User
from alerts.models import Subscriber
from articles.desk import heartbeat
from articles.integrity.triggers import faults as missing_guards
from articles.models import Story
from newsroom.backups import keeping, manifest, media, tables
from newsroom.backups.faults import Fault
from newsroom.backups.fencing import fence
from newsroom.backups.making import VENDORS
from newsroom.backups.manifest import Manifest
from newsroom.backups.standing_in import Settings, standing_in

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Restored:
    """What is there now: how many files were put back, and where the earlier database went, if there was one."""

    manifest: Manifest
    files: int
    earlier: str


def check(folder: Path) -> Manifest:
    """Read the whole backup and compare it with its manifest. Raises Fault; touches nothing."""
    told = manifest.read(folder)
    if wrong := manifest.faults(folder, told):
        more = f", and {len(wrong) - 1} more" if len(wrong) > 1 else ""
        raise Fault(f"This backup is damaged: {wrong[0]}{more}. Take an earlier one.")
    return told


def restore(
    folder: Path, where: Settings, *, now: datetime, over: bool = False, say: Callable[[str], None] = print
) -> Restored:
    """Bring the backup into the database of `where` and into the newsroom's storage. Raises Fault."""
    say("Reading the backup …")
    told = check(folder)
    _must_suit(told, where)
    _must_be_free(where, now, over=over)
    say("Pictures …")
    files = media.bring_back(folder)
    say("Database …")
    vendor = VENDORS[told.vendor]
    prepare = partial(_compare_and_fence, told, now)
    earlier = vendor.bring_back(folder / vendor.NAME, where, now=keeping.name_of(now), prepare=prepare)
    _forget_cached()
    return Restored(told, files, earlier)


def _compare_and_fence(told: Manifest, now: datetime, connection: BaseDatabaseWrapper) -> None:
    """Every row first, as it was copied; only then is anything changed."""
    if wrong := tables.differences(told.tables, tables.held(connection)):
        raise Fault(f"What was restored is not what was copied: {', '.join(wrong)}.")
    if unguarded := missing_guards(connection):
        log.warning("guards of the record are missing: run manage.py migrate", guards=unguarded)
    fence(told, now)


def _must_suit(told: Manifest, where: Settings) -> None:
    vendor = "sqlite" if where["ENGINE"] == "newsroom.sqlite" else "postgresql"
    if told.vendor != vendor:
        raise Fault(f"This is a backup of {told.vendor}, and DATABASE_URL names {vendor}.")
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations or {}}
    if unknown := sorted(set(told.migrations) - known):
        raise Fault(
            f"This backup was made by a later version of the newsroom, which knows {unknown[0]}: install that version."
        )


def _must_be_free(where: Settings, now: datetime, *, over: bool) -> None:
    """Refuse to hide what somebody may need, and to pull a database away from under a worker."""
    try:
        with standing_in(where):
            content = [
                model._meta.verbose_name_plural
                for model in (User, Story, Subscriber)
                if model.objects.exists()
            ]
            age = heartbeat.age_of_living(now) if content else None
    except DatabaseError:  # it has no tables yet, or none of these
        return
    if content and not over:
        raise Fault(
            f"This database is not empty: it holds {' and '.join(map(str, content))}. "
            "To put the backup in its place all the same, say --over: the earlier database is kept beside it."
        )
    if age is not None and age < heartbeat.DEAD_AFTER:
        later = f"{heartbeat.DEAD_AFTER.total_seconds():.0f} seconds later"
        raise Fault(
            f"A worker is alive ({age.total_seconds():.0f} seconds ago): stop every worker and the web server first; "
            f"that one on another machine was stopped is believed {later}."
        )


def _forget_cached() -> None:
    """Pages of the other database; they would go by themselves, but later."""
    try:
        cache.clear()
    except Exception as fault:  # noqa: BLE001  (whatever keeps the cache, the restore is done)
        log.warning("the cache could not be cleared: restart it", fault=str(fault))
