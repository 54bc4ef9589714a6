"""How a readers' page is made: from a template and a context alone.

No request goes in, so no context processor runs, and nothing of a session, a person or a token can come out.
"""

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import get_template


def page(template: str, context: dict[str, Any] | None = None, *, status: int = 200) -> HttpResponse:
    site = {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "alerts_open": settings.ALERTS_OPEN,
    }
    return HttpResponse(get_template(template).render(site | (context or {})), status=status)


def full_url(path: str) -> str:
    """Give the full address of a path on this site. Never the host a request happened to name."""
    return f"{settings.SITE_URL}{quote(path)}"
