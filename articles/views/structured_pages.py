"""What pages that are no articles say of themselves to machines: the front page, listings, people, the title's own."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.safestring import SafeString

from articles.models.pages import Page, Purpose
from articles.views.cards import Card
from articles.views.dates import machine
from articles.views.pages import full_url
from articles.views.schema import Said, block, kept, person, publisher, trail
from articles.views.subjects import Person

_KINDS = {Purpose.ABOUT.value: "AboutPage", Purpose.CONTACT.value: "ContactPage"}


def site_data() -> SafeString:
    """The front page: the site, who publishes it, and how it is searched."""
    search = {
        "@type": "SearchAction",
        "target": {
            "@type": "EntryPoint",
            "urlTemplate": f"{settings.SITE_URL}/search/?q={{search_term_string}}",
        },
        "query-input": "required name=search_term_string",
    }
    site = {
        "@type": "WebSite",
        "@id": f"{settings.SITE_URL}/#site",
        "name": settings.SITE_NAME,
        "url": f"{settings.SITE_URL}/",
        "inLanguage": "en-GB",
        "publisher": {"@id": f"{settings.SITE_URL}/#publisher"},
        "potentialAction": search,
    }
    return block(site, publisher())


def listing_data(name: str, path: str, cards: Sequence[Card], *, description: str = "") -> SafeString:
    """A page of headlines; `path` is its address as a link writes it."""
    url = f"{settings.SITE_URL}{path}"
    return block(_collection(name, url, cards, description) | {"breadcrumb": trail((name, url))})


def author_data(author: Person, cards: Sequence[Card]) -> SafeString:
    """A person's page. https://developers.google.com/search/docs/appearance/structured-data/profile-page"""
    path = f"/authors/{author.slug}/"
    who = person(author.name, author.job_title, author.slug) | {
        "@id": f"{full_url(path)}#person",
        "description": author.biography,
        "worksFor": {"@id": f"{settings.SITE_URL}/#publisher", "@type": "NewsMediaOrganization"},
    }
    return block(
        {
            "@type": "ProfilePage",
            "url": full_url(path),
            "name": author.name,
            "mainEntity": kept(who),
            "breadcrumb": trail((author.name, full_url(path))),
            "hasPart": [_part(card) for card in cards],
        }
    )


def title_page_data(found: Page, url: str, description: str) -> SafeString:
    return block(
        {
            "@type": _KINDS.get(found.purpose, "WebPage"),
            "@id": url,
            "url": url,
            "name": found.title,
            "description": description,
            "inLanguage": "en-GB",
            "dateModified": machine(found.updated_at) if found.updated_at else "",
            "publisher": publisher(),
            "breadcrumb": trail((found.title, url)),
        }
    )


def _collection(name: str, url: str, cards: Sequence[Card], description: str) -> Said:
    items = [
        {"@type": "ListItem", "position": number, "url": full_url(card.url), "name": card.headline}
        for number, card in enumerate(cards, start=1)
    ]
    return {
        "@type": "CollectionPage",
        "url": url,
        "name": name,
        "description": description,
        "inLanguage": "en-GB",
        "mainEntity": {"@type": "ItemList", "itemListElement": items},
    }


def _part(card: Card) -> Said:
    return {
        "@type": "NewsArticle",
        "headline": card.headline,
        "url": full_url(card.url),
        "datePublished": card.at,
    }
