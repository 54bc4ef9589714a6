"""Listings by key: a page of editions and the address of the next, with no count and no offset."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest

from articles.cursors import BadCursorError, Place, decode, encode
from articles.models.editions import EditionQuerySet
from articles.models.listings import RowQuerySet
from articles.prepared import Type
from articles.views import card_markup
from articles.views.cards import Card, card
from articles.views.lines import Line, Listed
from articles.views.structured_pages import listing_data

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Listing:
    cards: list[Card]
    #: This page's address, and the ways on: "" where there is none.
    url: str
    newest_url: str
    older_url: str

    def gaps(self) -> dict[str, str]:
        """What the template prints of it."""
        return {
            "cards": card_markup.listed(self.cards),
            "url": self.url,
            "newest_url": self.newest_url,
            "older_url": self.older_url,
        }


def listed(build: Callable[..., EditionQuerySet | RowQuerySet[Any]], **types: Type) -> Listed:
    """Prepare a list for `listing`: a page of it, and one line more, which says whether there is another."""
    return Listed(build, size=PAGE_SIZE + 1, **types)


def listing(request: HttpRequest, rows: Listed, **values: Any) -> Listing:
    """Read the page that `?before=` asks for. 404 for a bad cursor, and for a place with nothing after it."""
    path, before = quote(request.path), request.GET.get("before")
    found = rows(None if before is None else _place(before), **values)
    if before is not None and not found:
        raise Http404("Nothing is older than that.")
    shown = found[:PAGE_SIZE]
    return Listing(
        cards=[card(line, values["now"]) for line in shown],
        url=path if before is None else f"{path}?before={before}",
        newest_url="" if before is None else path,
        older_url=f"{path}?before={_cursor(shown[-1])}" if len(found) > PAGE_SIZE else "",
    )


def followed(kind: str, slug: str, name: str) -> dict[str, str]:
    """Give what it is a list of, and where it can be followed."""
    return {"name": name, "feed_url": f"/{kind}s/{slug}/feed.rss", "alerts_query": f"{kind}={quote(slug)}"}


def described(name: str, stories: Listing, *, said: str = "") -> dict[str, str]:
    """Give what a listing says of itself to search engines: its name, a sentence, and its data block."""
    sentence = said or f"{name}: the latest from {settings.SITE_NAME}."
    data = listing_data(name, stories.url, stories.cards, description=sentence)
    return {"called": name, "description": sentence, "structured": data}


def _place(before: str) -> Place:
    try:
        return decode(before)
    except BadCursorError:
        raise Http404("That is no place in this list.") from None


def _cursor(line: Line) -> str:
    return encode(Place(line.first_published_at, line.story_id))
