"""The front page: what editors arranged, and the newest where they left it to itself."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import navigation
from articles.models.editions import Edition, EditionQuerySet
from articles.models.placements import SECONDARIES, Placement
from articles.public_pages import public_page
from articles.views.arranged import BAND, LEAD, ROW, Arranged, arranged
from articles.views.cards import Card, card
from articles.views.pages import page


@dataclass(frozen=True, slots=True)
class Band:
    section: navigation.Entry
    first: Card
    rest: list[Card]
    #: With few headlines there is room to say more under each.
    is_roomy: bool


@public_page(keys=("home", "lists"))
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    return page("articles/front.html", context(Edition.objects.live(now), Placement.objects.shown(now), now))


def context(live: EditionQuerySet, picks: Iterable[Placement], now: datetime) -> dict[str, Any]:
    """What the template prints of the editions in `live`, arranged by `picks`."""
    picks = list(picks)
    found = arranged(live, picks, now)
    return {
        "lead": _lead(found, picks, now),
        "secondaries": _secondaries(found, now),
        "latest": [card(edition, now) for edition in found.latest],
        "bands": [
            Band(
                band.section,
                card(band.first, now),
                [card(edition, now) for edition in band.rest],
                is_roomy=len(band.rest) < BAND - 1,
            )
            for band in found.bands
        ],
    }


def _lead(found: Arranged, picks: Iterable[Placement], now: datetime) -> Card | None:
    if LEAD not in found.top:
        return None
    edition = found.top[LEAD]
    plain = any(pick.without_picture and pick.story_id == edition.story_id for pick in picks)
    shown = card(edition, now)
    return replace(shown, picture=None) if plain else shown


def _secondaries(found: Arranged, now: datetime) -> list[Card]:
    """Pictures stand in the whole first row or nowhere."""
    cards = [card(found.top[place], now) for place in range(1, 1 + SECONDARIES) if place in found.top]
    row = [shown for shown in cards[:ROW] if shown.picture]
    pictures = len(row) if len(row) == ROW else 0
    return [*cards[:pictures], *(replace(shown, picture=None) for shown in cards[pictures:])]
