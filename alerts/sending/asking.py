"""Asks whether a mail was accepted, where there is somebody to ask: a mail server that can say, or our own files."""

from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import urlopen

import structlog
from django.conf import settings
from django.core.mail import mailers
from django.core.mail.backends.filebased import EmailBackend as Files

log = structlog.get_logger(__name__)

_SECONDS = 10


def was_accepted(message_id: str) -> bool | None:
    """Whether the mail was taken; None where nobody can say."""
    if settings.MAIL_ACCEPTED_URL:
        return _says(settings.MAIL_ACCEPTED_URL.replace("{message_id}", quote(message_id, safe="")))
    backend = mailers.create_connection("default")
    if isinstance(backend, Files):
        return _is_in(Path(backend.file_path), message_id)
    return None


def _says(address: str) -> bool | None:
    """200 means yes, 404 no; everything else that it cannot be known now."""
    try:
        with urlopen(address, timeout=_SECONDS) as answer:  # noqa: S310  (the settings let http and https through)
            return True if answer.status == 200 else None
    except HTTPError as answer:
        answer.close()
        return False if answer.code == 404 else None
    except OSError as fault:
        log.warning("nobody says which mails were accepted", fault=str(fault))
        return None


def _is_in(folder: Path, message_id: str) -> bool:
    line = f"Message-ID: {message_id}".encode()
    return any(line in file.read_bytes() for file in folder.glob("*.eml"))
