"""Answers to machines: feeds, sitemaps and robots.txt, kept briefly and sent again only when they changed."""

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

#: Seconds a copy may be used: what is taken down must be gone from every copy within a minute.
LIFETIME = 60


def for_machines(request: HttpRequest, body: bytes, content_type: str) -> HttpResponseBase:
    """Answer with what was written, or 304 where the machine has just this.

    There is no Last-Modified: after a story is taken down it would be older than before, and a machine that asks
    by date would keep the story.
    """
    response = HttpResponse(body, content_type=content_type)
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={LIFETIME}"
    return get_conditional_response(request, etag=etag, response=response) or response
