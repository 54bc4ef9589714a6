"""Which addresses a page of the title may not have: those of the site itself, and those of other pages."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from articles.models import Page, PageAddress

#: The route of the pages themselves, in articles.urls.
OWN_ROUTE = "title-page"

_LITERAL = re.compile(r"[a-z0-9._-]+", re.IGNORECASE)


def is_reserved(slug: str) -> bool:
    """Whether something else of the site stands at, or under, this address."""
    return slug in reserved()


def reserved() -> set[str]:
    """The first words of every address that the site answers, and of its files."""
    roots = {settings.STATIC_URL.strip("/"), settings.MEDIA_URL.strip("/")}
    return {*roots, *_firsts(get_resolver().url_patterns)}


def owner_of(slug: str) -> int | None:
    """The page that has this address now, or that readers once had there."""
    now = Page.objects.filter(slug=slug).values_list("pk", flat=True).first()
    return now or PageAddress.objects.filter(slug=slug).values_list("page", flat=True).first()


def _firsts(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        route = before + str(pattern.pattern).lstrip("^")
        if isinstance(pattern, URLResolver) and "/" not in route:
            yield from _firsts(pattern.url_patterns, route)
        elif getattr(pattern, "name", None) != OWN_ROUTE and (first := _LITERAL.match(route)):
            yield first.group()
