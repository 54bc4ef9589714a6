"""What every page prints of the site itself, whichever view it comes from."""

from functools import lru_cache

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone

from articles import navigation
from articles.models.pages import Purpose
from articles.views import schema
from articles.views.dates import written

register = template.Library()


@register.simple_tag
def sections(here: str = "", current: str = "true") -> str:
    """List the sections for the masthead; `here` is the address of the one the page belongs to.

    `current` is what ARIA calls that: "page" on the section's own page, "true" on an article of it.
    """
    return _list(navigation.sections(), here or "", current or "true")


@register.simple_tag
def colophon(here: str = "") -> str:
    """Print the foot of the page: sections, the title's own pages, and where else to read on."""
    pages = tuple(page for page in navigation.title_pages() if page.in_footer)
    year = f"{timezone.localtime():%Y}"  # of the newsroom's calendar, as the archive's address writes it
    return _colophon(navigation.sections(), pages, here or "", year, settings.SITE_NAME, settings.ALERTS_OPEN)


@register.simple_tag
def site_description() -> str:
    """Say in one sentence what the title is: what its page about itself says, if that says it."""
    about = navigation.page_for(Purpose.ABOUT)
    return (about and about.description) or f"News, analysis and opinion from {settings.SITE_NAME}."


@register.simple_tag
def site_file(name: str) -> str:
    """Give the full address of one of the site's own files."""
    return schema.site_file(name)


@register.simple_tag
def corrections_policy() -> str:
    """Give the address of the corrections policy, where there is one."""
    policy = navigation.page_for(Purpose.CORRECTIONS)
    return policy.url if policy else ""


@register.simple_tag
def today() -> str:
    return written(timezone.now())


@lru_cache(maxsize=128)
def _list(entries: tuple[navigation.Entry, ...], here: str, current: str) -> str:
    """Print a list once for all pages alike: it stands on every page and hardly ever changes."""
    return render_to_string("articles/sections.html", {"entries": entries, "here": here, "current": current})


@lru_cache(maxsize=128)
def _colophon(
    entries: tuple[navigation.Entry, ...],
    pages: tuple[navigation.TitlePage, ...],
    here: str,
    year: str,
    site_name: str,
    alerts_open: bool,
) -> str:
    """Print the foot of the page once for all pages alike, for the same reason."""
    said = {"entries": entries, "pages": pages, "path": here, "year": year}
    site = {"site_name": site_name, "alerts_open": alerts_open}
    return render_to_string("articles/colophon.html", said | site)
