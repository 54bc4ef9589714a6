"""Archives that are kept for several benchmarks, one for each database and size, made when first asked for.

python -m benchmarks._kept make [STORIES ...]     1,000, 100,000 and 1,000,000, on each database there is
python -m benchmarks._kept list
python -m benchmarks._kept delete [STORIES ...]   all, where none is named

Files lie in var/bench/archives (BENCH_ARCHIVES), and on PostgreSQL each archive is a database of its own, which may
serve as a template. A name ends in a hash of what archives are made by, so that no old one passes for a new one.
"""

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks import _site
from benchmarks._site import ARCHIVES, ROOT, SIZES, Scratch

#: What decides about the words and rows of an archive.
_MADE_BY = ("_words", "_stories", "_furniture", "_rows", "_desk")


@contextmanager
def lent(vendor: str, stories: int) -> Iterator[Scratch]:
    """A kept archive, to be left as it was found."""
    place = _place(vendor, stories)
    if not (place / "made.json").exists():
        make(vendor, stories)
    archive = Scratch(vendor, _site.environment(place, _url(vendor, place)) | _site.ANEW)
    archive.run("manage.py", "migrate", "--verbosity=0")
    archive.run("manage.py", "collectstatic", "--no-input", "--verbosity=0")
    yield archive


@contextmanager
def copied(vendor: str, stories: int) -> Iterator[Scratch]:
    """A copy of a kept archive, to do anything to; it is gone afterwards."""
    with lent(vendor, stories) as archive:
        kept = Path(archive.environ["VAR_DIR"])
    copy = kept.with_name(f"copy-of-{kept.name}")
    _remove(vendor, copy)
    try:
        shutil.copytree(kept, copy)
        if vendor == "postgresql":
            _site.on_server("CREATE DATABASE {} TEMPLATE {}", _database(copy), _database(kept))
        yield Scratch(vendor, _site.environment(copy, _url(vendor, copy)))
    finally:
        _remove(vendor, copy)


def make(vendor: str, stories: int) -> None:
    """Make an archive, prove it, and only then give it its name."""
    place = _place(vendor, stories)
    making = place.with_name(f"making-{place.name}")
    _remove(vendor, making)
    making.mkdir(parents=True)
    if vendor == "postgresql":
        _site.on_server("CREATE DATABASE {}", _database(making))
    site = Scratch(vendor, _site.environment(making, _url(vendor, making)))
    site.run("manage.py", "migrate", "--verbosity=0")
    print(f"{vendor}:", flush=True)
    site.run("-m", "benchmarks._archive", str(stories), quiet=False)
    site.run("-m", "benchmarks._desk")
    if vendor == "postgresql":
        _site.on_server("ALTER DATABASE {} RENAME TO {}", _database(making), _database(place))
    making.rename(place)


def delete(vendor: str, stories: int | None) -> None:
    """Delete archives of that size, or all, those of older makes too."""
    for place in _kept():
        if place.name.startswith(f"{vendor}-{'' if stories is None else f'{stories}-'}"):
            _remove(vendor, place)
            print(f"{place.name} is gone")


def made(vendor: str, stories: int) -> dict[str, Any]:
    """What it took to make it."""
    found: dict[str, Any] = json.loads((_place(vendor, stories) / "made.json").read_text())
    return found


def _kept() -> list[Path]:
    return sorted(path.parent for path in ARCHIVES.glob("*/made.json"))


def _place(vendor: str, stories: int) -> Path:
    return ARCHIVES / f"{vendor}-{stories}-{_version()}"


@cache
def _version() -> str:
    from articles.body import render  # the renderer's number needs Django; its text says the same

    sources = [*(ROOT / "benchmarks" / f"{name}.py" for name in _MADE_BY), Path(render.__file__)]
    return sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:8]


def _url(vendor: str, place: Path) -> str:
    return _site.url_of(_database(place)) if vendor == "postgresql" else f"sqlite:///{place}/newsroom.sqlite3"


def _database(place: Path) -> str:
    return f"newsroom_{place.name.replace('postgresql', 'archive').replace('-', '_')}"


def _remove(vendor: str, place: Path) -> None:
    shutil.rmtree(place, ignore_errors=True)
    if vendor == "postgresql":
        _site.on_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", _database(place))


def main(act: str, sizes: list[int]) -> None:
    match act:
        case "make":
            for stories in sizes or SIZES:
                for vendor in _site.vendors():
                    with lent(vendor, stories):
                        print(f"{vendor}, {stories:,} stories: {_place(vendor, stories)}", flush=True)
        case "list":
            for place in _kept():
                print(f"{place.name}: {(place / 'made.json').read_text()}")
        case "delete":
            for vendor in _site.vendors():
                for stories in sizes or [None]:
                    delete(vendor, stories)
        case _:
            raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1] if sys.argv[1:] else "", [int(said) for said in sys.argv[2:]])
