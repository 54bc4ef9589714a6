"""Stencils: a template printed once for all pages that look alike, with gaps where the values of each page go.

Django looks up every name of a template anew for each page, which was half of what an article cost (decision 48). The
template stays the only place that says how a page looks.
"""

import re
import secrets
from collections.abc import Callable, Hashable, Mapping
from html import escape
from typing import Any, NamedTuple

from django.conf import settings
from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString

from articles import navigation
from articles.views.dates import written

#: Stencils that a process keeps; it drops all when there are more. Each takes some twenty kilobytes.
MOST = 400

#: Nobody can write a gap of their own: none outside of this process knows its name.
_SECRET = secrets.token_hex(12)
_GAP = re.compile(f"\0{_SECRET}:([a-z_]+)\0")

#: Literals and names of gaps in turn, a literal first and last.
type Stencil = list[str]


class Site(NamedTuple):
    """What every page prints of the site itself, however it comes to it."""

    sections: tuple[navigation.Entry, ...]
    pages: tuple[navigation.TitlePage, ...]
    today: str
    name: str
    url: str
    alerts_open: bool


class _Key(NamedTuple):
    template: str
    said: tuple[tuple[str, Hashable], ...]
    gaps: tuple[str, ...]
    site: Site


_kept: dict[_Key, Stencil] = {}


def filled(template: str, said: Mapping[str, Hashable], gaps: Mapping[str, str]) -> str:
    """Print a template with these values.

    `said` may decide what is printed. Of `gaps` the template may ask whether they are empty, and print them as they
    are, in text and quoted attributes; what is no SafeString is escaped. TypeError where it does more with one.
    """
    stencil = _stencil(template, said, tuple(name for name, value in gaps.items() if value))
    parts = stencil.copy()
    parts[1::2] = map(_escaped(gaps), stencil[1::2])
    return "".join(parts)


def context(said: Mapping[str, Any]) -> dict[str, Any]:
    """The same with what every template may say of the site."""
    site = {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "alerts_open": settings.ALERTS_OPEN,
    }
    return {**site, **said}


def _escaped(gaps: Mapping[str, str]) -> Callable[[str], str]:
    def value(name: str) -> str:
        found = gaps[name]
        return found if isinstance(found, SafeString) else escape(found)

    return value


def _stencil(template: str, said: Mapping[str, Hashable], gaps: tuple[str, ...]) -> Stencil:
    key = _Key(template, tuple(said.items()), gaps, _site())
    found = _kept.get(key)
    if found is None:
        found = _cut(template, said, gaps)
        # Templates ask for the site by themselves, and it may just have changed; while developing they change too.
        if key.site == _site() and not settings.DEBUG:
            if len(_kept) >= MOST:
                _kept.clear()
            _kept[key] = found
    return found


def _cut(template: str, said: Mapping[str, Hashable], gaps: tuple[str, ...]) -> Stencil:
    marks = {name: SafeString(f"\0{_SECRET}:{name}\0") for name in gaps}
    found = _GAP.split(get_template(template).render(context({**said, **marks})))
    if changed := [literal for literal in found[::2] if _SECRET in literal]:
        raise TypeError(f"{template} does more with a gap than print it: {changed}")
    return found


def _site() -> Site:
    return Site(
        navigation.sections(),
        navigation.title_pages(),
        written(timezone.now()),
        settings.SITE_NAME,
        settings.SITE_URL,
        settings.ALERTS_OPEN,
    )
