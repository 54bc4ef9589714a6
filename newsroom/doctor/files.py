"""Disks and files: whether pictures can be written, whether there is room, and who may read what is secret."""

import os
import secrets
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.db import connection

from newsroom.doctor.findings import Finding, fault, ok, warning

LOW, VERY_LOW = 0.15, 0.05
#: However large a disk is, so many bytes are plenty.
PLENTY = 50_000_000_000


def storage() -> Iterator[Finding]:
    """Write, read and delete one small file."""
    name, said = f"doctor/{secrets.token_hex(16)}.txt", secrets.token_bytes(32)
    try:
        written = default_storage.save(name, ContentFile(said))
        with default_storage.open(written) as file:
            read = file.read()
        default_storage.delete(written)
    except Exception as problem:  # noqa: BLE001  (every storage has its own)
        yield fault(
            f"pictures cannot be stored: {problem}", "See STORAGE_URL, and who owns the folder or bucket."
        )
        return
    if read != said:
        yield fault("what is read from the storage is not what was written", "See STORAGE_URL.")
    else:
        yield ok("a file was written, read and deleted")


def room() -> Iterator[Finding]:
    for folder in _folders():
        yield from _space(folder)
        yield from _inodes(folder)


def _space(folder: Path) -> Iterator[Finding]:
    usage = shutil.disk_usage(folder)
    share, left = usage.free / usage.total, f"{usage.free / 1e9:.1f} GB ({usage.free / usage.total:.0%})"
    advice = "Make room: nothing can be saved when it is full. Old backups go by BACKUP_KEEP."
    if usage.free > PLENTY or share >= LOW:
        yield ok(f"{left} free on the disk of {folder}")
    else:
        yield (fault if share < VERY_LOW else warning)(f"only {left} free on the disk of {folder}", advice)


def _inodes(folder: Path) -> Iterator[Finding]:
    """Each size of a picture is a file, and a disk can run out of files before it runs out of bytes."""
    found = os.statvfs(folder)
    if found.f_files and found.f_favail / found.f_files < LOW:
        advice = "Delete files, or move pictures or backups to a disk made for more of them."
        yield warning(f"only {found.f_favail:,} more files fit on the disk of {folder}", advice)


def secret_files() -> Iterator[Finding]:
    """Whatever holds a key, a draft or a subscriber: for its owner alone, or for a group made for it."""
    open_to_all = [path for path in _secret() if path.stat().st_mode & stat.S_IROTH and _is_reachable(path)]
    for path in open_to_all:
        yield warning(f"everybody on this machine may read {path}", f"Run `chmod o= {path}`.")
    if not open_to_all:
        yield ok("no file with secrets is for everybody to read")


def _folders() -> Iterable[Path]:
    """One folder of each disk that the newsroom writes to."""
    there = [settings.VAR_DIR, settings.BACKUP_DIR]
    if connection.vendor == "sqlite":
        there.append(Path(connection.settings_dict["NAME"]).parent)
    if isinstance(shelf := storages["default"], FileSystemStorage):
        there.append(Path(shelf.location))
    found: dict[int, Path] = {}
    for folder in there:
        with suppress(OSError):
            found.setdefault(folder.stat().st_dev, folder)
    return found.values()


def _secret() -> Iterator[Path]:
    candidates = [settings.VAR_DIR / "secret-key", settings.BASE_DIR / ".env", settings.BACKUP_DIR]
    if connection.vendor == "sqlite":
        candidates.append(Path(connection.settings_dict["NAME"]))
    return (path for path in candidates if path.exists())


def _is_reachable(path: Path) -> bool:
    """A folder above it that lets nobody through keeps it as well."""
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in path.resolve().parents)
