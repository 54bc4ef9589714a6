"""How a readers' page is made: from a template and a context alone.

No request goes in, so no context processor runs, and nothing of a session, a person or a token can come out.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import get_template

from articles.views import stencils


def page(
    template: str,
    context: dict[str, Any] | None = None,
    *,
    gaps: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer with a page; with `gaps`, by a stencil of its template (`stencils.filled`)."""
    said = context or {}
    if gaps is None:
        return HttpResponse(get_template(template).render(stencils.context(said)), status=status)
    return HttpResponse(stencils.filled(template, said, gaps), status=status)


def full_url(path: str) -> str:
    """Give the full address of a path on this site. Never the host a request happened to name."""
    return f"{settings.SITE_URL}{_quoted(path)}"


_quoted = lru_cache(10_000)(quote)
