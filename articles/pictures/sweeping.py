"""Sweeping: files that no picture names go, a day after they were written.

An upload whose process is killed leaves some, and a worker that is at a picture while it is deleted.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import batched

import structlog
from django.core.files.storage import Storage

from articles.models.images import KEY_PATTERN, Image
from articles.pictures import files, renditions

log = structlog.get_logger(__name__)

#: An upload may still be on its way to its row.
LEFT_FOR = timedelta(days=1)

#: More than these, and than a tenth of all, are no leftovers: this is another database's shelf.
FEW = 50

_BATCH = 500


def sweep(now: datetime) -> int:
    """Delete the folders of pictures that are none; how many that were."""
    shelf: Storage = Image._meta.get_field("file").storage
    keys = _kept(shelf)
    orphans = [key for key in _unnamed(keys) if _last_written(shelf, key) < now - LEFT_FOR]
    if not orphans:
        return 0
    if not Image.objects.exists() or len(orphans) > max(FEW, len(keys) // 10):
        log.error("files are left alone: too many belong to no picture here", folders=len(orphans))
        return 0
    for key in orphans:
        files.delete_folder(shelf, key)
    log.info("files without a picture are deleted", folders=len(orphans))
    return len(orphans)


def _kept(shelf: Storage) -> list[str]:
    try:
        folders, _ = shelf.listdir(renditions.FOLDER)
    except FileNotFoundError:
        return []
    return [name for name in folders if re.fullmatch(KEY_PATTERN, name)]


def _unnamed(keys: Iterable[str]) -> Iterator[str]:
    for some in batched(keys, _BATCH):
        known = set(Image.objects.filter(key__in=some).values_list("key", flat=True))
        yield from (key for key in some if key not in known)


def _last_written(shelf: Storage, key: str) -> datetime:
    folder = renditions.folder(key)
    _, names = shelf.listdir(folder)
    return max(shelf.get_modified_time(path) for path in [f"{folder}/{name}" for name in names] or [folder])
