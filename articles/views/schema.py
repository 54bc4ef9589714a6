"""The words of schema.org that our pages share: the publisher, people, pictures, and where a page stands."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from django.conf import settings
from django.templatetags.static import static

from articles import navigation
from articles.body.links import address
from articles.models.images import Image
from articles.models.pages import Purpose
from articles.pictures.renditions import url as picture_url
from articles.pictures.renditions import widths_for
from articles.views.json_ld import Json, thing
from articles.views.pages import full_url

LOGO, LOGO_SIZE = "site/logo.png", 512

#: What a publisher says of itself, by the purpose of the page that says it.
_POLICIES = {
    "publishingPrinciples": Purpose.STANDARDS,
    "ethicsPolicy": Purpose.STANDARDS,
    "correctionsPolicy": Purpose.CORRECTIONS,
}

#: Licences whose own address may be told to everybody; what proves another is between us and its holder.
_OPEN = (Image.Licence.OPEN, Image.Licence.PUBLIC_DOMAIN)


class Title(NamedTuple):
    """Who publishes the site."""

    url: str
    name: str

    def words(self) -> dict[str, str]:
        return {
            "@type": "NewsMediaOrganization",
            "@id": f"{self.url}/#publisher",
            "name": self.name,
            "url": f"{self.url}/",
        }


def publisher() -> Json:
    """The title, with its logo and the policies that it has published."""
    return _publisher(navigation.title_pages(), _title(), site_file(LOGO))


@lru_cache(maxsize=8)
def _publisher(pages: tuple[navigation.TitlePage, ...], title: Title, logo: str) -> Json:
    """Every page says it, and it hardly ever changes."""
    addresses = {page.purpose: full_url(page.url) for page in pages}
    policies = {name: addresses.get(purpose, "") for name, purpose in _POLICIES.items()}
    policies["correctionsPolicy"] = policies["correctionsPolicy"] or full_url("/corrections/")
    picture = thing({"@type": "ImageObject", "url": logo, "width": LOGO_SIZE, "height": LOGO_SIZE})
    return thing({**title.words(), "logo": picture, **policies})


def by_the_title() -> Json:
    """Whose a story is that nobody signed."""
    return thing(_title().words())


def _title() -> Title:
    return Title(settings.SITE_URL, settings.SITE_NAME)


def trail(*steps: tuple[str, str]) -> Json:
    """Where a page stands: names and full addresses from the front page on."""
    whole = [("Home", f"{settings.SITE_URL}/"), *steps]
    items = [
        thing({"@type": "ListItem", "position": number, "name": name, "item": address})
        for number, (name, address) in enumerate(whole, start=1)
    ]
    return thing({"@type": "BreadcrumbList", "itemListElement": items})


def authors(byline: Mapping[str, Any]) -> list[Json]:
    """Whom a story names: people with their job titles and pages, else its label."""
    people = byline.get("people") or []
    if not people:
        return [thing({"@type": "Organization", "name": byline["label"]})] if byline.get("label") else []
    return [_person(each["name"], each["job_title"], each["slug"]) for each in people]


def person_words(name: str, job_title: str, url: str) -> dict[str, str]:
    return {"@type": "Person", "name": name, "jobTitle": job_title, "url": url}


def _person(name: str, job_title: str, slug: str) -> Json:
    return thing(person_words(name, job_title, full_url(f"/authors/{slug}/")))


def picture(use: Mapping[str, Any], *, licence: str = "") -> Json:
    """A picture as it was used: its widest file, with the words and the credit printed below it."""
    width = widths_for(use["width"])[-1]
    url = full_url(picture_url(use["key"], width))
    return thing(
        {
            "@type": "ImageObject",
            "url": url,
            "contentUrl": url,
            "width": width,
            "height": round(use["height"] * width / use["width"]),
            "caption": use["caption"] or use["alt"],
            "creditText": use["credit"],
            "license": licence,
        }
    )


def licence_address(kind: str, proof: str) -> str:
    """The address of an open licence, where that and nothing else is noted as its proof."""
    proof = proof.strip()
    is_one = proof.lower().startswith(("http://", "https://")) and len(proof.split()) == 1
    return address(proof) if kind in _OPEN and is_one else ""


def topics(names: Iterable[Mapping[str, str]]) -> list[Json]:
    return [
        thing({"@type": "Thing", "name": topic["name"], "url": full_url(f"/topics/{topic['slug']}/")})
        for topic in names
    ]


def site_file(name: str) -> str:
    """The full address of one of the site's own files."""
    path = static(name)
    return path if "://" in path else f"{settings.SITE_URL}{path}"
