"""One article: the live edition at its address, or what became of it."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

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

from articles.body.render import without
from articles.models.editions import Edition, EditionQuerySet, Rendering
from articles.models.images import Image, covers
from articles.models.kinds import ChangeKind, Kind, RemovalKind
from articles.models.listings import EditionImage
from articles.models.sections import Section
from articles.models.withholdings import Withholding
from articles.prepared import Prepared, Row
from articles.public_pages import keyed, public_page
from articles.views import article_markup
from articles.views.cards import kind_label
from articles.views.dates import machine, written, written_with_time
from articles.views.notes import leave_out_withheld
from articles.views.pages import full_url, page
from articles.views.pictures import picture, share_card
from articles.views.related import related
from articles.views.schema import licence_address
from articles.views.structured import structured
from articles.views.wording import description

#: What the page prints; the canonical content stays in the database.
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
    shown = _shown(edition, now) | {"related": article_markup.related(others)}
    return keyed(page("articles/article.html", shown), *_keys(edition))


def edition_at(slug: str, now: datetime) -> Edition | None:
    """The edition in force at this address, be it a removal."""
    return _edition(_AT_ADDRESS(now=now, slug=slug), now)


def once_at(slug: str, now: datetime) -> Edition | None:
    """The edition now in force of the story that readers once had at this address."""
    return _edition(_ONCE_AT_ADDRESS(now=now, slug=slug), now)


def _shown(edition: Edition, now: datetime) -> dict[str, Any]:
    return context(edition, shown=shown_pictures(edition, now))


def context(edition: Edition, *, shown: "Pictures") -> dict[str, Any]:
    """Prepare all that the article's template prints. The edition need not be saved: a preview's is not."""
    url = full_url(edition.get_absolute_url())
    label = kind_label(edition.kind)
    lead = edition.lead if edition.lead and edition.lead["key"] not in shown.hidden else None
    followable = list(_followable(edition))
    described = description(edition.standfirst, edition.rendering.html, edition.headline)
    return {
        "edition": edition,
        "url": url,
        "title": edition.search_headline or edition.headline,
        "social_title": edition.social_headline or edition.headline,
        "social_picture": share_card(lead) if lead and lead["key"] in shown.social else None,
        "here": edition.section and f"/sections/{edition.section.slug}/",
        "label": "" if edition.section and edition.section.name == label else label,
        "is_opinion": edition.kind == Kind.OPINION,
        "is_sponsored": edition.kind == Kind.SPONSORED,
        "byline": article_markup.byline(edition.byline),
        "machine_readable": article_markup.machine_readable(edition.byline, edition.topics),
        "topics": article_markup.topics(edition.topics),
        "published": (machine(edition.first_published_at), written(edition.first_published_at)),
        "updated": edition.updated_at
        and (machine(edition.updated_at), written_with_time(edition.updated_at)),
        "notes": _notes(edition),
        "structured": structured(
            edition,
            url,
            description=described,
            lead=lead,
            licence=shown.licences.get(lead["key"], "") if lead else "",
        ),
        "description": described,
        "has_history": edition.published_at != edition.first_published_at,
        "share": article_markup.share(url, edition.headline),
        "lead": lead,
        "lead_picture": picture(lead) if lead else None,
        "body": without(edition.rendering.html, set(shown.hidden)),
        "alerts_query": urlencode([(kind, slug) for kind, slug, _ in followable if kind != "section"]),
        "follow": article_markup.feeds(followable),
    }


def _keys(edition: Edition) -> Iterator[str]:
    """What the page shows besides its own story: it lists others of its topics."""
    yield f"story-{edition.story_id}"
    yield from (f"topic-{topic['slug']}" for topic in edition.topics)


def _followable(edition: Edition) -> Iterator[tuple[str, str, str]]:
    """What there is a feed of: kind, slug and name of the story's topics, its section and who signed it."""
    yield from (("topic", topic["slug"], topic["name"]) for topic in edition.topics)
    if edition.section:
        yield "section", edition.section.slug, edition.section.name
    people = edition.byline.get("people", [])
    yield from (("author", person["slug"], person["name"]) for person in people)


