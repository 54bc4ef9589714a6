"""Corrections: every dated note of a live story, newest first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.cursors import BadCursorError, Place, decode, encode
from articles.models.editions import Edition
from articles.models.kinds import ChangeKind
from articles.models.listings import EditionCorrection
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


def _read(now: datetime, before: str | None) -> list[Any]:
    """One query: a page of notes and one more, each with the story's present headline and address."""
    live = Edition.objects.live(now).filter(story=OuterRef("story"))
    rows = EditionCorrection.objects.shown(now).newest_first()
    if before is not None:
        rows = rows.older_than(*_place(before))
    fields = ("published_at", "story_id", "edition__change_kind", "edition__public_note")
    found = rows.annotate(
        headline=Subquery(live.values("headline")[:1]), slug=Subquery(live.values("slug")[:1])
    )
    return list(found.values_list(*fields, "headline", "slug", named=True)[: PAGE_SIZE + 1])


def _place(before: str) -> Place:
    try:
        return decode(before)
    except BadCursorError:
        raise Http404("That is no place in this list.") from None


def _cursor(row: Any) -> str:
    return encode(Place(row.published_at, row.story_id))


def _note(row: Any) -> Note:
    return Note(
        label=ChangeKind(row.edition__change_kind).word,
        note=row.edition__public_note,
        at=machine(row.published_at),
        date=written(row.published_at),
        headline=row.headline,
        url=f"/articles/{row.slug}/",
    )
