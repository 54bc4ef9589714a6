"""The manifest: what a backup holds, by which it can be told whole, and where it came from. No secret stands in it."""

import hashlib
import hmac
import json
import platform
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

from newsroom import VERSION
from newsroom.backups import media
from newsroom.backups.faults import Fault
from newsroom.backups.tables import Held

NAME, FORMAT = "manifest.json", 1

#: Without these a restored database misses something: who left is known by the first, who is signed in by the other.
KEYS = ("ADDRESS_KEY", "SECRET_KEY")


@dataclass(frozen=True)
class Manifest:
    """What stands in manifest.json."""

    made_at: str
    vendor: str
    server: str
    #: Name, size and SHA-256 of the file of the database, and of the list of media.
    files: dict[str, dict[str, Any]]
    tables: dict[str, Held]
    migrations: list[str]
    media: dict[str, Any]
    #: The last root over the record of all stories, and what `verify_record` found in the copy.
    last_root: str
    record: str
    about: dict[str, dict[str, str]]
    format: int = FORMAT

    @property
    def byte_size(self) -> int:
        """Of all of it, whatever it shares with other backups."""
        return sum(file["bytes"] for file in self.files.values()) + self.media["bytes"]

    def write(self, folder: Path) -> None:
        told = asdict(self)
        (folder / NAME).write_text(_written({**told, "sha256": _hash_of(told)}))


def about_here() -> dict[str, dict[str, str]]:
    """What of the installation has to be known on another machine."""
    return {
        "site": {"url": settings.SITE_URL, "name": settings.SITE_NAME, "time_zone": settings.TIME_ZONE},
        "versions": {
            "newsroom": VERSION,
            "python": platform.python_version(),
            "django": django.get_version(),
        },
        "keys": fingerprints(),
    }


def fingerprints() -> dict[str, str]:
    """By which a key is known again; nobody comes from them to a key of fifty random characters."""
    return {
        name: hmac.new(getattr(settings, name).encode(), b"newsroom.backup", hashlib.sha256).hexdigest()[:16]
        for name in KEYS
    }


def described(path: Path) -> dict[str, Any]:
    return {"bytes": path.stat().st_size, "sha256": media.hash_of(path)}


def applied(connection: BaseDatabaseWrapper) -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def read(folder: Path) -> Manifest:
    """Raise Fault where this is no backup, or one of a later version of the newsroom."""
    try:
        told = json.loads((folder / NAME).read_text())
        if told["format"] != FORMAT:
            raise Fault(
                f"This backup was written by another version of the newsroom (format {told['format']})."
            )
        if told.pop("sha256") != _hash_of(told):
            raise Fault(f"{NAME} is not as it was written. Take an earlier backup.")
        told["tables"] = {name: Held(**table) for name, table in told["tables"].items()}
        return Manifest(**told)
    except FileNotFoundError:
        raise Fault(f"{folder} is no finished backup: it has no {NAME}.") from None
    except (ValueError, KeyError, TypeError) as fault:
        raise Fault(f"{NAME} cannot be read: {fault}") from fault


def faults(folder: Path, manifest: Manifest) -> list[str]:
    """Read the whole backup; name what is not as it was written."""
    wrong = [
        f"{name} is not as it was written"
        for name, wanted in manifest.files.items()
        if not (folder / name).is_file() or described(folder / name) != wanted
    ]
    return wrong or [f"media/{name} is missing or damaged" for name in media.damaged(folder)]


def _written(told: dict[str, Any]) -> str:
    return json.dumps(told, indent=1, sort_keys=True) + "\n"


def _hash_of(told: dict[str, Any]) -> str:
    """A manifest that lost a bit must not make a whole backup look damaged, or a damaged one whole."""
    return hashlib.sha256(_written(told).encode()).hexdigest()


def when(manifest: Manifest) -> datetime:
    return datetime.fromisoformat(manifest.made_at)
