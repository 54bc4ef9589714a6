"""What an article's page prints, ready to be put into its template."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.utils.safestring import SafeString, mark_safe

from articles.body.render import without
from articles.models.editions import Edition
from articles.models.kinds import Kind
from articles.views import article_markup
from articles.views.cards import kind_label
from articles.views.dates import machine, written, written_with_time
from articles.views.pages import full_url
from articles.views.pictures import share_card
from articles.views.structured import structured
from articles.views.wording import description


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


class Printed(NamedTuple):
    """As `stencils.filled` wants it: what decides how the page looks, and what only stands on it."""

    said: dict[str, Any]
    gaps: dict[str, str]

    def context(self) -> dict[str, Any]:
        """The same for a template that is printed by itself."""
        return self.said | self.gaps


def printed(edition: Edition, *, shown: Pictures) -> Printed:
    """Prepare all that the article's template prints. The edition need not be saved: a preview's is not."""
    section, label = edition.section, kind_label(edition.kind)
    lead = edition.lead if edition.lead and edition.lead["key"] not in shown.hidden else None
    said = {
        "here": section and f"/sections/{section.slug}/",
        "section": section and section.name,
        "label": "" if section and section.name == label else label,
        "is_opinion": edition.kind == Kind.OPINION,
        "is_sponsored": edition.kind == Kind.SPONSORED,
    }
    return Printed(
        said, _words(edition) | _machine_words(edition, lead, shown) | _markup(edition, lead, shown)
    )


def _words(edition: Edition) -> dict[str, str]:
    address, updated = edition.get_absolute_url(), edition.updated_at
    return {
        "headline": edition.headline,
        "standfirst": edition.standfirst,
        "kicker": edition.kicker,
        "title": edition.search_headline or edition.headline,
        "social_title": edition.social_headline or edition.headline,
        "published_at": machine(edition.first_published_at),
        "published": written(edition.first_published_at),
        "updated_at": machine(updated) if updated else "",
        "updated": written_with_time(updated) if updated else "",
        "versions_url": f"{address}history/" if edition.published_at != edition.first_published_at else "",
    }


def _machine_words(edition: Edition, lead: Mapping[str, Any] | None, shown: Pictures) -> dict[str, str]:
    """What search engines and networks are told."""
    url = full_url(edition.get_absolute_url())
    described = description(edition.standfirst, edition.rendering.html, edition.headline)
    licence = shown.licences.get(lead["key"], "") if lead else ""
    social = lead if lead and lead["key"] in shown.social else None
    return {
        "url": url,
        "description": described,
        "machine_readable": article_markup.machine_readable(edition.byline, edition.topics),
        "structured": structured(edition, url, description=described, lead=lead, licence=licence),
        "share": article_markup.share(url, edition.headline),
        **(_social_picture(social) if social else {}),
    }


def _social_picture(use: Mapping[str, Any]) -> dict[str, str]:
    card = share_card(use)
    return {
        "social_src": card.src,
        "social_width": str(card.width),
        "social_height": str(card.height),
        "social_alt": use["alt"],
    }


def _markup(edition: Edition, lead: Mapping[str, Any] | None, shown: Pictures) -> dict[str, SafeString]:
    followable = list(_followable(edition))
    alerts = urlencode([(kind, slug) for kind, slug, _ in followable if kind != "section"])
    return {
        "byline": article_markup.byline(edition.byline),
        "notes": article_markup.notes(edition.corrections),
        "lead": article_markup.lead(lead) if lead else mark_safe(""),
        "body": mark_safe(without(edition.rendering.html, set(shown.hidden))),
        "topics": article_markup.topics(edition.topics),
        "alerts_query": mark_safe(alerts.replace("&", "&amp;")),
        "follow": article_markup.feeds(followable),
    }


def _followable(edition: Edition) -> Iterator[tuple[str, str, str]]:
    """What there is a feed of: kind, slug and name of the story's topics, its section and who signed it."""
    yield from (("topic", topic["slug"], topic["name"]) for topic in edition.topics)
    if edition.section:
        yield "section", edition.section.slug, edition.section.name
    people = edition.byline.get("people", [])
    yield from (("author", person["slug"], person["name"]) for person in people)
