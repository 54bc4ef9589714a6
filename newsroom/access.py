"""Gives each request an id, a line in the log and a place in the metrics, whichever process answers it.

The id is on every line that the request causes, in its answer and on the page of a fault, so that who reports one
can name it. The line says what was asked for and how that went, and nothing of who asked: no address, no cookie, no
query. All of it costs a request some ten microseconds: cached pages pay it too.
"""

import json
import re
import secrets
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from time import perf_counter_ns

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from newsroom.counting import Histogram
from newsroom.logs import masked

HEADER = "X-Request-ID"

#: What a proxy of ours may send: nothing that could end a line or a header, or fill a page.
_WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{8,64}")

_LONGEST_PATH = 200

#: By the first word of the address; every other address is a page of the title's own, or none.
KINDS = {
    "": "front",
    "articles": "article",
    **dict.fromkeys(("sections", "topics", "authors", "archive", "corrections"), "listing"),
    "search": "search",
    "feeds": "feed",
    "media": "picture",
    "static": "static",
    "api": "api",
    "alerts": "alerts",
    "preview": "preview",
    "admin": "desk",
    "accounts": "sign-in",
    **dict.fromkeys(("healthz", "readyz", "metrics"), "watching"),
}
OTHER = "other"

REQUESTS = Histogram(
    "newsroom_request_seconds",
    "How long requests took until their answer began, by the kind of page and the class of the answer.",
    bounds=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    kind=sorted({*KINDS.values(), OTHER}),
    status=("2xx", "3xx", "4xx", "5xx"),
)


class AccessMiddleware:
    """The outermost, so that nothing is answered without it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = perf_counter_ns()
        request_id = _given(request) or secrets.token_hex(16)
        # Left bound at the end: Django logs a 404 or 500 after the last middleware is through.
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        response = self.get_response(request)
        response.headers[HEADER] = request_id
        took, kind = (perf_counter_ns() - began) // 1000, kind_of(request.path_info)
        REQUESTS.observe(kind, f"{response.status_code // 100}xx", took)
        if settings.ACCESS_LOG:
            sys.stderr.write(line(request, request_id, response.status_code, kind, took))
        return response


def kind_of(path: str) -> str:
    """What sort of page an address is, known without asking the map of the site: a cached page never asks it."""
    return KINDS.get(path[1:].partition("/")[0], OTHER)


def line(request: HttpRequest, request_id: str, status: int, kind: str, microseconds: int) -> str:
    """As the other lines are written, but past Python's logging, which would take five times as long."""
    said = {
        "event": "request",
        "request_id": request_id,
        "method": request.method,
        "path": masked(request.path_info[:_LONGEST_PATH]),
        "status_code": status,
        "kind": kind,
        "milliseconds": microseconds / 1000,
        "logger": __name__,
        "level": "info",
        "timestamp": datetime.now(UTC).isoformat(),
    }
    return f"{json.dumps(said)}\n"


def _given(request: HttpRequest) -> str:
    """The proxy's own id, so that its log and ours can be read together; nobody else may choose one."""
    given = request.META.get("HTTP_X_REQUEST_ID", "")
    trusted = given and settings.SECURE_PROXY_SSL_HEADER is not None
    return given if trusted and _WELL_FORMED.fullmatch(given) else ""
