"""The words of schema.org that our pages share: the publisher, people, pictures, and where a page stands."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from articles import navigation
from articles.body.links import address
from articles.models.images import Image
from articles.models.pages import Purpose
from articles.pictures.renditions import url as picture_url
from articles.pictures.renditions import widths_for
from articles.views.pages import full_url

type Said = dict[str, Any]

#: JSON that can stand inside a script element, whatever it says (HTML 13.2.5.4, script data state).
_SAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}

LOGO, LOGO_SIZE = "site/logo.png", 512

#: What a publisher says of itself, by the purpose of the page that says it.
_POLICIES = {
    "publishingPrinciples": Purpose.STANDARDS,
    "ethicsPolicy": Purpose.STANDARDS,
    "correctionsPolicy": Purpose.CORRECTIONS,
}

#: Licences whose own address may be told to everybody; what proves another is between us and its holder.
_OPEN = (Image.Licence.OPEN, Image.Licence.PUBLIC_DOMAIN)


def block(*said: Said) -> SafeString:
    """Write data blocks for a page: one object, or a graph of several."""
    things = [kept(each) for each in said]
    whole: Said = {"@context": "https://schema.org"}
    whole |= things[0] if len(things) == 1 else {"@graph": things}
    return mark_safe(json.dumps(whole, ensure_ascii=False, separators=(",", ":")).translate(_SAFE))


def kept(said: Said) -> Said:
    """Without what says nothing."""
    return {name: value for name, value in said.items() if value or value is False}


def publisher() -> Said:
    """The title, with its logo and the policies that it has published."""
    pages = {page.purpose: full_url(page.url) for page in navigation.title_pages()}
    policies = {name: pages.get(purpose, "") for name, purpose in _POLICIES.items()}
    policies["correctionsPolicy"] = policies["correctionsPolicy"] or full_url("/corrections/")
    logo = {"@type": "ImageObject", "url": site_file(LOGO), "width": LOGO_SIZE, "height": LOGO_SIZE}
    return kept(
        {
            "@type": "NewsMediaOrganization",
            "@id": f"{settings.SITE_URL}/#publisher",
            "name": settings.SITE_NAME,
            "url": f"{settings.SITE_URL}/",
            "logo": logo,
            **policies,
        }
    )


def trail(*steps: tuple[str, str]) -> Said:
    """Where a page stands: names and full addresses from the front page on."""
    whole = [("Home", f"{settings.SITE_URL}/"), *steps]
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": address}
        for number, (name, address) in enumerate(whole, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def authors(byline: Mapping[str, Any]) -> list[Said]:
    """Whom a story names: people with their job titles and pages, else its label."""
    people = byline.get("people") or []
    if not people:
        return [{"@type": "Organization", "name": byline["label"]}] if byline.get("label") else []
    return [person(each["name"], each["job_title"], each["slug"]) for each in people]


def person(name: str, job_title: str, slug: str) -> Said:
    url = full_url(f"/authors/{slug}/")
    return kept({"@type": "Person", "name": name, "jobTitle": job_title, "url": url})


def picture(use: Mapping[str, Any], *, licence: str = "") -> Said:
    """A picture as it was used: its widest file, with the words and the credit printed below it."""
    width = widths_for(use["width"])[-1]
    url = full_url(picture_url(use["key"], width))
    return kept(
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


def topics(names: Iterable[Mapping[str, str]]) -> list[Said]:
    return [
        {"@type": "Thing", "name": topic["name"], "url": full_url(f"/topics/{topic['slug']}/")}
        for topic in names
    ]


def site_file(name: str) -> str:
    """The full address of one of the site's own files."""
    path = static(name)
    return path if "://" in path else f"{settings.SITE_URL}{path}"
