"""Links from a story's text to other stories of ours: whether readers find something there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings

from articles.body.audit import audit
from articles.body.faults import mark, stands_in
from articles.body.link_words import Link
from articles.desk.requirements.issues import Issue
from articles.models import Edition, RemovalKind

#: More links to own stories than this are no news story, and no database takes any number of them in one question.
MOST = 1000

_ARTICLE = re.compile(r"/articles/([^/]+)(?:/history)?/?")
_SLUG = re.compile(r"[-a-zA-Z0-9_]{1,120}")


def own_links(public: dict[str, Any], at: datetime) -> Iterator[Issue]:
    """Two queries at most, and none for a text without such links. The story's own address is left out."""
    found = {slug: link for slug, link in linked(public["body"]).items() if slug != public["slug"]}
    if len(found) > MOST:
        says = f"The text links to more than {MOST} stories of ours, too many to check. Take some out."
        yield Issue("body", says, "too_many_links")
    slugs = list(found)[:MOST]
    places = _places(slugs, at)
    for slug in slugs:
        fault = _fault(places.get(slug), at)
        if fault is not None:
            rule, says = fault
            quote = found[slug].quote
            says = f"A link leads to /articles/{slug}/, {says} {stands_in(quote)}"
            yield Issue("body", says, rule, mark(slug), quote)


def linked(body: str) -> dict[str, Link]:
    """The stories a text links to, by the slug in the link, each with the first link to it."""
    found: dict[str, Link] = {}
    for link in audit(body).links:
        slug = _own_slug(link.href)
        if slug:
            found.setdefault(slug, link)
    return found


@dataclass
class _Place:
    """What stood, or will stand, at an address: since when, and what its story shows at the time asked about."""

    since: datetime
    current: Edition | None = None
    slug: str = ""


def _own_slug(href: str) -> str:
    parts = urlsplit(href)
    if parts.netloc and parts.netloc.lower() != urlsplit(settings.SITE_URL).netloc.lower():
        return ""
    if not parts.netloc and not href.startswith("/"):
        return ""
    match = _ARTICLE.fullmatch(parts.path)
    return unquote(match[1])[:200] if match else ""


def _places(slugs: list[str], at: datetime) -> dict[str, _Place]:
    """As the readers' page finds them: an address belongs to the story that was read, or will be, under it."""
    wanted = [slug for slug in slugs if _SLUG.fullmatch(slug)]
    if not wanted:
        return {}
    editions = Edition.objects.effective().filter(slug__in=wanted).order_by("published_at")
    stories: dict[str, tuple[int, datetime]] = {}
    for slug, story, since in editions.values_list("slug", "story_id", "published_at"):
        stories.setdefault(slug, (story, since))
    present = Edition.objects.current(at).filter(story_id__in={story for story, _ in stories.values()})
    now = {
        edition.story_id: edition
        for edition in present.only("story_id", "slug", "removal_kind", "redirect_to")
    }
    return {slug: _Place(since, now.get(story), slug) for slug, (story, since) in stories.items()}


def _fault(place: _Place | None, at: datetime) -> tuple[str, str] | None:
    if place is None:
        return "link_unknown", "where no story of ours is. Mend the link, or take it out."
    if place.since > at or place.current is None:
        return "link_early", "which readers get only later. Publish this after it, or take the link out."
    current = place.current
    if current.redirect_to:
        return "link_moved", f"which sends readers on to {current.redirect_to}. Link there."
    if current.removal_kind and current.removal_kind != RemovalKind.WITHDRAWN:
        return "link_gone", "which was taken down. Take the link out, or link to something else."
    if current.slug != place.slug:
        return "link_moved", f"which has moved. Link to {current.get_absolute_url()} instead."
    return None
