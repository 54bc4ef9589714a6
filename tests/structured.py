"""Knows what search engines demand of a data block: a small check of ours against their published rules.

https://developers.google.com/search/docs/appearance/structured-data/search-gallery, for the types that we print.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

type Said = dict[str, Any]

ARTICLES = {"NewsArticle", "OpinionNewsArticle", "AnalysisNewsArticle", "AdvertiserContentArticle"}
ORGANISATIONS = {"Organization", "NewsMediaOrganization"}

#: What each type must say. Of an alternative in a tuple, one.
DEMANDED: dict[str, tuple[str | tuple[str, ...], ...]] = {
    **dict.fromkeys(ARTICLES, ("headline", "url", "datePublished")),
    "BreadcrumbList": ("itemListElement",),
    "ImageObject": (("url", "contentUrl"),),
    "Person": ("name",),
    "Organization": ("name",),
    "ItemList": ("itemListElement",),
    "CorrectionComment": ("text", "datePublished"),
    "ProfilePage": ("mainEntity",),
    "WebSite": ("name", "url"),
    "SearchAction": ("target", "query-input"),
    "CollectionPage": ("name", "url", "mainEntity"),
    "Thing": ("name",),
    "ListItem": ("position",),
}
DATES = ("datePublished", "dateModified")
ADDRESSES = (
    "url",
    "contentUrl",
    "item",
    "license",
    "correctionsPolicy",
    "publishingPrinciples",
    "ethicsPolicy",
)


def blocks(tree: Element) -> list[Said]:
    """Every data block of a page; raises ValueError for one that is no JSON."""
    found = tree.findall(".//script[@type='application/ld+json']")
    return [json.loads(script.text or "") for script in found]


def problems(block: Said) -> list[str]:
    """Everything that is wrong with one."""
    if block.get("@context") != "https://schema.org":
        return ["the block's context is not https://schema.org"]
    return [problem for thing in _things(block) for problem in _wrong(thing)]


def _things(value: Any) -> Iterator[Said]:
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for inside in value.values():
            yield from _things(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from _things(inside)


def _wrong(thing: Said) -> Iterator[str]:
    kind = thing["@type"]
    for name in DEMANDED.get(kind, ()):
        if not any(thing.get(one) for one in ([name] if isinstance(name, str) else name)):
            yield f"{kind} says no {name}"
    for name, value in thing.items():
        if value in ("", None, [], {}):
            yield f"{kind}: {name} is empty"
    yield from (
        f"{kind}: {name} is no full address: {thing[name]}" for name in ADDRESSES if _is_partial(thing, name)
    )
    yield from (
        f"{kind}: {name} is no time with a zone"
        for name in DATES
        if name in thing and not _is_time(thing[name])
    )
    if kind in ARTICLES:
        yield from _of_article(thing)
    if kind in ("BreadcrumbList", "ItemList"):
        yield from _of_list(thing)
    if kind == "ImageObject" and "license" in thing and not thing.get("creditText"):
        yield "ImageObject has a licence, and nobody to credit"


def _of_article(thing: Said) -> Iterator[str]:
    if "author" not in thing:
        return  # an entry of a list
    for one in thing["author"]:
        if one.get("@type") not in ORGANISATIONS | {"Person"}:
            yield f"an author is neither person nor organisation: {one}"
        if ", " in one.get("name", "") and one.get("jobTitle"):
            yield f"an author's name holds more than the name: {one['name']}"
    if thing["publisher"].get("@type") not in ORGANISATIONS or "logo" not in thing["publisher"]:
        yield "the publisher is no organisation with a logo"
    if "dateModified" in thing and thing["dateModified"] < thing["datePublished"][:10]:
        yield "it was changed before it was published"


def _of_list(thing: Said) -> Iterator[str]:
    items = thing.get("itemListElement", [])
    if [item.get("position") for item in items] != list(range(1, len(items) + 1)):
        yield f"{thing['@type']}: positions do not count from 1"
    for item in items:
        if not item.get("name") or not (item.get("item") or item.get("url")):
            yield f"{thing['@type']}: an item lacks a name or an address: {item}"


def _is_partial(thing: Said, name: str) -> bool:
    return name in thing and not (urlsplit(str(thing[name])).scheme and urlsplit(str(thing[name])).netloc)


def _is_time(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
