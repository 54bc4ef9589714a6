"""Keeps pages in Redis, for all processes and machines; without it each goes on with its own.

What is there is only ever read as text and bytes: whoever can write to Redis can change a page, and run nothing.
"""

import hashlib
import json
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Any

import brotli
import structlog
from django.conf import settings

from articles.freshness import Stamp
from newsroom.page_cache.pages import FRESH, IN_AN_OUTAGE, Page, compressed

log = structlog.get_logger(__name__)

#: Seconds that one answer may take, and for which a Redis that did not give one is left alone.
_PATIENCE, _LEFT_ALONE = 0.25, 5.0


class Shared:
    def __init__(self, url: str) -> None:
        import redis

        self._client = redis.Redis.from_url(url, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE)
        self._faults = (redis.RedisError, OSError)
        self._ask_again_at = float("-inf")

    def get(self, key: str) -> Page | None:
        said = self._asked("get", name_of(key))
        return None if said is None else read(said)

    def keep(self, key: str, page: Page, *, lasting: bool) -> None:
        """What lasts may stand in for a day in an outage; everything else is of use for as long as it is fresh."""
        self._asked("set", name_of(key), written(page), ex=IN_AN_OUTAGE if lasting else FRESH)

    def note(self, stamp: Stamp) -> None:
        """Write down how things stand, for a process that starts while the database is away."""
        self._asked("set", name_of(""), json.dumps(stamp), ex=IN_AN_OUTAGE)

    def last(self) -> Stamp | None:
        said = self._asked("get", name_of(""))
        try:
            return None if said is None else Stamp(*json.loads(said))
        except (ValueError, TypeError):
            return None

    def _asked(self, command: str, *arguments: Any, **options: Any) -> Any:
        """Ask Redis; None where it does not answer, and for a while after."""
        if monotonic() < self._ask_again_at:
            return None
        try:
            return getattr(self._client, command)(*arguments, **options)
        except self._faults as fault:
            self._ask_again_at = monotonic() + _LEFT_ALONE
            log.warning("Redis does not answer: each process keeps its own pages", fault=str(fault))
            return None


def written(page: Page) -> bytes:
    head = {
        "headers": page.headers,
        "etag": page.etag,
        "stamp": [page.changes, page.takings, page.until, page.takes_at],
        "made_at": page.made_at,
    }
    return json.dumps(head).encode() + b"\n" + compressed(page.bodies[""], "br")


def read(said: bytes) -> Page | None:
    """The page again; None where it is none of ours."""
    head, _, body = said.partition(b"\n")
    try:
        told = json.loads(head)
        headers = [(str(name), str(value)) for name, value in told["headers"]]
        bodies = {"": brotli.decompress(body), "br": body}
        stamp = Stamp(*told["stamp"])
        return Page(headers, bodies, str(told["etag"]), stamp=stamp, made_at=float(told["made_at"]))
    except (ValueError, KeyError, TypeError, brotli.error):
        return None


def name_of(key: str) -> str:
    """Never the words of an address, which may be long; another name under another version of the site."""
    return f"newsroom:page:{release()}:{hashlib.sha256(key.encode(errors='replace')).hexdigest()}"


@cache
def release() -> str:
    """A hash of what pages are made of besides what is in the database: code, templates, the names of files."""
    digest = hashlib.sha256(
        json.dumps([settings.SITE_URL, settings.SITE_NAME, settings.ALERTS_OPEN]).encode()
    )
    root = Path(settings.BASE_DIR)
    files = [path for part in ("articles", "newsroom", "templates") for path in (root / part).rglob("*")]
    files.append(Path(settings.STATIC_ROOT) / "staticfiles.json")
    for path in sorted(files):
        if path.suffix in {".py", ".html", ".json"} and path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
