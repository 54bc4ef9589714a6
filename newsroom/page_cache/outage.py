"""What readers are told while the database is away and their page was not kept: that it is us, and to come back.

As articles.views.errors says it, without asking Django: all of its threads would wait for the database.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.csp import build_policy

from articles.outages import RETRY_AFTER
from articles.views.pages import page


def apology(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    headers, body = _told()
    start_response("503 Service Unavailable", list(headers))
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


@cache
def _told() -> tuple[list[tuple[str, str]], bytes]:
    response = page("503.html", status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = build_policy(settings.SECURE_CSP)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Content-Length"] = str(len(response.content))
    return list(response.items()), response.content
