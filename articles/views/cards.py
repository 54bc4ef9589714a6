"""Cards: one line of a listing, made ready so that a template only prints."""

from dataclasses import dataclass
from datetime import datetime

from articles.bylines import byline_short
from articles.models.editions import Edition
from articles.models.kinds import LABELLED_KINDS, Kind, is_retracted
from articles.views.dates import machine, time_or_day, written
from articles.views.pictures import Picture, may_be_shown, picture


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
    section_url: str
    at: str
    date: str
    when: str
    picture: Picture | None


def card(edition: Edition, now: datetime) -> Card:
    """Prepare an edition that `for_listing` read."""
    section = edition.section
    people = byline_short(edition.byline)
    shown = edition.lead if may_be_shown(edition.lead_image, now) else None
    return Card(
        url=edition.get_absolute_url(),
        headline=edition.headline,
        standfirst=edition.standfirst,
        kicker=people if edition.kind == Kind.OPINION and people else edition.kicker,
        label=" · ".join(filter(None, [kind_label(edition.kind), _retracted(edition)])),
        is_sponsored=edition.kind == Kind.SPONSORED,
        is_opinion=edition.kind == Kind.OPINION,
        byline=people,
        section=section.name if section else "",
        section_url=f"/sections/{section.slug}/" if section else "",
        at=machine(edition.first_published_at),
        date=written(edition.first_published_at),
        when=time_or_day(edition.first_published_at, now),
        picture=picture(shown, alt="") if shown else None,
    )


def kind_label(kind: str) -> str:
    """Give the word readers are warned with; plain news needs none."""
    return Kind(kind).label if kind in LABELLED_KINDS else ""


def _retracted(edition: Edition) -> str:
    """Give the word for a story that no longer stands, whatever was changed in it since."""
    return "Retracted" if is_retracted(edition.corrections) else ""
