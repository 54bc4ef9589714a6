"""How an edition becomes what the API says: plain dicts in the shape of `schemas`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from articles.bylines import byline_text
from articles.feeds.entries import entry_id
from articles.models.editions import Edition
from articles.models.kinds import is_retracted
from articles.pictures import renditions
from articles.portable import portable
from articles.views.article_page import Pictures
from articles.views.cards import kind_label
from articles.views.pages import full_url


def article(edition: Edition, *, shows_lead: bool) -> dict[str, Any]:
    """Say of an edition what lists say."""
    return {
        "id": entry_id(edition),
        "slug": edition.slug,
        "url": full_url(edition.get_absolute_url()),
        "api_url": address(edition.slug),
        "headline": edition.headline,
        "standfirst": edition.standfirst,
        "kicker": edition.kicker,
        "kind": edition.kind,
        "kind_label": kind_label(edition.kind),
        "is_retracted": is_retracted(edition.corrections),
        "section": _named("sections", edition.section.name, edition.section.slug)
        if edition.section
        else None,
        "topics": [_named("topics", topic["name"], topic["slug"]) for topic in edition.topics],
        "byline": _byline(edition.byline),
        "published_at": edition.first_published_at,
        "updated_at": edition.updated_at,
        "picture": _picture(edition.lead) if edition.lead and shows_lead else None,
    }


def whole(edition: Edition, pictures: Pictures) -> dict[str, Any]:
    """Say an edition with its text; `pictures` are those that may be passed on."""
    shows_lead = edition.lead is not None and edition.lead["key"] not in pictures.kept
    return article(edition, shows_lead=shows_lead) | {
        "html": portable(edition.rendering.html, withheld=pictures.kept),
        "corrections": [_correction(note) for note in edition.corrections],
        "withdrawn": _notice(edition) if edition.removal_kind else None,
        "history_url": full_url(f"{edition.get_absolute_url()}history/"),
    }


def address(slug: str) -> str:
    """Give the API's address of an article."""
    return full_url(f"/api/v1/articles/{slug}/")


def _named(kind: str, name: str, slug: str) -> dict[str, str]:
    return {"name": name, "slug": slug, "url": full_url(f"/{kind}/{slug}/")}


def _byline(byline: Mapping[str, Any]) -> dict[str, Any]:
    people = [
        {**person, "url": full_url(f"/authors/{person['slug']}/")} for person in byline.get("people") or []
    ]
    return {"printed": byline_text(byline), "people": people, "label": byline.get("label") or ""}


def _picture(use: Mapping[str, Any]) -> dict[str, Any]:
    files = [_file(use, size) for size in renditions.sizes_for(use["width"])]
    return {"alt": use["alt"], "caption": use["caption"], "credit": use["credit"], "files": files}


def _file(use: Mapping[str, Any], size: renditions.Size) -> dict[str, Any]:
    return {
        "url": full_url(renditions.url(use["key"], size.width, size.extension)),
        "type": renditions.TYPES[size.extension],
        "width": size.width,
        "height": max(1, round(use["height"] * size.width / use["width"])),
    }


def _correction(note: Mapping[str, str]) -> dict[str, Any]:
    return {"kind": note["kind"], "note": note["note"], "at": datetime.fromisoformat(note["at"])}


def _notice(edition: Edition) -> dict[str, Any]:
    return {"note": edition.public_note, "at": edition.published_at}
