"""Asks the cache in front to drop pages: the configured address alone, wherever it may want to send us."""

from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import urlsplit

from django.conf import settings

from newsroom.purging.styles import STYLES

#: Seconds until a cache that does not answer counts as one that is away.
PATIENCE = 3


class NotDropped(Exception):
    """It was not reached, or did not say yes; the words are for the log."""


def drop(keys: str, *, hard: bool) -> None:
    """Have everything dropped that has one of these keys; raise NotDropped where that is not certain."""
    style = STYLES[settings.PURGE_STYLE]
    parts = urlsplit(settings.PURGE_URL)
    path = parts._replace(scheme="", netloc="", path=parts.path or "/").geturl()
    headers = style.headers(keys, token=settings.PURGE_TOKEN, hard=hard)
    answer = exchange(style.method, path, headers)
    if not 200 <= answer.status < 300:
        raise NotDropped(f"answered {answer.status} {answer.reason}")


def exchange(method: str, path: str, headers: dict[str, str]) -> HTTPResponse:
    """Ask PURGE_URL's machine, and read its answer to the end. Raises NotDropped where there is none."""
    parts = urlsplit(settings.PURGE_URL)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=PATIENCE)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        answer.read()
    except (OSError, HTTPException) as fault:
        raise NotDropped(f"{type(fault).__name__}: {fault}") from fault
    finally:
        connection.close()
    return answer
