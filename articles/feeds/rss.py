"""Writes a feed as RSS 2.0, with the whole text (content:encoded), the byline (dc:creator) and the picture (media:)."""

from collections.abc import Iterator
from email.utils import format_datetime

from django.conf import settings

from articles.feeds.entries import Entry, Feed, Picture
from articles.views.schema import LOGO, site_file
from articles.xml import GAP, document, element, encoded, parent, quoted

CONTENT_TYPE = "application/rss+xml; charset=utf-8"

NAMESPACES = {
    "xmlns__atom": "http://www.w3.org/2005/Atom",
    "xmlns__content": "http://purl.org/rss/1.0/modules/content/",
    "xmlns__dc": "http://purl.org/dc/elements/1.1/",
    "xmlns__media": "http://search.yahoo.com/mrss/",
}


def write(feed: Feed, *, address: str) -> bytes:
    """Write the feed that is served at `address`."""
    channel = parent("channel", [*_channel(feed, address), GAP])
    items = [entry.written(_item) for entry in feed.entries]
    return document(parent("rss", [channel], version="2.0", **NAMESPACES), items)


def _channel(feed: Feed, address: str) -> Iterator[str]:
    yield element("title", feed.title)
    yield element("link", feed.page)
    yield element("description", feed.description)
    yield element("atom:link", rel="self", type="application/rss+xml", href=address)
    yield element("language", settings.LANGUAGE_CODE)
    logo = [element("url", site_file(LOGO)), element("title", feed.title), element("link", feed.page)]
    yield parent("image", logo)
    if feed.updated:
        yield element("lastBuildDate", format_datetime(feed.updated))


def _item(entry: Entry) -> bytes:
    return encoded(parent("item", _said(entry)))


def _said(entry: Entry) -> Iterator[str]:
    yield element("title", entry.title)
    yield element("link", entry.url)
    yield element("guid", entry.id, isPermaLink="false")
    if entry.byline:
        yield element("dc:creator", entry.byline)
    yield element("pubDate", format_datetime(entry.published))
    if entry.updated != entry.published:
        yield element("atom:updated", entry.updated.isoformat())
    yield element("description", entry.summary)
    yield from (element("category", topic) for topic in entry.topics)
    yield quoted("content:encoded", entry.html)
    if entry.picture:
        yield picture(entry.picture)


def picture(shown: Picture) -> str:
    """Write a picture as Media RSS has it; Atom feeds carry the same element."""
    inside = []
    if shown.alt:
        inside.append(element("media:description", shown.alt, type="plain"))
    if shown.credit:
        inside.append(element("media:credit", shown.credit))
    size = {"width": shown.width, "height": shown.height}
    return parent("media:content", inside, url=shown.url, medium="image", type="image/jpeg", **size)
