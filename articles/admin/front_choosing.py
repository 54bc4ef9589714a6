"""Choosing a story for a place on the front page: what is scheduled, and what is live, newest first or by a search."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.admin.front_page import allowed, nowhere
from articles.admin.front_proposal import NoProposal, Proposal, Slot, name_of, read, slots
from articles.models import Edition, Section, Story
from articles.models.editions import EditionQuerySet
from articles.search import finding
from articles.search.patience import TooLongError
from articles.search.query import parse

MOST = 20
_ADDRESS = "/articles/"


@dataclass(frozen=True)
class Offer:
    edition: Edition
    url: str
    #: Where it stands by a pick already; choosing it moves it.
    stands: str = ""


@require_safe
def choose_view(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    user, now = allowed(request), timezone.now()
    places = slots(Section.objects.all())
    try:
        proposal = read(request.GET, places)
        slot = _slot(request.GET.get("place", ""), places)
    except NoProposal as fault:
        return nowhere(request, site, str(fault))
    asked = request.GET.get("q", "").replace("\x00", "")[:200].strip()
    seen = Edition.objects.filter(Story.objects.visible_to(user).has("story_id"))
    section = slot.place.section_id or None
    if section:
        seen = seen.in_section(section)
    try:
        found, takes_too_long = live(seen, asked, now, section=section), False
    except TooLongError:
        found, takes_too_long = [], True
    context = {
        **site.each_context(request),
        "title": f"Choose a story: {slot.title}",
        "takes_too_long": takes_too_long,
        "slot": slot,
        "asked": asked,
        "hidden": [*proposal.hidden(), ("place", slot.name)],
        "scheduled": _offers(scheduled(seen, asked, now), proposal, slot, places),
        "live": _offers(found, proposal, slot, places),
        "back_url": _page_url(proposal, slot),
    }
    return TemplateResponse(request, "admin/articles/front/choose.html", context)


def _slot(name: str, places: list[Slot]) -> Slot:
    for slot in places:
        if slot.name == name:
            return slot
    raise NoProposal("This address names no place on the front page.")


def scheduled(seen: EditionQuerySet, asked: str, now: datetime) -> list[Edition]:
    """Few at any time, so the words are simply looked for in their headlines. An update of a live story is live."""
    out = Edition.objects.live(now).values("story_id")
    coming = seen.scheduled(now).filter(removal_kind="").exclude(story_id__in=out)
    for word in asked.split()[:8]:
        coming = coming.filter(headline__icontains=word)
    return list(coming.select_related("section").order_by("published_at")[:MOST])


def live(seen: EditionQuerySet, asked: str, now: datetime, *, section: int | None = None) -> list[Edition]:
    """The newest; or the best that a search finds, the newest of them first. Raises TooLongError."""
    stories = seen.live(now).select_related("section").newest_first()
    if not asked:
        return list(stories[:MOST])
    if _ADDRESS in asked:
        slug = asked.split(_ADDRESS, 1)[1].split("/", 1)[0]
        return list(stories.filter(slug=slug)[:1])
    # The last word may still be on its way.
    query = parse(f"{asked}*" if asked[-1].isalnum() else asked) or parse(asked)
    hits = finding.by_relevance(query, finding.Filters(section=section), now=now).hits if query else []
    return list(stories.filter(pk__in=[hit.edition_id for hit in hits]))


def _offers(editions: list[Edition], proposal: Proposal, slot: Slot, places: list[Slot]) -> list[Offer]:
    titles = {each.name: each.title for each in places}
    stands = {pick.story_id: titles.get(name_of(place), "") for place, pick in proposal.picks.items()}
    return [
        Offer(
            edition,
            _page_url(proposal.with_pick(slot.place, edition.story_id), slot),
            stands.get(edition.story_id, ""),
        )
        for edition in editions
    ]


def _page_url(proposal: Proposal, slot: Slot) -> str:
    return f"{reverse('admin:front_page')}?{proposal.query(at=f'choose:{slot.name}')}"
