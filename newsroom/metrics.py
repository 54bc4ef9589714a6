"""Tells a monitoring system what is late and what is owed, in Prometheus' text format; it names no story.

Written by hand: a dozen gauges read from the database at each scrape need no client library, no registry and no
files shared between processes.
"""

from collections.abc import Iterator
from datetime import datetime
from hmac import compare_digest
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone

from alerts import outlook
from articles.desk import heartbeat
from articles.desk.lateness import lateness
from articles.models import Edition, State, Story, StoryEvent

#: https://prometheus.io/docs/instrumenting/exposition_formats/
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

#: What a proxy adds; a request that has any of them did not come from this machine itself.
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP", "Via")


def metrics(request: HttpRequest) -> HttpResponse:
    """For this machine, or whoever has the token; for everybody else there is no such page."""
    if not (_is_near(request) or _has_token(request)):
        # As an address is answered that misses its slash; there is nothing at the one it leads to either.
        return HttpResponsePermanentRedirect(f"{request.path}/")
    text = "".join(
        f"# HELP {name} {words}\n# TYPE {name} gauge\n{name} {_written(value)}\n"
        for name, words, value in gauges(timezone.now())
    )
    return HttpResponse(text, content_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})


def gauges(now: datetime) -> Iterator[tuple[str, str, float]]:
    """Name, meaning and value of each."""
    late, age = lateness(now), heartbeat.age(now)
    yield (
        "newsroom_follow_ups_overdue",
        "Side effects not done a minute after their edition began.",
        late.overdue,
    )
    yield "newsroom_follow_ups_failing", "Side effects that raised and were not done since.", late.failing
    yield (
        "newsroom_follow_ups_oldest_overdue_seconds",
        "Seconds that readers have had the edition whose side effect has been missing longest; 0 if none is.",
        late.oldest.total_seconds(),
    )
    yield (
        "newsroom_worker_heartbeat_age_seconds",
        "Seconds since any worker was last heard of; +Inf if none was for a day.",
        float("inf") if age is None else age.total_seconds(),
    )
    yield (
        "newsroom_scheduled",
        "Editions that will begin by themselves.",
        Edition.objects.scheduled(now).count(),
    )
    yield (
        "newsroom_debts_open",
        "Publications without review that nobody signed.",
        StoryEvent.objects.open_debts().count(),
    )
    yield from _of_mail(now)
    overdue = Story.objects.filter(state=State.IN_REVIEW, due_at__lt=now)
    yield "newsroom_reviews_overdue", "Stories in review that were due.", overdue.count()


def _of_mail(now: datetime) -> Iterator[tuple[str, str, float]]:
    since = outlook.due_since()
    yield (
        "newsroom_mail_oldest_due_seconds",
        "Seconds since the mail that waits longest could have left; 0 if none could.",
        max((now - since).total_seconds(), 0) if since else 0,
    )
    yield "newsroom_mail_uncertain", "Mails of which nobody knows whether they arrived.", outlook.uncertain()
    failed = sum(outlook.failed(now).values())
    yield "newsroom_mail_failed_day", "Mails that failed within 24 hours.", failed
    notices = outlook.not_worked_out(now).count()
    yield "newsroom_notices_not_worked_out", "Notices whose recipients should be known by now.", notices
    yield (
        "newsroom_mail_stops",
        "Reasons for which mail stands still until a person ends it.",
        len(outlook.stops()),
    )


def _written(value: float) -> str:
    return "+Inf" if value == float("inf") else f"{value:.15g}"


def _is_near(request: HttpRequest) -> bool:
    if any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:  # a socket file has no address
        return False


def _has_token(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").encode()
    wanted = settings.METRICS_TOKEN
    return bool(wanted) and compare_digest(given, f"Bearer {wanted}".encode())
