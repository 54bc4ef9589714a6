"""The front page: what editors arranged, and the newest where they left it to itself."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from articles.models.placements import SECONDARIES, Placement
from articles.prepared import Prepared
from articles.public_pages import public_page
from articles.views import arranged, card_markup
from articles.views.arranged import BAND, LEAD, ROW, Arranged
from articles.views.cards import Card, card
from articles.views.front_lines import Lines, LiveLines
from articles.views.pages import page
from articles.views.structured_pages import site_data


class Placed(NamedTuple):
    """What the page has to know of a Placement."""

    story_id: int
    section_id: int | None
    position: int
    without_picture: bool


@public_page(keys=("home", "lists"))
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    return page("articles/front.html", gaps=gaps(LiveLines(now), map(Placed._make, _PLACED(now=now)), now))


def gaps(live: Lines, picks: Iterable[arranged.Pick], now: datetime) -> dict[str, SafeString]:
    """What the template prints of what is live, arranged by `picks`."""
    picks = list(picks)
    found = arranged.arranged(live, picks, now)
    lead = _lead(found, picks, now)
    return {
        "structured": site_data(),
        "lead": card_markup.lead(lead) if lead else mark_safe(""),
        "secondaries": card_markup.secondaries(_secondaries(found, now)),
        "latest": card_markup.latest(card(line, now) for line in found.latest),
        "bands": mark_safe("".join(_band(band, now) for band in found.bands)),
    }


def _lead(found: Arranged, picks: Iterable[arranged.Pick], now: datetime) -> Card | None:
    if LEAD not in found.top:
        return None
    line = found.top[LEAD]
    is_plain = any(pick.without_picture and pick.story_id == line.story_id for pick in picks)
    return card(line, now, pictured=not is_plain)


def _secondaries(found: Arranged, now: datetime) -> list[Card]:
    """Pictures stand in the whole first row or nowhere."""
    lines = [found.top[place] for place in range(1, 1 + SECONDARIES) if place in found.top]
    first = lines[:ROW] if all(line.shows_picture(now) for line in lines[:ROW]) and len(lines) >= ROW else []
    return [
        *(card(line, now) for line in first),
        *(card(line, now, pictured=False) for line in lines[len(first) :]),
    ]


def _band(band: arranged.Band, now: datetime) -> SafeString:
    """With few headlines there is room to say more under each."""
    rest = [card(line, now) for line in band.rest]
    return card_markup.band(band.section, card(band.first, now), rest, is_roomy=len(rest) < BAND - 1)


_PLACED = Prepared(lambda now: Placement.objects.shown(now).values_list(*Placed._fields), now=datetime)
