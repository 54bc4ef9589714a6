"""Answers readers' pages before whatever only staff and forms need: sessions, tokens, messages, who is signed in.

A public page reads nothing of all that (`articles.public_pages`), and need not pay for passing through it. What
stands on every answer stands on these too.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.csp import CSP, build_policy

from articles import public_pages
from newsroom.addresses import refuse_nul
from newsroom.security import PERMISSIONS, ask_again

type View = Callable[[HttpRequest], HttpResponse]

#: Addresses of which a process remembers what they lead to; anybody can make up more.
_REMEMBERED = 5000


class ReadersMiddleware:
    """Stands after the one that leads to https, and before all others."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response
        self._answered: Any = convert_exception_to_response(_answered)
        self._headers = {
            str(CSP.HEADER_ENFORCE): build_policy(settings.SECURE_CSP),
            "Permissions-Policy": PERMISSIONS,
            "X-Frame-Options": settings.X_FRAME_OPTIONS,
        }

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        found = _page_at(request.path_info, settings.ROOT_URLCONF)
        if found is None:
            return self.get_response(request)
        request.resolver_match = found
        response: HttpResponse = self._answered(request)
        headers = response.headers
        for name, value in self._headers.items():
            headers.setdefault(name, value)
        headers.setdefault("Content-Length", str(len(response.content)))
        ask_again(response)
        return response


def _answered(request: HttpRequest) -> HttpResponse:
    request.get_host()  # raises for one that is not ours
    refuse_nul(request)
    found = request.resolver_match
    assert found is not None  # noqa: S101  (for the types)
    response: HttpResponse = found.func(request, *found.args, **found.kwargs)
    return response


@lru_cache(maxsize=_REMEMBERED)
def _page_at(path: str, urls: str) -> ResolverMatch | None:
    """The public page that an address names, by the map of the site."""
    try:
        found = resolve(path, urls)
    except Resolver404:
        return None
    found.tried = None  # kilobytes of patterns that were no match, of which only a page for developers tells
    return found if public_pages.of(found.func) else None
