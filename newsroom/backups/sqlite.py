"""A copy of a SQLite database while the site writes to it, and its way back into place."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

from newsroom.backups.faults import Fault
from newsroom.backups.standing_in import Settings, at, standing_in

NAME = "database.sqlite3"

#: What SQLite keeps beside a database in use.
_BESIDE = ("-wal", "-shm", "-journal")


@contextmanager
def snapshot(settings: Settings, folder: Path) -> Iterator[BaseDatabaseWrapper]:
    """Write the copy and let it stand in for the database, to be read and verified.

    VACUUM INTO reads one moment and stops nobody from writing meanwhile. It leaves out what was deleted, so that words
    which were redacted do not live on in the free pages of a backup.
    """
    source, copy = Path(settings["NAME"]), folder / NAME
    try:
        with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=rw", uri=True, timeout=60)) as raw:
            raw.execute("VACUUM INTO ?", [str(copy)])
        _must_be_sound(copy)
    except sqlite3.Error as fault:
        raise Fault(f"The database could not be copied: {fault}.") from fault
    with standing_in(at(copy, settings, read_only=True)) as connection:
        yield connection


def size(settings: Settings) -> int:
    return Path(settings["NAME"]).stat().st_size


def bring_back(
    copy: Path, settings: Settings, *, now: str, prepare: Callable[[BaseDatabaseWrapper], None]
) -> str:
    """Put a copy in the database's place, once `prepare` has been through it; where the earlier one went."""
    place = Path(settings["NAME"])
    made = place.with_name(f"{place.name}.restoring")
    _forget(made)
    place.parent.mkdir(parents=True, exist_ok=True)
    with copy.open("rb") as source, made.open("xb") as target:
        made.chmod(0o600)
        while block := source.read(1 << 20):
            target.write(block)
    try:
        _must_be_sound(made)
        with standing_in(at(made, settings)) as connection:
            prepare(connection)
        earlier = _step_aside(place, now)
        made.replace(place)
    except BaseException:
        _forget(made)
        raise
    return earlier


def _step_aside(place: Path, now: str) -> str:
    """Move what stands there, when nobody has it open: a log left beside the new file would be played into it."""
    if not place.exists() or place.stat().st_size == 0:
        _forget(place)
        return ""
    try:
        with closing(sqlite3.connect(place, timeout=2)) as raw:
            mode = raw.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except sqlite3.OperationalError:
        mode = "in use"
    if mode != "delete":
        raise Fault(
            "Somebody has the database open: stop the web server and every worker, then restore again."
        )
    earlier = place.with_name(f"{place.name}.replaced-{now}")
    place.rename(earlier)
    return str(earlier)


def _must_be_sound(path: Path) -> None:
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as raw:
        told = [row[0] for row in raw.execute("PRAGMA integrity_check")]
        dangling = raw.execute("PRAGMA foreign_key_check").fetchone()
    if told != ["ok"]:
        raise Fault(f"The copy of the database is damaged, and so may the database be: {told[0]}")
    if dangling:
        raise Fault(f"A row of {dangling[0]} names a row of {dangling[2]} that is not there.")


def _forget(path: Path) -> None:
    for ending in ("", *_BESIDE):
        with suppress(FileNotFoundError):
            path.with_name(f"{path.name}{ending}").unlink()
