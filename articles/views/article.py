"""One article: the live edition at its address, or what became of it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.models.editions import Edition, EditionQuerySet, Rendering
from articles.models.images import Image, covers
from articles.models.kinds import RemovalKind
from articles.models.listings import EditionImage
from articles.models.sections import Section
from articles.models.withholdings import Withholding
from articles.prepared import Prepared, Row
from articles.public_pages import keyed, public_page
from articles.views import article_markup
from articles.views.article_page import Pictures, printed
from articles.views.dates import machine, written
from articles.views.notes import leave_out_withheld
from articles.views.pages import page
from articles.views.related import related
from articles.views.schema import licence_address

#: What the page prints, in the model's order; the canonical content stays in the database.
FIELDS = (
    "id",
    "story_id",
    "revision_id",
    "slug",
    "kind",
    "section_id",
    "headline",
    "standfirst",
    "kicker",
    "byline",
    "topics",
    "lead",
    "lead_image_id",
    "search_headline",
    "social_headline",
    "related",
    "corrections",
    "first_published_at",
    "published_at",
    "updated_at",
    "public_note",
    "removal_kind",
    "redirect_to",
)
#: What decides whether a picture may be shown, and where; in the model's order.
LICENCE = ("key", "licence_kind", "licence_scopes", "licence_ends_at", "licence_proof")


@public_page()
@require_safe
def article(request: HttpRequest, slug: str) -> HttpResponse:
    now = timezone.now()
    edition = edition_at(slug, now)
    if edition is None:
        return _moved(slug, now)
    if edition.removal_kind:
        return removed(edition, now)
    topics = [topic["slug"] for topic in edition.topics]
    others = related(topics, edition.related, to=edition.story_id, now=now)
    said, gaps = printed(edition, shown=shown_pictures(edition, now))
    gaps |= {"related": article_markup.related(others)}
    return keyed(page("articles/article.html", said, gaps=gaps), *_keys(edition))


def edition_at(slug: str, now: datetime) -> Edition | None:
    """The edition in force at this address, be it a removal."""
    return _edition(_AT_ADDRESS(now=now, slug=slug), now)


def once_at(slug: str, now: datetime) -> Edition | None:
    """The edition now in force of the story that readers once had at this address."""
    return _edition(_ONCE_AT_ADDRESS(now=now, slug=slug), now)


def _keys(edition: Edition) -> Iterator[str]:
    """What the page shows besides its own story: it lists others of its topics."""
    yield f"story-{edition.story_id}"
    yield from (f"topic-{topic['slug']}" for topic in edition.topics)


def shown_pictures(edition: Edition, now: datetime) -> Pictures:
    """Look at the licences of the edition's pictures, if it has any: nobody has to act on the day one ends."""
    licences = _shown_licences(edition)

    def allowed(use: str) -> set[str]:
        return {
            key
            for key, _, scopes, ends_at, _ in licences
            if covers(use, scopes=scopes, ends_at=ends_at, now=now)
        }

    every = {key for key, *_ in licences}
    addresses = {key: licence_address(kind, proof) for key, kind, _, _, proof in licences}
    return Pictures(
        hidden=every - allowed("web"),
        social=allowed("social"),
        kept=every - allowed("feeds"),
        licences=addresses,
    )


def _shown_licences(edition: Edition) -> list[Row]:
    """Most editions have one picture, whose licence came with the edition (`_edition`), or none.

    Only where the text has pictures is the database asked.
    """
    if "data-image=" not in edition.rendering.html:
        if edition.lead is None:
            return []
        if lead := edition.lead_image:
            return [tuple(getattr(lead, field) for field in LICENCE)]
    return _LICENCES(revision=edition.revision_id)


