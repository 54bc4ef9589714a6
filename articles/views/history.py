"""A story's history for its readers: every edition they had, and the words that changed from one to the next."""

from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate, pairwise
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from articles.cursors import BadCursorError, Place, decode, encode
from articles.differences.difference import difference
from articles.differences.html import Picture, told
from articles.models.editions import Edition
from articles.models.kinds import ChangeKind, Kind, RemovalKind
from articles.models.withholdings import Withholding
from articles.public_pages import keyed, public_page
from articles.views.article import edition_at, gone, is_gone, once_at
from articles.views.dates import machine, written, written_with_time
from articles.views.pages import full_url, page

#: Editions a page at most: each is compared with the one before it.
PAGE_SIZE = 10
#: Characters compared for a page, unless one pair has more: ten editions of 1,200 words, or two of 7,000.
MOST_COMPARED = 160_000

#: What readers do not see on the page, or not as words of this story, and what each entry says already.
BESIDE = frozenset(
    {
        "format",
        "related",
        "search_headline",
        "social_headline",
        "change_kind",
        "public_note",
        "tell_readers",
        "slug",
    }
)
NAMES = {"kind": dict(Kind.choices)}

SAME_WORDS = "No words on the page changed."
BEFORE_IS_WITHHELD = "What changed is not shown, because the version before is withheld."


@dataclass(frozen=True, slots=True)
class Entry:
    """One edition: when, what it was, what readers were told, and how it differs from the one before."""

    at: str
    date: str
    label: str
    note: str
    changed: SafeString | str = ""
    #: What stands in place of the words that changed, where there are none to show.
    instead: str = ""
    withheld: str = ""


@public_page("before")
@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    edition = edition_at(slug, now)
    if edition is None:
        return _moved(slug, now)
    if is_gone(edition):
        return gone(edition)
    editions = _read(edition.story_id, now, request.GET.get("before"))
    shown = _that_fit(editions)
    context = {
        "edition": edition,
        "url": full_url(edition.get_absolute_url()),
        "entries": _entries(editions, shown, edition.story_id, now),
        "newest_url": request.path if request.GET.get("before") else "",
        "older_url": f"{request.path}?before={_cursor(editions[shown - 1])}" if len(editions) > shown else "",
    }
    return keyed(page("articles/history.html", context), f"story-{edition.story_id}")


def _moved(slug: str, now: datetime) -> HttpResponse:
    edition = once_at(slug, now)
    if edition is None:
        raise Http404
    if is_gone(edition):
        return gone(edition)
    response = HttpResponsePermanentRedirect(f"{edition.get_absolute_url()}history/")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _read(story_id: int, now: datetime, before: str | None) -> list[Edition]:
    """The newest first: a page, and one more to compare the last of them with."""
    editions = Edition.objects.published(now).filter(story_id=story_id).order_by("-published_at")
    if before is not None:
        editions = editions.filter(published_at__lt=_place(before, story_id).first_published_at)
    fields = (
        "origin",
        "content",
        "content_hash",
        "published_at",
        "change_kind",
        "public_note",
        "removal_kind",
    )
    found = list(editions.only("story", *fields)[: PAGE_SIZE + 1])
    if not found:
        raise Http404("Nothing is older than that.")
    return found


def _place(before: str, story_id: int) -> Place:
    try:
        place = decode(before)
    except BadCursorError:
        place = None
    if place is None or place.story_id != story_id:
        raise Http404("That is no place in this history.")
    return place


def _cursor(edition: Edition) -> str:
    return encode(Place(edition.published_at, edition.story_id))


def _that_fit(editions: list[Edition]) -> int:
    """How many a page shows: fewer where their texts are long, so that no page takes a server long to write."""
    lengths = [len(one.content) + len(before.content) for one, before in pairwise(editions)]
    compared = accumulate([*lengths, 0][:PAGE_SIZE])
    return max(1, sum(characters <= MOST_COMPARED for characters in compared))


def _entries(editions: list[Edition], shown: int, story_id: int, now: datetime) -> list[Entry]:
    withheld = {
        row.edition.content_hash: f"{row.sentence} on {written(row.placed_at)}. {row.public_note}".strip()
        for row in Withholding.objects.in_force(now).of_story(story_id).select_related("edition")
    }
    pairs = zip(editions[:shown], [*editions[1:], None], strict=False)
    return [_entry(edition, before, withheld) for edition, before in pairs]


def _entry(edition: Edition, before: Edition | None, withheld: dict[str, str]) -> Entry:
    hidden = withheld.get(edition.content_hash, "")
    compared = before is not None and not edition.is_removal and not hidden
    changed, instead = "", ""
    if before is not None and compared and before.content_hash in withheld:
        instead = BEFORE_IS_WITHHELD
    elif before is not None and compared:
        sides = (before.public(), edition.public())
        found = difference(*sides, leave_out=BESIDE, names=NAMES)
        changed = told(found, heading=3, keep_same=False, pictures=_pictures(*sides))
        instead = "" if changed else SAME_WORDS
    return Entry(
        at=machine(edition.published_at),
        date=written_with_time(edition.published_at),
        label=_label(edition, before),
        note="" if hidden else edition.public_note,
        changed=changed,
        instead=instead,
        withheld=hidden,
    )


def _pictures(*sides: dict[str, Any]) -> dict[str, Picture]:
    """By key, what each version said its pictures show."""
    uses = [use for public in sides for use in [public.get("lead"), *public.get("pictures", [])] if use]
    return {use["key"]: Picture(use["alt"] or "A picture without a description") for use in uses}


def _label(edition: Edition, before: Edition | None) -> str:
    if edition.is_removal:
        return "Withdrawn" if edition.removal_kind == RemovalKind.WITHDRAWN else "Taken down"
    if edition.origin == Edition.Origin.REINSTATED:
        return "Brought back"
    if before is None:
        return "First published"
    return ChangeKind(edition.change_kind).word if edition.change_kind else "Changed"
