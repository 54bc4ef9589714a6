"""For how long the cache in front of the site has been owed a purge."""

from collections.abc import Iterator
from datetime import datetime

from newsroom.metrics.exposition import Gauge
from newsroom.purging import telling


def gauges(now: datetime) -> Iterator[Gauge]:
    """Nothing where there is no such cache."""
    owed = telling.owed_for(now)
    if owed is not None:
        yield Gauge(
            "newsroom_purge_oldest_unsent_seconds",
            "Seconds for which the cache in front has not been told that something changed; 0 if it knows.",
            owed.total_seconds(),
        )
