"""Arranging the front page: its places as a list, each step an address of its own, put there by one button.

A step (up, down, keep, by itself, choose) changes nothing but the proposal in the address, so the browser's Back takes
it back, and the page is whole without JavaScript.
"""

from dataclasses import replace
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import User
from articles.admin.front_proposal import NoProposal, Proposal, Slot, read, slots
from articles.admin.front_rows import headlines, rows
from articles.desk import front_page
from articles.desk.refusals import NotReady, Refused, Stale
from articles.models import Arrangement, Kind, Placement, Section

MOVES = ("up", "down")


@require_http_methods(["GET", "HEAD", "POST"])
def arrange_view(request: HttpRequest, *, site: AdminSite) -> HttpResponse:
    """The list of places; with POST a step (303 to the next proposal), or the proposal put on the front page."""
    user = allowed(request)
    places = slots(Section.objects.all())
    try:
        proposal = _proposal(request, places)
    except NoProposal as fault:
        return nowhere(request, site, str(fault))
    if request.method != "POST":
        return _page(request, site, proposal, places)
    if proposal.faulty:
        return _page(
            request, site, proposal, places, NotReady("Something typed cannot be. It is marked below.")
        )
    step = request.POST.get("do", "")
    if step == "put":
        return _put(request, site, proposal, places, user)
    return _stepped(request, proposal, places, step)


def allowed(request: HttpRequest) -> User:
    user: User = request.user  # type: ignore[assignment]
    if not user.has_perm(front_page.PERMISSION):
        raise PermissionDenied("The front page is arranged by editors and managers.")
    return user


def nowhere(request: HttpRequest, site: AdminSite, sentence: str) -> HttpResponse:
    context = {**site.each_context(request), "title": "Front page", "problem": sentence}
    return TemplateResponse(request, "admin/articles/front/nowhere.html", context, status=400)


def _proposal(request: HttpRequest, places: list[Slot]) -> Proposal:
    """What the form or the address proposes; without any, what stands there or what an earlier arrangement said."""
    data: QueryDict = request.POST if request.method == "POST" else request.GET
    if "seen" in data or request.method == "POST":
        return read(data, places)
    newest = front_page.newest()
    seen = newest.number if newest else 0
    if "back" in data:
        return _earlier(str(data["back"]), seen)
    return Proposal(seen, front_page.picks_of(Placement.objects.shown(timezone.now())))


def _earlier(number: str, seen: int) -> Proposal:
    if not (number.isascii() and number.isdigit() and len(number) < 9):
        raise NoProposal("This address names no arrangement of the front page.")
    arrangement = Arrangement.objects.filter(number=number).first()
    if arrangement is None:
        raise Http404("There is no such arrangement.")
    picks = front_page.picks_of(arrangement.placements.all())
    now = timezone.now()
    lasting = {place: pick for place, pick in picks.items() if not pick.until or pick.until > now}
    return Proposal(seen, lasting, arrangement.number)


def _stepped(request: HttpRequest, proposal: Proposal, places: list[Slot], step: str) -> HttpResponse:
    """Lead to the proposal after a step, with the cursor on what was pressed."""
    what, _, rest = step.partition(":")
    name, _, story = rest.partition(":")
    slot = next((slot for slot in places if slot.name == name), None)
    if slot is None:
        return _to(proposal)
    if what == "choose":
        return HttpResponseRedirect(
            f"{reverse('admin:front_choose')}?{proposal.query(place=name)}", status=303
        )
    if what == "clear":
        return _to(proposal.without(slot.place), at=f"choose:{name}")
    if not (story.isascii() and story.isdigit() and 0 < len(story) < 10):
        return _to(proposal)
    if what == "keep":
        return _to(proposal.with_pick(slot.place, int(story)), at=f"choose:{name}")
    return _moved(request, proposal, places, slot, what, int(story))


