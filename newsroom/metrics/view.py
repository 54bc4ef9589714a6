"""The address a monitoring system asks, and who may."""

from collections.abc import Iterator
from hmac import compare_digest
from ipaddress import ip_address

import structlog
from django.conf import settings
from django.db import Error as DatabaseFault
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from newsroom import counting
from newsroom.metrics import server, sources
from newsroom.metrics.exposition import CONTENT_TYPE, Gauge, of_families, of_gauges

log = structlog.get_logger(__name__)

#: What a proxy adds; a request that has any of them did not come from this machine itself.
_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP", "Via")


def metrics(request: HttpRequest) -> HttpResponse:
    """For this machine, or whoever has the token; for everybody else there is no such page."""
    if not (_is_near(request) or _has_token(request)):
        raise Http404
    lines = [*of_gauges(server.gauges()), *of_gauges(_gauges()), *of_families(counting.FAMILIES)]
    return HttpResponse("".join(lines), content_type=CONTENT_TYPE, headers={"Cache-Control": "no-store"})


def _gauges() -> Iterator[Gauge]:
    """Those that ask the database; where it does not answer, that alone: what was counted is told all the same."""
    now = timezone.now()
    try:
        found = [gauge for source in sources.SOURCES for gauge in source(now)]
    except DatabaseFault as fault:
        log.warning("the database does not answer", fault=str(fault).strip())
        found = []
    yield Gauge("newsroom_database_up", "Whether the database answered this scrape.", bool(found))
    yield from found


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
