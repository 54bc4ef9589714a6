"""What an article says of itself to machines: schema.org NewsArticle as JSON-LD, corrections included."""

import json
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from articles.models.editions import Edition
from articles.pictures.renditions import url as picture_url
from articles.pictures.renditions import widths_for
from articles.views.dates import machine
from articles.views.pages import full_url

#: JSON that can stand inside a script element, whatever it says (HTML 13.2.5.4, script data state).
_SAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def structured(edition: Edition, url: str, *, lead: Mapping[str, Any] | None) -> SafeString:
    """The data block of an article's page: `lead` is the picture shown. A typo fix changes no date in it."""
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": _page(edition, url),
        "headline": edition.headline,
        "description": edition.standfirst,
        "datePublished": machine(edition.first_published_at),
        "dateModified": machine(edition.updated_at) if edition.updated_at else "",
        "articleSection": edition.section.name if edition.section else "",
        "image": _image(lead) if lead else None,
        "author": [_person(person) for person in edition.byline.get("people", [])],
        "publisher": {
            "@type": "NewsMediaOrganization",
            "name": settings.SITE_NAME,
            "url": f"{settings.SITE_URL}/",
            "correctionsPolicy": full_url("/corrections/"),
        },
        "correction": [_correction(note) for note in edition.corrections],
    }
    kept = {name: value for name, value in said.items() if value}
    return mark_safe(json.dumps(kept, ensure_ascii=False, separators=(",", ":")).translate(_SAFE))


def _page(edition: Edition, url: str) -> dict[str, Any]:
    """The page, and where on the site it stands."""
    said: dict[str, Any] = {"@type": "WebPage", "@id": url}
    if edition.section:
        steps = (
            (edition.section.name, full_url(f"/sections/{edition.section.slug}/")),
            (edition.headline, url),
        )
        items = [
            {"@type": "ListItem", "position": number, "name": name, "item": address}
            for number, (name, address) in enumerate(steps, start=1)
        ]
        said["breadcrumb"] = {"@type": "BreadcrumbList", "itemListElement": items}
    return said


def _image(use: Mapping[str, Any]) -> dict[str, Any]:
    """The lead picture as it was used here: the widest file, with the words and the credit printed below it."""
    width = widths_for(use["width"])[-1]
    said = {
        "@type": "ImageObject",
        "url": full_url(picture_url(use["key"], width)),
        "width": width,
        "height": round(use["height"] * width / use["width"]),
        "caption": use["caption"] or use["alt"],
        "creditText": use["credit"],
    }
    return {name: value for name, value in said.items() if value}


def _person(person: dict[str, str]) -> dict[str, str]:
    known = {"@type": "Person", "name": person["name"], "jobTitle": person["job_title"]}
    known["url"] = full_url(f"/authors/{person['slug']}/")
    return {name: value for name, value in known.items() if value}


def _correction(note: dict[str, str]) -> dict[str, str]:
    return {"@type": "CorrectionComment", "text": note["note"], "datePublished": note["at"]}
