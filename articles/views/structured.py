"""What an article says of itself to machines: schema.org NewsArticle as JSON-LD, corrections included."""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from articles.models.editions import Edition
from articles.views.dates import machine
from articles.views.pages import full_url

#: JSON that can stand inside a script element, whatever it says (HTML 13.2.5.4, script data state).
_SAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def structured(edition: Edition, url: str) -> SafeString:
    """The data block of an article's page. A typo fix changes no date in it."""
    said: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": url,
        "headline": edition.headline,
        "description": edition.standfirst,
        "datePublished": machine(edition.first_published_at),
        "dateModified": machine(edition.updated_at) if edition.updated_at else "",
        "articleSection": edition.section.name if edition.section else "",
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


def _person(person: dict[str, str]) -> dict[str, str]:
    known = {"@type": "Person", "name": person["name"], "jobTitle": person["job_title"]}
    known["url"] = full_url(f"/authors/{person['slug']}/")
    return {name: value for name, value in known.items() if value}


def _correction(note: dict[str, str]) -> dict[str, str]:
    return {"@type": "CorrectionComment", "text": note["note"], "datePublished": note["at"]}
