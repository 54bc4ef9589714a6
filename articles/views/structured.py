"""What an article says of itself to machines: schema.org NewsArticle as JSON-LD, corrections included."""

from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString

from articles.bylines import byline_text
from articles.models.editions import Edition
from articles.models.kinds import Kind
from articles.views.dates import machine
from articles.views.json_ld import Json, block, thing
from articles.views.pages import full_url
from articles.views.schema import authors, by_the_title, picture, publisher, topics, trail

#: The kinds that schema.org has a narrower word for.
_TYPES = {
    Kind.OPINION: "OpinionNewsArticle",
    Kind.ANALYSIS: "AnalysisNewsArticle",
    Kind.SPONSORED: "AdvertiserContentArticle",
}


def structured(
    edition: Edition,
    url: str,
    *,
    description: str,
    lead: Mapping[str, Any] | None,
    licence: str = "",
) -> SafeString:
    """The data block of an article's page: `lead` is the picture shown. A typo fix changes no date in it.

    https://developers.google.com/search/docs/appearance/structured-data/article
    """
    names = [topic["name"] for topic in edition.topics]
    whole = thing(
        {
            "@type": _TYPES.get(Kind(edition.kind), "NewsArticle"),
            "mainEntityOfPage": thing({"@type": "WebPage", "@id": url, "breadcrumb": _trail(edition, url)}),
            "url": url,
            "headline": edition.headline,
            "description": description,
            "datePublished": machine(edition.first_published_at),
            "dateModified": machine(edition.updated_at) if edition.updated_at else "",
            "articleSection": edition.section.name if edition.section else "",
            "inLanguage": "en-GB",
            "isAccessibleForFree": True,
            "keywords": names,
            "about": topics(edition.topics),
            "image": picture(lead, licence=licence) if lead else None,
            "author": authors(edition.byline) or [by_the_title()],
            "creditText": byline_text(edition.byline),
            "publisher": publisher(),
            "correction": [_correction(note) for note in edition.corrections],
        }
    )
    return block(whole)


def _trail(edition: Edition, url: str) -> Json:
    section = edition.section
    steps = [(section.name, full_url(f"/sections/{section.slug}/"))] if section else []
    return trail(*steps, (edition.headline, url))


def _correction(note: Mapping[str, str]) -> Json:
    return thing({"@type": "CorrectionComment", "text": note["note"], "datePublished": note["at"]})
