"""The files that the database names: which they are, how a backup gets them, and how they are put back.

A name holds a random key and its file is never changed, only deleted with its picture: what an earlier backup has
under a name is therefore taken from there, by a hard link where the disk has them, and costs nothing.
"""

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.files.storage import default_storage

from articles.models import Image, Rendition
from articles.pictures.renditions import Size, path_of
from newsroom.backups.faults import Fault

FOLDER, LIST = "media", "media.sha256"

#: Of the files taken from an earlier backup, one in so many is read again each time: a disk that rots shows in a month.
READ_AGAIN = 30

_BLOCK = 1 << 20


@dataclass(frozen=True)
class Named:
    """A file that a row names; its size where the row says it."""

    name: str
    byte_size: int | None = None


def named() -> Iterator[Named]:
    """Every file that the database names at this moment."""
    for file, proof, size in Image.objects.values_list("file", "licence_file", "byte_size").iterator():
        yield Named(file, size)
        if proof:
            yield Named(proof)
    made = Rendition.objects.made().values_list("image__key", "extension", "width", "byte_size")
    for key, extension, width, made_size in made.iterator():
        yield Named(path_of(key, Size(extension, width)), made_size)


class Shelf:
    """The files of one backup while it is made, and what an earlier one lends it."""

    def __init__(self, folder: Path, *, earlier: Path | None, day: int) -> None:
        self.folder, self.day = folder, day
        self.earlier = earlier
        self.lent = read_list(earlier) if earlier else {}
        self.hashes: dict[str, str] = {}
        self.missing: list[str] = []
        self.linked = 0

    def take(self, files: Iterable[Named]) -> None:
        """Get those that are not here yet; what the storage does not have is noted."""
        for file in files:
            if file.name not in self.hashes and not (self._borrow(file) or self._copy(file)):
                self.missing.append(file.name)

    def keep_only(self, files: Iterable[Named]) -> None:
        """Let go of what the database does not name after all, and of the missing that were deleted meanwhile."""
        wanted = {file.name for file in files}
        for name in self.hashes.keys() - wanted:
            (self.folder / FOLDER / name).unlink()
            del self.hashes[name]
        self.missing = sorted(wanted & set(self.missing))

    def write_list(self) -> None:
        """As `sha256sum --check` reads it."""
        lines = (f"{self.hashes[name]}  {FOLDER}/{name}\n" for name in sorted(self.hashes))
        with (self.folder / LIST).open("w") as file:
            file.writelines(lines)

    def byte_size(self) -> int:
        return sum((self.folder / FOLDER / name).stat().st_size for name in self.hashes)

    def _borrow(self, file: Named) -> bool:
        known = self.lent.get(file.name)
        if known is None or self.earlier is None:
            return False
        source, target = self.earlier / FOLDER / file.name, self._place(file.name)
        try:
            if file.byte_size is not None and source.stat().st_size != file.byte_size:
                return False
            if int(known[:8], 16) % READ_AGAIN == self.day % READ_AGAIN and hash_of(source) != known:
                return False
            _link(source, target)
        except FileNotFoundError:
            return False
        self.hashes[file.name] = known
        self.linked += 1
        return True

    def _copy(self, file: Named) -> bool:
        digest, target = hashlib.sha256(), self._place(file.name)
        try:
            with default_storage.open(file.name) as source, target.open("xb") as copy:
                for block in source.chunks(_BLOCK):
                    digest.update(block)
                    copy.write(block)
        except FileNotFoundError:
            target.unlink(missing_ok=True)
            return False
        self.hashes[file.name] = digest.hexdigest()
        return True

    def _place(self, name: str) -> Path:
        place = self.folder / FOLDER / name
        place.parent.mkdir(parents=True, exist_ok=True)
        return place


def read_list(folder: Path) -> dict[str, str]:
    """The hash of each file of a backup by its name."""
    found = {}
    for line in (folder / LIST).read_text().splitlines():
        digest, _, path = line.partition("  ")
        name = path.removeprefix(f"{FOLDER}/")
        if not name or name.startswith("/") or ".." in Path(name).parts:
            raise Fault(f"{LIST} names a file that cannot be one: {path!r}.")
        found[name] = digest
    return found


def damaged(folder: Path) -> list[str]:
    """Read every file of a backup; name those that are not as they were written."""
    return [
        name for name, known in read_list(folder).items() if not _is_as_written(folder / FOLDER / name, known)
    ]


def bring_back(folder: Path) -> int:
    """Put every file into the newsroom's storage that is not there already; how many that were. None is deleted."""
    return sum(_put(name, folder / FOLDER / name, known) for name, known in read_list(folder).items())


def hash_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _put(name: str, path: Path, known: str) -> bool:
    if default_storage.exists(name):
        with default_storage.open(name) as there:
            if hashlib.sha256(there.read()).hexdigest() == known:
                return False
        default_storage.delete(name)
    with path.open("rb") as file:
        written = default_storage.save(name, file)
    if written != name:
        raise Fault(f"The storage calls {name} {written}: is somebody else writing to it?")
    return True


def _is_as_written(path: Path, known: str) -> bool:
    return path.is_file() and hash_of(path) == known


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:  # another disk, or one that knows no links
        shutil.copyfile(source, target)
