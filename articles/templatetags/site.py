"""What every page prints of the site itself, whichever view it comes from."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils import timezone

from articles import navigation
from articles.views.dates import written

register = template.Library()


@register.simple_tag
def sections(here: str = "", current: str = "true") -> str:
    """List the sections for the masthead; `here` is the address of the one the page belongs to.

    `current` is what ARIA calls that: "page" on the section's own page, "true" on an article of it.
    """
    return _list(navigation.sections(), here or "", current or "true")


@register.simple_tag
def all_sections() -> str:
    """List the sections for the foot of the page."""
    return _list(navigation.sections(), None, "")


@register.simple_tag
def today() -> str:
    return written(timezone.now())


@register.simple_tag
def this_year() -> str:
    """Give the year of the newsroom's calendar, as the archive's address writes it."""
    return f"{timezone.localtime():%Y}"


@lru_cache(maxsize=128)
def _list(entries: tuple[navigation.Entry, ...], here: str | None, current: str) -> str:
    """Print a list once for all pages alike: it stands twice on every page and hardly ever changes."""
    return render_to_string("articles/sections.html", {"entries": entries, "here": here, "current": current})
