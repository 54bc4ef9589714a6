"""Where the gauges come from. Each source is asked at every scrape, so it reads a bounded number of rows."""

from collections.abc import Callable, Iterable
from datetime import datetime

from newsroom.metrics import backups, desk, mail, purges, server
from newsroom.metrics.exposition import Gauge

type Source = Callable[[datetime], Iterable[Gauge]]

#: These ask the database.
SOURCES: list[Source] = [desk.gauges, mail.gauges, server.clocks, backups.gauges, purges.gauges]
