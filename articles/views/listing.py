"""Listings by key: a page of editions and the address of the next, with no count and no offset."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest

from articles.cursors import BadCursorError, Place, decode, encode
from articles.models.editions import Edition, EditionQuerySet
from articles.models.listings import RowQuerySet
from articles.views.cards import Card, card
from articles.views.structured_pages import listing_data

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Listing:
    cards: list[Card]
    #: This page's address, and the ways on: "" where there is none.
    url: str
    newest_url: str
    older_url: str


def listing(
    request: HttpRequest,
    rows: EditionQuerySet | RowQuerySet[Any],
    *,
    now: datetime,
    size: int = PAGE_SIZE,
) -> Listing:
    """Read the page that `?before=` asks for. 404 for a bad cursor, and for a place with nothing after it."""
    path, before = request.path, request.GET.get("before")
    if before is not None:
        rows = rows.older_than(*_place(before))
    found = list(rows.for_listing().newest_first()[: size + 1])
    if before is not None and not found:
        raise Http404("Nothing is older than that.")
    shown = [row if isinstance(row, Edition) else row.edition for row in found[:size]]
    return Listing(
        cards=[card(edition, now) for edition in shown],
        url=quote(path) if before is None else _before(path, before),
        newest_url="" if before is None else quote(path),
        older_url=_before(path, _cursor(shown[-1])) if len(found) > size else "",
    )


def described(name: str, stories: Listing, *, said: str = "") -> dict[str, Any]:
    """Give what a listing says of itself to search engines: its name, a sentence, and its data block."""
    sentence = said or f"{name}: the latest from {settings.SITE_NAME}."
    data = listing_data(name, stories.url, stories.cards, description=sentence)
    return {"called": name, "description": sentence, "structured": data}


def _place(before: str) -> Place:
    try:
        return decode(before)
    except BadCursorError:
        raise Http404("That is no place in this list.") from None


def _cursor(edition: Edition) -> str:
    return encode(Place(edition.first_published_at, edition.story_id))


def _before(path: str, cursor: str) -> str:
    return f"{quote(path)}?before={cursor}"