class Pictures:
    """Which of an edition's pictures readers may not see now, which may go onto share cards, and which stay with us.

    `licences` has the addresses of open licences.
    """

    def __init__(
        self,
        *,
        hidden: Collection[str] = (),
        social: Collection[str] = (),
        kept: Collection[str] = (),
        licences: Mapping[str, str] | None = None,
    ) -> None:
        self.hidden, self.social, self.kept = frozenset(hidden), frozenset(social), frozenset(kept)
        self.licences = licences or {}


def shown_pictures(edition: Edition, now: datetime) -> Pictures:
    """Read the licences of the edition's pictures, if it has any: nobody has to act on the day one ends."""
    if edition.lead is None and "data-image=" not in edition.rendering.html:
        return Pictures()
    licences = _LICENCES(revision=edition.revision_id)

    def allowed(use: str) -> set[str]:
        return {
            key
            for key, ends_at, scopes, *_ in licences
            if covers(use, scopes=scopes, ends_at=ends_at, now=now)
        }

    every = {key for key, *_ in licences}
    addresses = {key: licence_address(kind, proof) for key, _, _, kind, proof in licences}
    return Pictures(
        hidden=every - allowed("web"),
        social=allowed("social"),
        kept=every - allowed("feeds"),
        licences=addresses,
    )


def _printed(editions: EditionQuerySet, now: datetime) -> QuerySet[Any, Any]:
    """With whether anything of the story is withheld, so that only then its notes are asked about one by one."""
    withheld = Withholding.objects.in_force(now).filter(edition__story=OuterRef("story"))
    told = editions.annotate(has_withheld=Exists(withheld))
    return told.values_list(*FIELDS, "has_withheld", "section__name", "section__slug", "rendering__html")[:1]


def _at_address(now: datetime, slug: str) -> QuerySet[Any, Any]:
    return _printed(Edition.objects.current(now).filter(slug=slug), now)


def _once_at_address(now: datetime, slug: str) -> QuerySet[Any, Any]:
    once = Edition.objects.published(now).filter(slug=slug).values("story_id")
    return _printed(Edition.objects.current(now).filter(story_id__in=once), now)


def _licences(revision: int) -> QuerySet[Any, Any]:
    """Ask by the revision, because a withdrawn story's tombstone shows what the edition before it showed."""
    used = EditionImage.objects.filter(edition__revision_id=revision).values("image_id")
    fields = ("key", "licence_ends_at", "licence_scopes", "licence_kind", "licence_proof")
    return Image.objects.filter(pk__in=used).values_list(*fields)


_AT_ADDRESS = Prepared(_at_address, now=datetime, slug=str)
_ONCE_AT_ADDRESS = Prepared(_once_at_address, now=datetime, slug=str)
_LICENCES = Prepared(_licences, revision=int)


def _edition(rows: list[Row], now: datetime) -> Edition | None:
    """The edition of the one row there is, without the notes that readers may not read any more."""
    if not rows:
        return None
    *fields, has_withheld, section_name, section_slug, html = rows[0]
    edition = Edition.from_db("default", FIELDS, fields)
    if edition.section_id is not None:
        edition.section = Section(pk=edition.section_id, name=section_name, slug=section_slug)
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
    answer = page("articles/article.html", _shown(edition, now) | _removal(edition))
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


def _removal(edition: Edition) -> dict[str, Any]:
    removed_at = (machine(edition.published_at), written(edition.published_at))
    return {"removed": removed_at, "removal_note": edition.public_note}


def _ask_again(response: HttpResponse) -> HttpResponse:
    """Keep browsers from keeping the answer for ever, as they do with a 301 or 410 that says nothing of its age.

    A story that is reinstated, or gets its old address back, would stay away for whoever asked meanwhile.
    """
    response.headers["Cache-Control"] = "no-cache"
    return response


def _notes(edition: Edition) -> list[dict[str, Any]]:
    """The dated notes above the text, newest first; that a story is retracted stands before anything else."""
    notes = [_note(correction) for correction in reversed(edition.corrections)]
    return sorted(notes, key=lambda note: not note["is_retraction"])


def _note(correction: dict[str, str]) -> dict[str, Any]:
    at = datetime.fromisoformat(correction["at"])
    label = ChangeKind(correction["kind"]).word
    return {
        "label": label,
        "note": correction["note"],
        "date": written(at),
        "at": machine(at),
        "is_retraction": correction["kind"] == ChangeKind.RETRACTION,
    }
