"""What the newsroom leans on besides the database: cache, worker, backups, and the site as others reach it."""

import secrets
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from articles.desk import heartbeat
from newsroom.backups.history import history
from newsroom.doctor.findings import Finding, fault, ok, warning

_TIMEOUT = 10


def cached() -> Iterator[Finding]:
    key, said = f"doctor:{secrets.token_hex(8)}", secrets.token_hex(16)
    try:
        cache.set(key, said, 60)
        found = cache.get(key)
        cache.delete(key)
    except Exception as problem:  # noqa: BLE001  (every cache has its own)
        yield fault(f"it does not answer: {problem}", "See CACHE_URL, and whether its server runs.")
        return
    if found != said:
        yield warning("it does not keep what it is given", "With CACHE_URL=dummy: every page is made anew.")
    elif "locmem" in settings.CACHES["default"]["BACKEND"]:
        yield ok("in the memory of each process; more than one machine needs redis://")
    else:
        yield ok("it keeps what it is given")


def worker() -> Iterator[Finding]:
    age = heartbeat.age(timezone.now())
    advice = "Start `manage.py worker`, and have it started again with the machine."
    if age is None:
        yield fault("no worker has been heard of for a day: no mail is sent, nothing is followed up", advice)
    elif age > heartbeat.DEAD_AFTER:
        yield fault(f"the last sign of life of a worker is {age.total_seconds():.0f} seconds old", advice)
    else:
        yield ok(f"heard of {age.total_seconds():.0f} seconds ago")


def backups() -> Iterator[Finding]:
    found = history(timezone.now())
    advice = "Run `manage.py backup`, and have it run every night."
    if found.fault:
        yield fault(f"the last one failed: {found.fault}", advice)
    elif found.too_old:
        age = (
            "there is none"
            if found.age is None
            else f"the last is {found.age.total_seconds() / 3600:.0f} hours old"
        )
        yield fault(age, advice)
    elif found.age is None:
        yield warning("none was made here (BACKUP_MAX_AGE_HOURS=0)", "Make sure that somebody makes them.")
    else:
        yield ok(f"the last good one is {found.age.total_seconds() / 3600:.0f} hours old")
    yield from _one_disk()


def _one_disk() -> Iterator[Finding]:
    if connection.vendor != "sqlite":
        return
    with suppress(OSError):
        if settings.BACKUP_DIR.stat().st_dev == settings.VAR_DIR.stat().st_dev:
            advice = "Put BACKUP_DIR on another disk, or copy each backup to another machine."
            yield warning("backups lie on the disk of the database: both would be lost together", advice)


def site() -> Iterator[Finding]:
    """Ask the site for its sign of life, as a reader's browser would come in. Only asked for with --site."""
    address = f"{settings.SITE_URL}/healthz"
    try:
        with urllib.request.urlopen(address, timeout=_TIMEOUT) as answer:  # noqa: S310  (SITE_URL is http or https)
            yield ok(f"{address} answers {answer.status}")
    except (urllib.error.URLError, OSError, ValueError) as problem:
        yield fault(
            f"{address} does not answer: {problem}", "See the web server, DNS, the certificate and SITE_URL."
        )
