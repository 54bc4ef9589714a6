"""The front page, arranged by itself: the newest story leads, then the newest others, then each section's."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles import navigation
from articles.models.editions import Edition
from articles.models.kinds import Kind
from articles.views.branches import any_of
from articles.views.cards import Card, card
from articles.views.pages import page

SECONDARIES = 6
#: A row of them: pictures stand in the whole first row or in none.
ROW = 3
LATEST = 10
#: A picture story and three headlines.
BAND = 4
READ = 1 + SECONDARIES + LATEST


@dataclass(frozen=True, slots=True)
class Band:
    section: navigation.Entry
    first: Card
    rest: list[Card]
    #: With few headlines there is room to say more under each.
    is_roomy: bool


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    newest = list(Edition.objects.live(now).for_listing().newest_first()[:READ])
    # What somebody paid for does not lead the paper.
    top = [edition for edition in newest if edition.kind != Kind.SPONSORED][: 1 + SECONDARIES]
    placed = {edition.pk for edition in top}
    cards = [card(edition, now) for edition in top]
    return page(
        "articles/front.html",
        {
            "lead": cards[0] if cards else None,
            "secondaries": secondaries(cards[1:]),
            "latest": [card(edition, now) for edition in newest if edition.pk not in placed][:LATEST],
            "bands": bands(placed, now),
        },
    )


def secondaries(cards: list[Card]) -> list[Card]:
    """Bring stories with pictures into the first row; where they do not fill it, show none."""
    pictured = [card for card in cards if card.picture][:ROW]
    if len(pictured) < ROW:
        pictured = []
    return [*pictured, *(replace(card, picture=None) for card in cards if card not in pictured)]


def bands(placed: set[int], now: datetime) -> list[Band]:
    """Read the newest of every section in one query, less what stands above already."""
    entries = navigation.sections()
    if not entries:
        return []
    live = Edition.objects.live(now)
    newest = [
        live.in_section(entry.id).exclude(pk__in=placed).newest_first().values("pk")[:BAND]
        for entry in entries
    ]
    cards: dict[int | None, list[Card]] = defaultdict(list)
    for edition in live.filter(pk__in=any_of(newest)).for_listing().newest_first():
        cards[edition.section_id].append(card(edition, now))
    return [_band(entry, cards[entry.id]) for entry in entries if cards[entry.id]]


def _band(entry: navigation.Entry, cards: list[Card]) -> Band:
    """Let the newest story with a picture stand first."""
    first = next((card for card in cards if card.picture), cards[0])
    return Band(entry, first, [card for card in cards if card is not first], is_roomy=len(cards) < BAND)
