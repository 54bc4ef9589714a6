"""What a mail says of a story: read from its edition alone, with whole addresses and only pictures it may carry."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime

from alerts.links import whole
from alerts.mails.lines import line
from articles.bylines import byline_short, byline_text
from articles.models.editions import Edition
from articles.models.kinds import ChangeKind, is_retracted
from articles.pictures import renditions
from articles.views.cards import kind_label
from articles.views.dates import written
from articles.views.notes import leave_out_withheld
from articles.views.pages import full_url

#: How wide a picture stands in a mail, and the file that is taken for it: the one that is there at once.
SHOWN_WIDTH = 560
FILE_WIDTH = renditions.FIRST


@dataclass(frozen=True, slots=True)
class Picture:
    url: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str


@dataclass(frozen=True, slots=True)
class Note:
    """A dated note that readers of the story must know of."""

    label: str
    date: str
    words: str
    is_grave: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A story as a mail tells of it, made ready so that a template only prints."""

    url: str
    headline: str
    standfirst: str
    #: What stands above the headline: the section and the kicker; and what readers are warned with.
    place: str
    label: str
    byline: str
    #: Who wrote it without their job titles, for a list.
    names: str
    date: str
    updated: str
    notes: tuple[Note, ...]
    picture: Picture | None

    @property
    def history(self) -> str:
        return f"{self.url}history/"


def told(editions: Sequence[Edition], now: datetime) -> list[Told]:
    """Prepare editions, which need not be saved, without the notes that nobody may read any more."""
    leave_out_withheld(editions, now)
    return [_told(edition, now) for edition in editions]


def _told(edition: Edition, now: datetime) -> Told:
    return Told(
        url=full_url(edition.get_absolute_url()),
        headline=line(edition.headline),
        standfirst=line(edition.standfirst),
        place=" · ".join(_place(edition)),
        label=" · ".join(_label(edition)),
        byline=line(byline_text(edition.byline)),
        names=line(byline_short(edition.byline)),
        date=written(edition.first_published_at),
        updated=_updated(edition),
        notes=tuple(_notes(edition)),
        picture=_picture(edition, now),
    )


def _place(edition: Edition) -> Iterator[str]:
    if edition.section:
        yield line(edition.section.name)
    if edition.kicker:
        yield line(edition.kicker)


def _label(edition: Edition) -> Iterator[str]:
    label = kind_label(edition.kind)
    if label and not (edition.section and edition.section.name == label):
        yield label
    if is_retracted(edition.corrections):
        yield "Retracted"


def _updated(edition: Edition) -> str:
    """The day it was updated, where that is another than the day it was published."""
    at = edition.updated_at
    if at is None or localtime(at).date() == localtime(edition.first_published_at).date():
        return ""
    return written(at)


def _notes(edition: Edition) -> Iterator[Note]:
    """The newest first, as the page has them."""
    for note in reversed(edition.corrections):
        kind, date = ChangeKind(note["kind"]), written(datetime.fromisoformat(note["at"]))
        yield Note(kind.word, date, line(note["note"]), is_grave=kind == ChangeKind.RETRACTION)


def _picture(edition: Edition, now: datetime) -> Picture | None:
    """The lead picture while its licence covers e-mail. After it ends the address answers 404; the words remain."""
    lead, image = edition.lead, edition.lead_image
    if lead is None or image is None or not image.may_be_shown("email", now):
        return None
    file = renditions.width_within(lead["width"], FILE_WIDTH)
    width = min(lead["width"], SHOWN_WIDTH)
    return Picture(
        url=whole(renditions.url(lead["key"], file)),
        width=width,
        height=round(lead["height"] * width / lead["width"]),
        alt=line(lead["alt"]),
        caption=line(lead["caption"]),
        credit=line(lead["credit"]),
    )
