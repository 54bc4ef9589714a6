"""The addresses of the desk's pages about mail to readers, below /admin/alerts/, and who is let in."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path

from accounts.models import User

type View = Callable[..., HttpResponseBase]

#: Numbers and states, no addresses.
SEE = "alerts.view_deliveries"
#: Pause mail, and say what became of an uncertain one.
MANAGE = "alerts.manage_mail"
#: Whose address is whose.
PEOPLE = "alerts.manage_subscribers"


def put_on(site: AdminSite, pages: Mapping[str, tuple[str, View]]) -> None:
    """Add pages, as name: (route below alerts/, view), to the admin, which knows only pages of models by itself."""
    plain = site.get_urls

    def urls() -> list[URLPattern | URLResolver]:
        ours = [
            path(f"alerts/{route}", site.admin_view(partial(view, site=site)), name=f"alerts_{name}")
            for name, (route, view) in pages.items()
        ]
        return [*ours, *plain()]

    site.get_urls = urls  # type: ignore[method-assign]


def allowed(request: HttpRequest, *permissions: str) -> User:
    """The person, if they hold one of these; raises PermissionDenied."""
    if not any(request.user.has_perm(permission) for permission in permissions):
        raise PermissionDenied
    return request.user  # type: ignore[return-value]


def page(
    request: HttpRequest, site: AdminSite, name: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of ours. Addresses stand on some: no proxy and no disk keeps them."""
    told = {**site.each_context(request), **context}
    answer = TemplateResponse(request, f"admin/alerts/{name}.html", told, status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
