"""The fence: a restored backup, or a copy of the database, sends nothing until a person lifts it.

Two things give it away. Its *identity*, a keyed hash of where the database is and of the site's address, is another
one than the database remembers. Or it went back in time: the moment of its last batch is older than the one in the
file `mail-mark` in VAR_DIR. That moment moves with each batch, in the transaction that reserves it and then in the
file, so the file is never ahead of a database that lost nothing.

What it cannot see: a snapshot that brings back the database *and* VAR_DIR. Then `manage.py mail fence` comes first.
"""

import hashlib
import hmac
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import structlog
from django.conf import settings
from django.db import connection

from alerts.models.outbox import Origin

log = structlog.get_logger(__name__)

COPY = "This database was copied or moved, or SITE_URL changed: another one may be sending the same mail."
OLDER = "This database is older than what was already sent: it may be a restored backup."


def refusal() -> str:
    """Why nothing may be sent from this database; empty when all is as it was."""
    mark = _mark()  # before the database, which another worker may move on meanwhile, and then the file
    origin = Origin.objects.first()
    if origin is None or not origin.identity:
        return ""
    if origin.identity != identity():
        return COPY
    return OLDER if mark and origin.reached_at < mark else ""


def advance(now: datetime) -> None:
    """A batch is reserved: the database has come to `now`. In the transaction that reserves; then `remember`."""
    mine = identity()
    if Origin.objects.filter(identity=mine).exists():
        Origin.objects.filter(reached_at__lt=now).update(reached_at=now)
    else:
        Origin.objects.update_or_create(only=1, defaults={"identity": mine, "reached_at": now})


def remember() -> None:
    """Write down outside of the database how far it has come, after that was committed."""
    reached = Origin.objects.values_list("reached_at", flat=True).first()
    if reached and settings.MAIL_MARK:
        try:
            _write(settings.MAIL_MARK, reached.astimezone(UTC).isoformat())
        except OSError as fault:
            log.warning("the mail mark was not written: a restored backup may go unseen", fault=str(fault))


def adopt(now: datetime) -> None:
    """Take this database for the one that sends, whatever any machine's file remembers of an earlier one."""
    Origin.objects.update_or_create(only=1, defaults={"identity": "", "reached_at": now})


def identity() -> str:
    """A keyed hash: the table tells nobody where the database is."""
    words = "\n".join(["mail", settings.SITE_URL, *_whereabouts()])
    return hmac.new(settings.ADDRESS_KEY.encode(), words.encode(), hashlib.sha256).hexdigest()


def _whereabouts() -> list[str]:
    """Where the database is; and what a copy cannot have in common with it, the number its server or disk gave it."""
    where = connection.settings_dict
    if connection.vendor == "sqlite":
        path = Path(where["NAME"]).resolve()
        return [str(path), str(path.stat().st_ino) if path.exists() else ""]
    with connection.cursor() as cursor:
        cursor.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        return [*(str(where[part]) for part in ("HOST", "PORT", "NAME")), str(cursor.fetchone()[0])]


def _mark() -> datetime | None:
    with suppress(OSError, ValueError):
        return datetime.fromisoformat(settings.MAIL_MARK.read_text().strip()) if settings.MAIL_MARK else None
    return None


def _write(path: Path, words: str) -> None:
    """Whole or not at all, and on the disk: another worker reads it, and a power cut must not empty it."""
    made = path.with_name(f"{path.name}.{os.getpid()}")
    with made.open("w") as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())
    made.replace(path)
