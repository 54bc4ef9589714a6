"""Has an nginx in front take up pages anew: it can be told nothing, so it is asked for each, as a reader would ask."""

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from django.conf import settings

from newsroom.purging.asking import NotDropped, exchange

#: It keeps a page in each coding by itself (deploy/nginx.conf).
CODINGS = ("br", "gzip", "identity")

#: What it says of an answer that is no older than a second; STALE and UPDATING are what was there before.
_ANEW = ("MISS", "EXPIRED", "HIT", "BYPASS")


def renew(paths: Iterable[str], *, stopping: Callable[[], bool]) -> None:
    """Ask for each page in each coding; raise NotDropped at the first that may still be what it was."""
    for path in paths:
        for coding in CODINGS:
            if stopping():
                raise NotDropped("the worker was told to stop")
            _renew(path, coding)


def _renew(path: str, coding: str) -> None:
    headers = {"Host": urlsplit(settings.SITE_URL).netloc, "Accept-Encoding": coding}
    answer = exchange("GET", path, headers)
    said = answer.headers.get("X-Cache", "nothing")
    # A page of which something changes within the second is not kept, and the one before it is.
    is_kept = answer.status != 200 or "max-age=0," not in f"{answer.headers.get('Cache-Control', '')},"
    if answer.status >= 500 or said not in _ANEW or not is_kept:
        raise NotDropped(f"{path} in {coding} answered {answer.status} {answer.reason}, X-Cache: {said}")
