"""The site's navigation: the sections that have something to read, kept in the process for half a minute.

Every page prints it, so no page asks the database for it. A section's first story shows it here at most LIFETIME
seconds late; the section's own page is there at once.
"""

from time import monotonic
from typing import NamedTuple

from django.db.models import Exists, OuterRef
from django.utils import timezone

from articles.models.editions import Edition
from articles.models.sections import Section

LIFETIME = 30.0


class Entry(NamedTuple):
    id: int
    name: str
    slug: str
    url: str


class _Kept(NamedTuple):
    entries: tuple[Entry, ...]
    until: float


_kept = _Kept((), 0.0)


def sections() -> tuple[Entry, ...]:
    """Give the sections that have a live story, in their order."""
    global _kept  # noqa: PLW0603
    if monotonic() >= _kept.until:
        _kept = _Kept(_read(), monotonic() + LIFETIME)
    return _kept.entries


def forget() -> None:
    """Ask the database next time."""
    global _kept  # noqa: PLW0603
    _kept = _Kept((), 0.0)


def _read() -> tuple[Entry, ...]:
    stories = Edition.objects.live(timezone.now()).filter(section_id=OuterRef("pk"))
    rows = Section.objects.filter(Exists(stories)).values_list("pk", "name", "slug")
    return tuple(Entry(pk, name, slug, f"/sections/{slug}/") for pk, name, slug in rows)