def _moved(
    request: HttpRequest, proposal: Proposal, places: list[Slot], slot: Slot, what: str, story: int
) -> HttpResponse:
    at = places.index(slot) + (-1 if what == "up" else 1)
    if what not in MOVES or slot.place.section_id or not 0 <= at < len(places) or places[at].place.section_id:
        return _to(proposal)
    after = proposal.moved(slot.place, places[at].place, story)
    lead = next((pick.story_id for place, pick in after.picks.items() if place.is_lead), 0)
    now = timezone.now()
    edition = front_page.latest_editions([lead], now).get(lead)
    seen = set(front_page.seen_by(allowed(request), [lead]))
    if edition and edition.kind == Kind.SPONSORED and front_page.is_known(edition, seen, now):
        messages.warning(request, "What somebody paid for does not lead the front page.")
        return _to(proposal, at=f"{what}:{slot.name}")
    return _to(after, at=f"{what}:{places[at].name}")


def _to(proposal: Proposal, at: str = "") -> HttpResponse:
    more = {"at": at} if at else {}
    return HttpResponseRedirect(f"{reverse('admin:front_page')}?{proposal.query(**more)}", status=303)


def _put(
    request: HttpRequest, site: AdminSite, proposal: Proposal, places: list[Slot], user: User
) -> HttpResponse:
    now = timezone.now()
    try:
        made = front_page.put(
            proposal.picks, by=user, now=now, seen=proposal.seen, restores=proposal.restores
        )
    except Stale as refusal:
        return _conflict(request, site, proposal, places, refusal)
    except Refused as refusal:
        return _page(request, site, proposal, places, refusal)
    if made is None:
        messages.info(request, "The front page stands like this already. Nothing has changed.")
    else:
        messages.success(request, "It is on the front page.")
    return HttpResponseRedirect(reverse("admin:front_page"))


def _page(
    request: HttpRequest,
    site: AdminSite,
    proposal: Proposal,
    places: list[Slot],
    refusal: Refused | None = None,
) -> HttpResponse:
    user, now = allowed(request), timezone.now()
    newest = front_page.newest()
    standing = front_page.picks_of(newest.placements.shown(now)) if newest else {}
    listed = rows(proposal, places, user, now, at=request.GET.get("at", ""))
    preview = f"{reverse('admin:front_preview')}?{proposal.query()}"
    coming = sorted({row.picked.at for row in listed if row.picked and row.picked.at})
    context = {
        **site.each_context(request),
        "title": f"{'Error: ' if refusal else ''}Front page",
        "proposal": proposal,
        "rows": listed,
        "newest": newest,
        "is_changed": proposal.picks != standing,
        "is_behind": newest is not None and newest.number != proposal.seen,
        "refusal": refusal,
        "preview_url": preview,
        "coming": [(at, f"{preview}&{urlencode({'on': at.isoformat()})}") for at in coming],
    }
    status = refusal.status if refusal else 200
    return TemplateResponse(request, "admin/articles/front/arrange.html", context, status=status)


def _conflict(
    request: HttpRequest, site: AdminSite, mine: Proposal, places: list[Slot], refusal: Stale
) -> HttpResponse:
    """Both arrangements, place by place, and the way on with either."""
    user, now = allowed(request), timezone.now()
    newest = front_page.newest()
    theirs = front_page.picks_of(Placement.objects.shown(now))
    told = headlines({pick.story_id for picks in (mine.picks, theirs) for pick in picks.values()}, user, now)
    compared = [
        (
            slot,
            *(
                told[picks[slot.place].story_id] if slot.place in picks else None
                for picks in (theirs, mine.picks)
            ),
        )
        for slot in places
        if slot.place in theirs or slot.place in mine.picks
    ]
    on = replace(mine, seen=newest.number if newest else 0)
    context = {
        **site.each_context(request),
        "title": "Error: Front page",
        "refusal": refusal,
        "newest": newest,
        "compared": [(slot, one, two, one != two) for slot, one, two in compared],
        "mine_url": f"{reverse('admin:front_page')}?{on.query()}",
    }
    return TemplateResponse(request, "admin/articles/front/conflict.html", context, status=409)
