"""Corrections: every dated note of a live story, newest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.cursors import BadCursorError, Place, decode, encode
from articles.models.editions import Edition
from articles.models.kinds import ChangeKind
from articles.models.listings import CorrectionQuerySet, EditionCorrection
from articles.prepared import Prepared
from articles.public_pages import public_page
from articles.views.dates import machine, written
from articles.views.pages import page

PAGE_SIZE = 30


@dataclass(frozen=True, slots=True)
class Note:
    label: str
    note: str
    at: str
    date: str
    headline: str
    url: str


@public_page("before", keys=("lists",))
@require_safe
def corrections(request: HttpRequest) -> HttpResponse:
    now, before = timezone.now(), request.GET.get("before")
    rows = _read(now, before)
    if before is not None and not rows:
        raise Http404("Nothing is older than that.")
    shown, more = rows[:PAGE_SIZE], len(rows) > PAGE_SIZE
    context = {
        "notes": [_note(row) for row in shown],
        "url": request.path if before is None else f"{request.path}?before={before}",
        "newest_url": "" if before is None else request.path,
        "older_url": f"{request.path}?before={_cursor(shown[-1])}" if more else "",
    }
    return page("articles/corrections.html", context)


class Row(NamedTuple):
    published_at: datetime
    story_id: int
    change_kind: str
    public_note: str
    #: As the story's present edition has them.
    headline: str
    slug: str


def _read(now: datetime, before: str | None) -> list[Row]:
    """One query: a page of notes and one more."""
    if before is None:
        return [*map(Row._make, _NEWEST(now=now))]
    published_at, story_id = _place(before)
    return [*map(Row._make, _OLDER(now=now, published_at=published_at, story_id=story_id))]


def _newest(now: datetime) -> QuerySet[Any, Any]:
    return _rows(EditionCorrection.objects.shown(now), now)


def _older(now: datetime, published_at: datetime, story_id: int) -> QuerySet[Any, Any]:
    return _rows(EditionCorrection.objects.shown(now).older_than(published_at, story_id), now)


def _rows(notes: CorrectionQuerySet, now: datetime) -> QuerySet[Any, Any]:
    """Each note as its own edition has it, with the story's present headline and address."""
    own = Edition.objects.filter(pk=OuterRef("edition_id"))
    live = Edition.objects.live(now).filter(story=OuterRef("story"))
    of_own = [Subquery(own.values(field)) for field in ("change_kind", "public_note")]
    of_live = [Subquery(live.values(field)[:1]) for field in ("headline", "slug")]
    rows = notes.newest_first().values_list("published_at", "story_id", *of_own, *of_live)
    return rows[: PAGE_SIZE + 1]


_NEWEST = Prepared(_newest, now=datetime)
_OLDER = Prepared(_older, now=datetime, published_at=datetime, story_id=int)


def _place(before: str) -> Place:
    try:
        return decode(before)
    except BadCursorError:
        raise Http404("That is no place in this list.") from None


def _cursor(row: Row) -> str:
    return encode(Place(row.published_at, row.story_id))


def _note(row: Row) -> Note:
    return Note(
        label=ChangeKind(row.change_kind).word,
        note=row.public_note,
        at=machine(row.published_at),
        date=written(row.published_at),
        headline=row.headline,
        url=f"/articles/{row.slug}/",
    )
