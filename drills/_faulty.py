"""The newsroom with one page more, which always fails: for storms of 500s."""

import sys
from types import ModuleType
from typing import NoReturn

from django.conf import settings
from django.http import HttpRequest
from django.urls import path

from newsroom.wsgi import application  # noqa: F401  (what gunicorn serves)


def fails(request: HttpRequest, number: int) -> NoReturn:
    raise RuntimeError("This page always fails.")


def _with_fault() -> str:
    """Make a map of the site that has that page, and give its name."""
    from newsroom import urls

    name = "drills._faulty_urls"
    made = ModuleType(name)
    made.urlpatterns = [path("fault/<int:number>/", fails), *urls.urlpatterns]  # type: ignore[attr-defined]
    for handler in ("handler400", "handler403", "handler404", "handler500"):
        setattr(made, handler, getattr(urls, handler))
    sys.modules[name] = made
    return name


settings.ROOT_URLCONF = _with_fault()
