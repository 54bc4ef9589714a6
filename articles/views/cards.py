"""Cards: one line of a listing, made ready so that what prints it only prints."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from articles.bylines import byline_short
from articles.models.kinds import LABELLED_KINDS, Kind, is_retracted
from articles.views.dates import here, machine, time_or_day, written
from articles.views.lines import Line
from articles.views.pictures import Picture, picture


@dataclass(frozen=True, slots=True)
class Card:
    url: str
    headline: str
    standfirst: str
    #: What the story is about in a word or two: its kicker, for opinion whose it is.
    kicker: str
    #: What readers are warned with before they open it.
    label: str
    is_sponsored: bool
    is_opinion: bool
    byline: str
    section: str
    at: str
    date: str
    when: str
    picture: Picture | None
    #: What was printed of it, by all that this depends on beside the card.
    printed: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)


#: Cards that are kept of a line: with its picture and without, today and on the day before.
_MOST = 4


def card(line: Line, now: datetime, *, pictured: bool = True) -> Card:
    """Give a line's card, with its picture if that may be shown and is wanted."""
    wanted = (_day(now), pictured and line.shows_picture(now))
    found: Card | None = line.printed.get(wanted)
    if found is None:
        if len(line.printed) >= _MOST:
            line.printed.clear()
        found = line.printed[wanted] = _card(line, now, pictured=wanted[1])
    return found


@lru_cache(maxsize=32)
def _day(now: datetime) -> date:
    return here(now).date()


def _card(line: Line, now: datetime, *, pictured: bool) -> Card:
    people, at = byline_short(line.byline), here(line.first_published_at)
    is_opinion = line.kind == Kind.OPINION
    return Card(
        url=f"/articles/{line.slug}/",
        headline=line.headline,
        standfirst=line.standfirst,
        kicker=people if is_opinion and people else line.kicker,
        label=" · ".join(filter(None, [kind_label(line.kind), _retracted(line)])),
        is_sponsored=line.kind == Kind.SPONSORED,
        is_opinion=is_opinion,
        byline=people,
        section=line.section_name or "",
        at=machine(at),
        date=written(at),
        when=time_or_day(at, now),
        picture=picture(line.lead, alt="") if line.lead and pictured else None,
    )


def kind_label(kind: str) -> str:
    """Give the word readers are warned with; plain news needs none."""
    return str(Kind(kind).label) if kind in LABELLED_KINDS else ""


def _retracted(line: Line) -> str:
    """Give the word for a story that no longer stands, whatever was changed in it since."""
    return "Retracted" if is_retracted(line.corrections) else ""
