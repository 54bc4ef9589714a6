"""Lets those who write to one SQLite file in one after the other, in the order in which they came.

SQLite has no queue: who finds the file locked asks again, ever more seldom, at last ten times a second, and mostly
meets somebody who came later. While editors save without a pause, the worker would wait for as long as they do.

A place in the queue is one byte, locked by whoever has it; which byte is the time at which they came. It is their turn
once no earlier byte is locked. The system unlocks what the killed leave behind. The bytes are those of the database's
folder: it is always there and needs no writing, and to lock bytes of the database would be to meddle with SQLite's.

The queue is a courtesy, and SQLite's own lock stays what decides: where there can be no queue, or it takes too long,
everybody goes on as before.
"""

import fcntl
import os
import struct
import sys
import time
import zlib
from pathlib import Path

#: Seconds that somebody queues behind one who does not go on; between two looks at first, and at most.
PATIENCE = 10.0
SHORTEST, LONGEST = 0.0005, 0.005

#: Each database of a folder has its own stretch of bytes, a microsecond each: a hundred years of them.
DATABASES, STRETCH = 1 << 10, 1 << 52

# How Linux wants to be told of a lock: kind, whence, start, length, process.
_LOCK = "hhqqi4x"


def enter(database: str) -> int | None:
    """Queue until it is our turn; an open file, to be closed by whoever is done, or none."""
    if sys.platform != "linux":
        return None
    path = Path(database).resolve()
    try:
        place = os.open(path.parent, os.O_RDONLY)
    except OSError:
        return None
    first = zlib.crc32(path.name.encode()) % DATABASES * STRETCH
    mine = first + time.monotonic_ns() // 1000
    try:
        fcntl.fcntl(place, fcntl.F_OFD_SETLK, struct.pack(_LOCK, fcntl.F_RDLCK, os.SEEK_SET, mine, 1, 0))
        _wait(place, struct.pack(_LOCK, fcntl.F_WRLCK, os.SEEK_SET, first, mine - first, 0))
    except OSError:  # no locks on this file system
        os.close(place)
        return None
    return place


def _wait(place: int, for_those: bytes) -> None:
    pause, until = SHORTEST, time.monotonic() + PATIENCE
    while _is_any_here(place, for_those) and time.monotonic() < until:
        time.sleep(pause)
        pause = min(2 * pause, LONGEST)


def _is_any_here(place: int, those: bytes) -> bool:
    kind = struct.unpack(_LOCK, fcntl.fcntl(place, fcntl.F_OFD_GETLK, those))[0]
    return bool(kind != fcntl.F_UNLCK)
