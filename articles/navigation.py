"""The site's navigation: sections with something to read, and the title's own pages, kept for half a minute.

Every page prints it, so no page asks the database for it. A section's first story, or a page of the title, shows it
here at most LIFETIME seconds late; what it leads to is there at once.
"""

from time import monotonic
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Value
from django.utils import timezone

from articles.models.editions import Edition
from articles.models.pages import Page
from articles.models.sections import Section

LIFETIME = 30.0


class Entry(NamedTuple):
    id: int
    name: str
    slug: str
    url: str


class TitlePage(NamedTuple):
    """A page of the title that readers can see; `purpose` is what machines know it as, if anything."""

    name: str
    url: str
    purpose: str
    description: str
    in_footer: bool


class _Kept(NamedTuple):
    entries: tuple[Entry, ...]
    pages: tuple[TitlePage, ...]
    until: float


_NOTHING = _Kept((), (), 0.0)
_kept = _NOTHING
#: Counts what was forgotten, so that nothing which was read before is kept after it.
_times = 0


def sections() -> tuple[Entry, ...]:
    """Give the sections that have a live story, in their order."""
    return _fresh().entries


def title_pages() -> tuple[TitlePage, ...]:
    """Give the title's own pages, in their order."""
    return _fresh().pages


def page_for(purpose: str) -> TitlePage | None:
    """Give the page that is there for a purpose, if there is one."""
    return next((page for page in title_pages() if page.purpose == purpose), None)


def forget() -> None:
    """Ask the database next time."""
    global _kept, _times  # noqa: PLW0603
    _times += 1
    _kept = _NOTHING


def _fresh() -> _Kept:
    global _kept  # noqa: PLW0603
    kept, times = _kept, _times
    if monotonic() >= kept.until:
        kept = _read()
        if times == _times:
            _kept = kept
    return kept


def _read() -> _Kept:
    """One query for both: they are always wanted together."""
    stories = Edition.objects.live(timezone.now()).filter(section_id=OuterRef("pk"))
    told = Section.objects.filter(Exists(stories)).order_by()
    sections = _columns(told, Value(True), "name", purpose=Value(""), described=Value(""), footed=Value(True))
    pages = Page.objects.public().order_by()
    rest = _columns(
        pages, Value(False), "title", purpose=F("purpose"), described=F("description"), footed=F("in_footer")
    )
    rows = sorted(sections.union(rest, all=True), key=lambda row: (row[2], row[3]))
    return _Kept(
        tuple(
            Entry(pk, name, slug, f"/sections/{slug}/") for is_one, pk, _, name, slug, *_ in rows if is_one
        ),
        tuple(
            TitlePage(name, f"/{slug}/", purpose, description, in_footer)
            for is_one, _, _, name, slug, purpose, description, in_footer in rows
            if not is_one
        ),
        monotonic() + LIFETIME,
    )


def _columns(rows: Any, is_section: Value, name: str, *, purpose: Any, described: Any, footed: Any) -> Any:
    return rows.values_list(is_section, "pk", "order", name, "slug", purpose, described, footed)
