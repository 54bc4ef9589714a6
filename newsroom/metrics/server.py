"""Since when this web server runs, as which version, and whether its clock agrees with the database's."""

import time
from collections.abc import Iterator
from datetime import datetime

from django.db import connection

from newsroom import VERSION
from newsroom.metrics.exposition import Gauge

#: When the first process of the server was made: the others are its copies.
STARTED = time.time()

_CLOCKS = {
    "postgresql": "SELECT extract(epoch FROM clock_timestamp())",
    "sqlite": "SELECT (julianday('now') - 2440587.5) * 86400",
}


def gauges() -> Iterator[Gauge]:
    """Without the database."""
    yield Gauge("newsroom_start_time_seconds", "When the web server started, in seconds since 1970.", STARTED)
    yield Gauge("newsroom_version", "Always 1; the label says which.", 1, {"version": VERSION})


def clocks(now: datetime) -> Iterator[Gauge]:
    yield Gauge(
        "newsroom_clock_skew_seconds",
        "Seconds by which the database's clock is ahead of this machine's.",
        clock_skew(),
    )


def clock_skew() -> float:
    """Measured from the middle of the question, so that the way there does not count."""
    before = time.time()
    with connection.cursor() as cursor:
        cursor.execute(_CLOCKS[connection.vendor])
        (theirs,) = cursor.fetchone()
    return float(theirs) - (before + time.time()) / 2
