"""Makes one backup: files, then the database at one moment, then the files that came meanwhile; checked, then named.

Files come first and again afterwards, because a picture's files are written before its row and deleted after it. What
the copied database names is then in the backup, even if the picture is deleted while the backup is made.
"""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.desk.verification import parts
from articles.desk.verification.days import verify_roots
from articles.models import DailyRoot
from newsroom.backups import keeping, manifest, media, postgresql, sqlite, tables
from newsroom.backups.faults import Fault

VENDORS = {"sqlite": sqlite, "postgresql": postgresql}


@dataclass(frozen=True)
class Made:
    """A finished backup, and what there is to say of it."""

    folder: Path
    byte_size: int
    files: int
    linked: int
    missing: list[str]
    #: What the record of the stories is found to be otherwise than it was written.
    faults: list[str]
    gone: list[Path]


def make(
    shelf: Path, *, now: datetime, kept: keeping.Kept, verify: bool = True, say: Callable[[str], None] = print
) -> Made:
    """Make a backup in `shelf`. Raises Fault; then there is none, and those before it are as they were."""
    name = keeping.name_of(now)
    with _owner_only(), _faults_of(shelf), keeping.alone(shelf):
        if (shelf / name).exists():
            raise Fault(f"There is a backup {name} already.")
        half = keeping.unfinished(shelf, name)
        half.mkdir()
        try:
            files, told, faults = _write(half, shelf, now=now, verify=verify, say=say)
            whole = keeping.finish(half, name)
        except BaseException:
            shutil.rmtree(half, ignore_errors=True)
            raise
        # Whatever is wrong with the record may be right in an earlier backup: none of them makes room.
        gone = [] if faults else keeping.rotate(shelf, kept)
        return Made(whole, told.byte_size, len(files.hashes), files.linked, files.missing, faults, gone)


def _write(
    half: Path, shelf: Path, *, now: datetime, verify: bool, say: Callable[[str], None]
) -> tuple[media.Shelf, manifest.Manifest, list[str]]:
    here = connections[DEFAULT_DB_ALIAS]
    vendor = VENDORS[here.vendor]
    _must_fit(shelf, vendor.size(here.settings_dict))
    earlier = keeping.finished(shelf)
    files = media.Shelf(half, earlier=earlier[0] if earlier else None, day=now.toordinal())
    say("Pictures …")
    files.take(media.named())
    say("Database …")
    with vendor.snapshot(here.settings_dict, half) as copy:
        files.take(media.named())
        files.keep_only(media.named())
        files.write_list()
        say("Checks …")
        faults = _faults_of_the_record() if verify else []
        record = f"{len(faults)} faults" if verify else "not read again"
        told = _manifest(copy, half, vendor.NAME, files, now=now, record=record)
        told.write(half)
    return files, told, faults


def _manifest(
    copy: BaseDatabaseWrapper, half: Path, database: str, files: media.Shelf, *, now: datetime, record: str
) -> manifest.Manifest:
    """In the words of the copy, not of what goes on meanwhile."""
    last = DailyRoot.objects.order_by("-day").first()
    return manifest.Manifest(
        made_at=now.isoformat(),
        vendor=copy.vendor,
        server=".".join(map(str, copy.get_database_version())),
        files={name: manifest.described(half / name) for name in (database, media.LIST)},
        tables=tables.held(copy),
        migrations=manifest.applied(copy),
        media={"files": len(files.hashes), "bytes": files.byte_size(), "missing": files.missing},
        last_root=f"{last.day} {last.root}" if last else "",
        record=record,
        about=manifest.about_here(),
    )


def _faults_of_the_record() -> list[str]:
    """Read what the copy says of every story again."""
    findings = chain.from_iterable(part.verify() for part in parts())
    return [str(finding) for finding in chain(findings, verify_roots()) if finding.is_fault]


def _must_fit(shelf: Path, size: int) -> None:
    free = shutil.disk_usage(shelf).free
    if size > free:
        raise Fault(
            f"{shelf} has {free // 1_000_000:,} MB free; the database alone takes {size // 1_000_000:,} MB."
        )


@contextmanager
def _owner_only() -> Iterator[None]:
    """A backup holds every draft and every subscriber: nobody else on the machine may read it."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def _faults_of(shelf: Path) -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Fault(f"The disk of {shelf} is full. Nothing was kept of this backup.") from fault
        raise Fault(f"{fault.strerror or fault}: {fault.filename or shelf}.") from fault
