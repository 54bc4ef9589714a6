"""What is late and owed at the desk, and whether a worker lives."""

from collections.abc import Iterator
from datetime import datetime

from articles.desk import heartbeat
from articles.desk.lateness import lateness
from articles.models import Edition, State, Story, StoryEvent
from newsroom.metrics.exposition import Gauge


def gauges(now: datetime) -> Iterator[Gauge]:
    late, age = lateness(now), heartbeat.age(now)
    yield Gauge(
        "newsroom_follow_ups_overdue",
        "Side effects not done a minute after their edition began.",
        late.overdue,
    )
    yield Gauge(
        "newsroom_follow_ups_failing", "Side effects that raised and were not done since.", late.failing
    )
    yield Gauge(
        "newsroom_follow_ups_oldest_overdue_seconds",
        "Seconds that readers have had the edition whose side effect has been missing longest; 0 if none is.",
        late.oldest.total_seconds(),
    )
    yield Gauge(
        "newsroom_worker_heartbeat_age_seconds",
        "Seconds since any worker was last heard of; +Inf if none was for a day.",
        float("inf") if age is None else age.total_seconds(),
    )
    yield Gauge(
        "newsroom_scheduled",
        "Editions that will begin by themselves.",
        Edition.objects.scheduled(now).count(),
    )
    yield Gauge(
        "newsroom_debts_open",
        "Publications without review that nobody signed.",
        StoryEvent.objects.open_debts().count(),
    )
    overdue = Story.objects.filter(state=State.IN_REVIEW, due_at__lt=now)
    yield Gauge("newsroom_reviews_overdue", "Stories in review that were due.", overdue.count())
