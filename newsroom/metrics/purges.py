"""For how long the cache in front of the site has been owed a purge."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings

from newsroom.metrics.exposition import Gauge
from newsroom.models import PurgeMark


def gauges(now: datetime) -> Iterator[Gauge]:
    """Nothing where there is no such cache."""
    if not settings.PURGE_URL:
        return
    mark = PurgeMark.objects.exclude(owed_since=None).first()
    yield Gauge(
        "newsroom_purge_oldest_unsent_seconds",
        "Seconds for which the cache in front has not been told that something changed; 0 if it knows.",
        (now - mark.owed_since).total_seconds() if mark and mark.owed_since else 0,
    )
