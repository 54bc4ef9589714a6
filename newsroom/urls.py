"""The map of the site; each app brings its own streets."""

from typing import NoReturn

from django.contrib import admin
from django.http import Http404, HttpRequest
from django.urls import include, path

from newsroom.health import healthz, readyz
from newsroom.metrics.view import metrics


def nowhere(request: HttpRequest, rest: str) -> NoReturn:
    """The admin's way from any row to its public page: it would tell the slugs of what is not out yet."""
    raise Http404


urlpatterns = [
    path("admin/r/<path:rest>", nowhere),
    path("admin/", admin.site.urls),
    path("accounts/", include("accounts.urls")),
    path("alerts/", include("alerts.urls")),
    path("healthz", healthz),
    path("readyz", readyz),
    path("metrics", metrics),
    path("preview/", include("articles.previews.urls")),
    path("", include("articles.urls")),
]

handler400 = "articles.views.errors.bad_request"
handler403 = "articles.views.errors.forbidden"
handler404 = "articles.views.errors.not_found"
handler500 = "articles.views.errors.failed"
