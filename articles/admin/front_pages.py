"""The addresses of the pages that arrange the front page, below /admin/articles/front/."""

from functools import partial
from typing import Any

from django.contrib.admin import AdminSite
from django.urls import URLPattern, URLResolver, path

from articles.admin.front_choosing import choose_view
from articles.admin.front_page import arrange_view
from articles.admin.front_preview import preview_view
from articles.admin.front_record import record_view


def put_on(site: AdminSite) -> None:
    """Add them to the admin, which knows only pages of models by itself."""
    plain = site.get_urls

    def at(route: str, view: Any, name: str) -> URLPattern:
        return path(f"articles/front/{route}", site.admin_view(partial(view, site=site)), name=name)

    def urls() -> list[URLPattern | URLResolver]:
        return [
            at("", arrange_view, "front_page"),
            at("choose/", choose_view, "front_choose"),
            at("preview/", preview_view, "front_preview"),
            at("record/", record_view, "front_record"),
            *plain(),
        ]

    site.get_urls = urls  # type: ignore[method-assign]
