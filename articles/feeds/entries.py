"""Knows what a feed says of each story, whatever the format: absolute addresses, and only pictures we may pass on."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.utils.html import escape

from articles.bylines import byline_text
from articles.feeds.channels import Channel, Told
from articles.models.images import covers
from articles.models.kinds import LABELLED_KINDS, ChangeKind, Kind, is_retracted
from articles.models.listings import EditionImage
from articles.pictures import renditions
from articles.portable import portable
from articles.prepared import Prepared
from articles.views.dates import written
from articles.views.notes import withheld_notes
from articles.views.pages import full_url
from articles.views.wording import description

PICTURE_WIDTH = 1280

#: Dated notes, as editions carry them.
type Notes = Sequence[Mapping[str, str]]


@dataclass(frozen=True)
class Picture:
    url: str
    width: int
    height: int
    alt: str
    credit: str


@dataclass(frozen=True)
class Entry:
    id: str
    url: str
    title: str
    byline: str
    summary: str
    html: str
    topics: list[str]
    published: datetime
    updated: datetime
    picture: Picture | None
    #: As each format writes it.
    _written: dict[Any, bytes] = field(default_factory=dict, compare=False, repr=False)

    def written(self, write: Callable[["Entry"], bytes]) -> bytes:
        """Write the entry, or give what was written of it before."""
        found = self._written.get(write)
        if found is None:
            found = self._written[write] = write(self)
        return found


@dataclass(frozen=True)
class Feed:
    title: str
    description: str
    page: str
    updated: datetime | None
    entries: list[Entry]


def feed_of(channel: Channel, *, now: datetime) -> Feed:
    """Give the feed of a channel as it stands at `now`, asking only which pictures and notes must stay out."""
    pictures = _withheld(channel.editions, now)
    notes = withheld_notes(channel.editions, now)
    entries = [_entry(edition, pictures[edition.pk], notes[edition.story_id]) for edition in channel.editions]
    updated = max((entry.updated for entry in entries), default=None)
    return Feed(channel.title, channel.description, full_url(channel.path), updated, entries)


class Named(Protocol):
    """An edition, or what was read of one."""

    @property
    def first_published_at(self) -> datetime: ...
    @property
    def story_id(self) -> int: ...


def entry_id(edition: Named) -> str:
    """Give the name a story keeps in feeds for ever, whatever becomes of headline and address (RFC 4151)."""
    day = edition.first_published_at.date().isoformat()
    return f"tag:{_host(settings.SITE_URL)},{day}:story/{edition.story_id}"


@cache
def _host(site_url: str) -> str | None:
    return urlsplit(site_url).hostname


def _withheld(editions: list[Told], now: datetime) -> dict[int, frozenset[str]]:
    """The keys of pictures, by edition, whose licence has ended or never covered feeds."""
    if not editions:
        return {}
    keys = {f"edition{number}": edition.pk for number, edition in enumerate(editions)}
    uses = _licences(len(keys))(**keys)
    withheld: dict[int, set[str]] = defaultdict(set)
    for edition_id, key, ends_at, scopes in uses:
        if not covers("feeds", scopes=scopes, ends_at=ends_at, now=now):
            withheld[edition_id].add(key)
    return {edition.pk: frozenset(withheld.get(edition.pk, ())) for edition in editions}


@cache
def _licences(editions: int) -> Prepared:
    """Which pictures so many editions show, and what may be done with them."""
    fields = ("edition_id", "image__key", "image__licence_ends_at", "image__licence_scopes")

    def build(**keys: int) -> QuerySet[Any, Any]:
        return EditionImage.objects.filter(edition__in=[*keys.values()]).values_list(*fields)

    return Prepared(build, **{f"edition{number}": int for number in range(editions)})


def _entry(edition: Told, pictures: frozenset[str], notes: frozenset[datetime]) -> Entry:
    """What is said of an edition less these pictures and notes, from memory if it was said before."""
    wanted = (pictures, notes, settings.SITE_URL)
    found: Entry | None = edition.entries.get(wanted)
    if found is None:
        edition.entries.clear()  # what may be shown has changed, and hardly changes back
        found = edition.entries[wanted] = _said(edition, pictures, _left(edition.corrections, notes))
    return found


def _left(corrections: Notes, withheld: Collection[datetime]) -> Notes:
    return [note for note in corrections if datetime.fromisoformat(note["at"]) not in withheld]


def _said(edition: Told, withheld: Collection[str], corrections: Notes) -> Entry:
    return Entry(
        id=entry_id(edition),
        url=full_url(f"/articles/{edition.slug}/"),
        title=_title(edition, corrections),
        byline=byline_text(edition.byline),
        summary=description(edition.standfirst, edition.html, edition.headline),
        html="".join([*_notes(edition, corrections), portable(edition.html, withheld=withheld)]),
        topics=[topic["name"] for topic in edition.topics],
        published=edition.first_published_at,
        updated=edition.updated_at or edition.first_published_at,
        picture=_picture(edition, withheld),
    )


def _title(edition: Told, corrections: Notes) -> str:
    """The headline; of a story that no longer stands it says so, because many readers of feeds see nothing else."""
    return f"Retracted: {edition.headline}" if is_retracted(corrections) else edition.headline


def _notes(edition: Told, corrections: Notes) -> Iterator[str]:
    """What readers must know before they read: that it is no plain news, and what was corrected."""
    if edition.kind in LABELLED_KINDS:
        yield f"<p><strong>{escape(Kind(edition.kind).label)}</strong></p>"
    for note in corrections:
        label, on = ChangeKind(note["kind"]).word, written(datetime.fromisoformat(note["at"]))
        yield f"<p><em>{label}, {on}: {escape(note['note'])}</em></p>"


def _picture(edition: Told, withheld: Collection[str]) -> Picture | None:
    lead = edition.lead
    if lead is None or lead["key"] in withheld:
        return None
    width = renditions.width_within(lead["width"], PICTURE_WIDTH)
    height = round(lead["height"] * width / lead["width"])
    return Picture(full_url(renditions.url(lead["key"], width)), width, height, lead["alt"], lead["credit"])
