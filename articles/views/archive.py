"""The archive: what was first published in a year or a month, by the newsroom's calendar."""

from datetime import datetime
from itertools import pairwise
from typing import Any, NamedTuple

from django.db.models import Exists, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from articles.models.editions import Edition, EditionQuerySet
from articles.prepared import Prepared
from articles.public_pages import public_page
from articles.views.dates import MONTHS
from articles.views.listing import Listing, described, listed, listing
from articles.views.pages import page


class Link(NamedTuple):
    name: str
    url: str


@public_page("before", keys=("lists",))
@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    now = timezone.now()
    start, end = _first_of(year), _first_of(year + 1)
    stories = listing(request, _WITHIN, now=now, start=start, end=end)
    # Every page leads to the present year, even on New Year's morning.
    if not stories.cards and year != timezone.localtime(now).year:
        raise Http404
    begins = {f"month{month}": _first_of(year, month) for month in range(1, 14)}
    earlier, later, *filled = next(iter(_AROUND_YEAR(now=now, **begins)), (None, None))
    months = [_month_link(year, month) for month, is_filled in enumerate(filled, start=1) if is_filled]
    around = {"months": _listed(months)} | _ways(_year_link(earlier), _year_link(later))
    return _page(str(year), stories, around)


@public_page("before", keys=("lists",))
@require_safe
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    now = timezone.now()
    if not 1 <= month <= 12:
        raise Http404
    start, end = _first_of(year, month), _first_of(year, month + 1)
    stories = listing(request, _WITHIN, now=now, start=start, end=end)
    if not stories.cards:
        raise Http404
    earlier, later = _AROUND(now=now, start=start, end=end)[0]
    around = {"year": str(year), "year_url": f"/archive/{year:04}/"} | _ways(
        _month_of(earlier), _month_of(later)
    )
    return _page(f"{MONTHS[month - 1]} {year}", stories, around)


def _page(name: str, stories: Listing, around: dict[str, str]) -> HttpResponse:
    told = {"name": name} | stories.gaps() | described(f"Stories of {name}", stories)
    return page("articles/archive.html", gaps=told | around)


def _listed(months: list[Link]) -> SafeString:
    return mark_safe("".join(f'<li><a href="{month.url}">{month.name}</a></li>\n' for month in months))


def _ways(earlier: Link | None, later: Link | None) -> dict[str, str]:
    ways = {"earlier": earlier, "later": later}
    found = {name: link for name, link in ways.items() if link}
    return {name: link.name for name, link in found.items()} | {
        f"{name}_url": link.url for name, link in found.items()
    }


def _first_of(year: int, month: int = 1) -> datetime:
    """Give the moment a month begins in the newsroom; month 13 is the next January. 404 outside the calendar."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    if not 1 < year < 9999:
        raise Http404("There is no such year.")
    return datetime(year, month, 1, tzinfo=timezone.get_default_timezone())


def _within(start: datetime, end: datetime, now: datetime) -> EditionQuerySet:
    return Edition.objects.live(now).filter(first_published_at__gte=start, first_published_at__lt=end)


def _around(now: datetime, start: datetime, end: datetime) -> list[Any]:
    """Ask for the nearest story before and after, so that a link skips the empty months between."""
    live = Edition.objects.live(now)
    before = live.filter(first_published_at__lt=start).order_by("-first_published_at")
    after = live.filter(first_published_at__gte=end).order_by("first_published_at")
    return [Subquery(found.values("first_published_at")[:1]) for found in (before, after)]


def _around_year(now: datetime, **months: datetime) -> list[Any]:
    """The same, and in which of the months there is a story; `months` are when each begins, and the next January."""
    begins = list(months.values())
    filled = [Exists(_within(start, end, now)) for start, end in pairwise(begins)]
    return [*_around(now, begins[0], begins[-1]), *filled]


def _answers(*questions: Any) -> QuerySet[Any, Any]:
    """Put several questions in one query; any one edition carries the answers."""
    return Edition.objects.order_by("pk").values_list(*questions)[:1]


_WITHIN = listed(lambda now, start, end: _within(start, end, now), start=datetime, end=datetime)
_AROUND = Prepared(lambda **times: _answers(*_around(**times)), now=datetime, start=datetime, end=datetime)
_AROUND_YEAR = Prepared(
    lambda **times: _answers(*_around_year(**times)),
    now=datetime,
    **{f"month{month}": datetime for month in range(1, 14)},
)


def _month_link(year: int, month: int) -> Link:
    return Link(f"{MONTHS[month - 1]} {year}", f"/archive/{year:04}/{month:02}/")


def _month_of(at: datetime | None) -> Link | None:
    here = at and timezone.localtime(at)
    return _month_link(here.year, here.month) if here else None


def _year_link(at: datetime | None) -> Link | None:
    here = at and timezone.localtime(at)
    return Link(str(here.year), f"/archive/{here.year:04}/") if here else None