def _printed(editions: EditionQuerySet, now: datetime) -> QuerySet[Any, Any]:
    """With whether anything of the story is withheld, so that only then its notes are asked about one by one."""
    withheld = Withholding.objects.in_force(now).filter(edition__story=OuterRef("story"))
    told = editions.annotate(has_withheld=Exists(withheld))
    joined = (
        "section__name",
        "section__slug",
        "rendering__html",
        *(f"lead_image__{each}" for each in LICENCE),
    )
    return told.values_list(*FIELDS, "has_withheld", *joined)[:1]


def _at_address(now: datetime, slug: str) -> QuerySet[Any, Any]:
    return _printed(Edition.objects.current(now).filter(slug=slug), now)


def _once_at_address(now: datetime, slug: str) -> QuerySet[Any, Any]:
    once = Edition.objects.published(now).filter(slug=slug).values("story_id")
    return _printed(Edition.objects.current(now).filter(story_id__in=once), now)


def _licences(revision: int) -> QuerySet[Any, Any]:
    """Ask by the revision, because a withdrawn story's tombstone shows what the edition before it showed."""
    used = EditionImage.objects.filter(edition__revision_id=revision).values("image_id")
    return Image.objects.filter(pk__in=used).values_list(*LICENCE)


_AT_ADDRESS = Prepared(_at_address, now=datetime, slug=str)
_ONCE_AT_ADDRESS = Prepared(_once_at_address, now=datetime, slug=str)
_LICENCES = Prepared(_licences, revision=int)


#: How many fields of the row are the edition's own.
_OWN = len(FIELDS)


def _edition(rows: list[Row], now: datetime) -> Edition | None:
    """The edition of the one row there is, without the notes that readers may not read any more."""
    if not rows:
        return None
    fields, (has_withheld, section_name, section_slug, html, *licence) = rows[0][:_OWN], rows[0][_OWN:]
    edition = Edition.from_db("default", FIELDS, fields)
    if edition.section_id is not None:
        edition.section = Section(pk=edition.section_id, name=section_name, slug=section_slug)
    if edition.lead_image_id is not None:
        edition.lead_image = Image.from_db("default", ("id", *LICENCE), (edition.lead_image_id, *licence))
    edition.rendering = Rendering(html=html)
    if has_withheld:
        leave_out_withheld([edition], now)
    return edition


def _moved(slug: str, now: datetime) -> HttpResponse:
    """Answer for an address that no edition in force has: one that readers once had leads to the present one."""
    edition = once_at(slug, now)
    if edition is None:
        raise Http404
    if is_gone(edition):
        return gone(edition)
    return _ask_again(HttpResponsePermanentRedirect(edition.get_absolute_url()))


def removed(edition: Edition, now: datetime) -> HttpResponse:
    """Answer for a story that was taken down."""
    if is_gone(edition):
        return gone(edition)
    said, gaps = printed(edition, shown=shown_pictures(edition, now))
    answer = page("articles/article.html", said, gaps=gaps | _removal(edition))
    return keyed(answer, f"story-{edition.story_id}")


def is_gone(edition: Edition) -> bool:
    """Whether readers get nothing of the story any more: taken down, and not to be read under a banner."""
    return edition.is_removal and (edition.removal_kind != RemovalKind.WITHDRAWN or bool(edition.redirect_to))


def gone(edition: Edition) -> HttpResponse:
    """Where readers are sent instead, or the 410 page, which prints the public note and no word of the story.

    Redirects are temporary, because a removal can be taken back and browsers keep a 301 for ever.
    """
    if edition.redirect_to:
        return HttpResponseRedirect(edition.redirect_to)
    return _ask_again(page("410.html", _removal(edition), status=410))


def _removal(edition: Edition) -> dict[str, str]:
    at = edition.published_at
    return {"removed_at": machine(at), "removed": written(at), "removal_note": edition.public_note}


def _ask_again(response: HttpResponse) -> HttpResponse:
    """Keep browsers from keeping the answer for ever, as they do with a 301 or 410 that says nothing of its age.

    A story that is reinstated, or gets its old address back, would stay away for whoever asked meanwhile.
    """
    response.headers["Cache-Control"] = "no-cache"
    return response
