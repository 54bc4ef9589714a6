"""Every arrangement of the front page, newest first: who, when, and what came and went in which place."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.contrib.admin import AdminSite
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.admin.front_page import allowed
from articles.admin.front_proposal import Slot, slots
from articles.admin.front_rows import Told, headlines
from articles.admin.marks import exact
from articles.desk.front_page import Pick, Picks, picks_of
from articles.models import Arrangement, Section

PAGE = 20


@dataclass(frozen=True)
class Change:
    """What stood in a place, and what stands there since."""

    title: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    arrangement: Arrangement
    changes: list[Change]


@require_safe
def record_view(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    user, now = allowed(request), timezone.now()
    arrangements = list(_asked(request.GET.get("before", ""))[: PAGE + 1])
    picks = [picks_of(each.placements.all()) for each in arrangements]
    told = headlines({pick.story_id for each in picks for pick in each.values()}, user, now)
    places = slots(Section.objects.all())
    followed = zip(arrangements, pairwise([*picks, {}]), strict=True)
    entries = [
        Entry(each, list(_changes(before, after, told, places))) for each, (after, before) in followed
    ][:PAGE]
    newest = Arrangement.objects.order_by("-number").first()
    context = {
        **site.each_context(request),
        "title": "Arrangements of the front page",
        "entries": entries,
        "in_force": newest.number if newest else 0,
        "older": entries[-1].arrangement.number if len(arrangements) > PAGE else 0,
    }
    return TemplateResponse(request, "admin/articles/front/record.html", context)


def _asked(before: str) -> "QuerySet[Arrangement]":
    arrangements = Arrangement.objects.select_related("made_by", "restores").prefetch_related("placements")
    if before:
        if not (before.isascii() and before.isdigit() and len(before) < 10):
            raise Http404("There is no such page.")
        arrangements = arrangements.filter(number__lt=int(before))
    return arrangements.order_by("-number")


def _changes(before: Picks, after: Picks, told: dict[int, Told], places: list[Slot]) -> Iterable[Change]:
    for slot in places:
        was, now = before.get(slot.place), after.get(slot.place)
        if was != now:
            yield Change(slot.title, _words(was, told), _words(now, told))


def _words(pick: Pick | None, told: dict[int, Told]) -> str:
    if pick is None:
        return "by itself"
    until = f", until {exact(pick.until)}" if pick.until else ""
    picture = ", without its picture" if pick.without_picture else ""
    return f"“{told[pick.story_id].headline}”{until}{picture}"
