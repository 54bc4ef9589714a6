"""What mail is late, in doubt, failed or stopped."""

from collections.abc import Iterator
from datetime import datetime

from alerts import outlook
from newsroom.metrics.exposition import Gauge


def gauges(now: datetime) -> Iterator[Gauge]:
    since = outlook.due_since()
    yield Gauge(
        "newsroom_mail_oldest_due_seconds",
        "Seconds since the mail that waits longest could have left; 0 if none could.",
        max((now - since).total_seconds(), 0) if since else 0,
    )
    yield Gauge(
        "newsroom_mail_uncertain",
        "Mails of which nobody knows whether they arrived.",
        outlook.uncertain(),
    )
    failed = sum(outlook.failed(now).values())
    yield Gauge("newsroom_mail_failed_day", "Mails that failed within 24 hours.", failed)
    yield Gauge(
        "newsroom_notices_not_worked_out",
        "Notices whose recipients should be known by now.",
        outlook.not_worked_out(now).count(),
    )
    yield Gauge(
        "newsroom_mail_stops",
        "Reasons for which mail stands still until a person ends it.",
        len(outlook.stops()),
    )
