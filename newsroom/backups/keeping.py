"""Which backups there are in a folder, which of them are kept, and which make room."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newsroom.backups import manifest
from newsroom.backups.faults import Fault

#: A name is the moment, so that names sort by age; whatever is called otherwise is somebody else's and left alone.
NAMES = "%Y%m%dT%H%M%SZ"
_UNFINISHED = "unfinished-"

#: How often a backup stands for its day, its week or its month.
type Kept = tuple[int, int, int]


def name_of(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime(NAMES)


def unfinished(shelf: Path, name: str) -> Path:
    """Where a backup is written: under a name that is none of a backup's."""
    return shelf / f"{_UNFINISHED}{name}"


def moment_of(name: str) -> datetime | None:
    try:
        return datetime.strptime(name, NAMES).replace(tzinfo=UTC)
    except ValueError:
        return None


def finished(shelf: Path) -> list[Path]:
    """The newest first."""
    if not shelf.is_dir():
        return []
    found = [each for each in shelf.iterdir() if moment_of(each.name) and (each / manifest.NAME).is_file()]
    return sorted(found, key=lambda each: each.name, reverse=True)


@contextmanager
def alone(shelf: Path) -> Iterator[None]:
    """Be the only one who writes here; what an earlier one left half done goes."""
    shelf.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(shelf / ".lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Fault(f"Another backup is being written to {shelf}.") from None
        for left in shelf.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(left)
        yield
    finally:
        os.close(lock)


def finish(half: Path, name: str) -> Path:
    """Give it its name, once all of it is on the disk: a power cut must not leave a name without its files."""
    os.sync()
    whole = half.with_name(name)
    half.rename(whole)
    os.sync()
    return whole


def rotate(shelf: Path, kept: Kept) -> list[Path]:
    """Delete what stands for no day, week or month any more; the newest stays, and what is a day younger than it."""
    there = finished(shelf)
    stay = wanted([each.name for each in there], kept)
    gone = [each for each in there if each.name not in stay]
    for each in gone:
        # Out of the way first: what is half deleted must not be taken for a backup.
        doomed = each.rename(unfinished(shelf, each.name))
        shutil.rmtree(doomed)
    return gone


def wanted(names: list[str], kept: Kept) -> set[str]:
    """All of the last 24 hours; of each of the newest days, weeks and months that have a backup, the last one."""
    moments = {moment: name for name in names if (moment := moment_of(name))}
    newest = max(moments, default=datetime.min.replace(tzinfo=UTC))
    found = {name for moment, name in moments.items() if newest - moment < timedelta(days=1)}
    for many, period in zip(kept, ("%Y-%m-%d", "%G-%V", "%Y-%m"), strict=True):
        last = {moment.strftime(period): name for moment, name in sorted(moments.items())}
        found |= {last[key] for key in sorted(last, reverse=True)[:many]}
    return found
