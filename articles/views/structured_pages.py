"""What pages that are no articles say of themselves to machines: the front page, listings, people, the title's own."""

from collections.abc import Sequence

from django.conf import settings
from django.utils.safestring import SafeString

from articles.models.pages import Page, Purpose
from articles.views.cards import Card
from articles.views.dates import machine
from articles.views.json_ld import Json, block, thing
from articles.views.pages import full_url
from articles.views.schema import person_words, publisher, trail
from articles.views.subjects import Person

_KINDS = {Purpose.ABOUT.value: "AboutPage", Purpose.CONTACT.value: "ContactPage"}


def site_data() -> SafeString:
    """The front page: the site, who publishes it, and how it is searched."""
    search = thing(
        {
            "@type": "SearchAction",
            "target": thing(
                {
                    "@type": "EntryPoint",
                    "urlTemplate": f"{settings.SITE_URL}/search/?q={{search_term_string}}",
                }
            ),
            "query-input": "required name=search_term_string",
        }
    )
    site = thing(
        {
            "@type": "WebSite",
            "@id": f"{settings.SITE_URL}/#site",
            "name": settings.SITE_NAME,
            "url": f"{settings.SITE_URL}/",
            "inLanguage": "en-GB",
            "publisher": thing({"@id": f"{settings.SITE_URL}/#publisher"}),
            "potentialAction": search,
        }
    )
    return block(site, publisher())


def listing_data(name: str, path: str, cards: Sequence[Card], *, description: str = "") -> SafeString:
    """A page of headlines; `path` is its address as a link writes it."""
    url = f"{settings.SITE_URL}{path}"
    items = [
        thing({"@type": "ListItem", "position": number, "url": full_url(card.url), "name": card.headline})
        for number, card in enumerate(cards, start=1)
    ]
    return block(
        thing(
            {
                "@type": "CollectionPage",
                "url": url,
                "name": name,
                "description": description,
                "inLanguage": "en-GB",
                "mainEntity": thing({"@type": "ItemList", "itemListElement": items}),
                "breadcrumb": trail((name, url)),
            }
        )
    )


def author_data(author: Person, cards: Sequence[Card]) -> SafeString:
    """A person's page. https://developers.google.com/search/docs/appearance/structured-data/profile-page"""
    url = full_url(f"/authors/{author.slug}/")
    title = thing({"@id": f"{settings.SITE_URL}/#publisher", "@type": "NewsMediaOrganization"})
    who = thing(
        {
            **person_words(author.name, author.job_title, url),
            "@id": f"{url}#person",
            "description": author.biography,
            "worksFor": title,
        }
    )
    return block(
        thing(
            {
                "@type": "ProfilePage",
                "url": url,
                "name": author.name,
                "mainEntity": who,
                "breadcrumb": trail((author.name, url)),
                "hasPart": [_part(card) for card in cards],
            }
        )
    )


def title_page_data(found: Page, url: str, description: str) -> SafeString:
    return block(
        thing(
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
    )


def _part(card: Card) -> Json:
    return thing(
        {
            "@type": "NewsArticle",
            "headline": card.headline,
            "url": full_url(card.url),
            "datePublished": card.at,
        }
    )
