"""Writes a feed as Atom (RFC 4287)."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.conf import settings

from articles.feeds.entries import Entry, Feed
from articles.feeds.rss import picture
from articles.views.schema import LOGO, site_file
from articles.xml import GAP, document, element, encoded, parent, quoted

CONTENT_TYPE = "application/atom+xml; charset=utf-8"

NAMESPACES = {"xmlns": "http://www.w3.org/2005/Atom", "xmlns__media": "http://search.yahoo.com/mrss/"}

#: An empty feed must still say when it was updated (RFC 4287, 4.1.1).
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def write(feed: Feed, *, address: str) -> bytes:
    """Write the feed that is served at `address`."""
    entries = [entry.written(_entry) for entry in feed.entries]
    whole = [*_feed(feed, address), GAP]
    return document(parent("feed", whole, xml__lang=settings.LANGUAGE_CODE, **NAMESPACES), entries)


def _feed(feed: Feed, address: str) -> Iterator[str]:
    yield element("id", address)
    yield element("title", feed.title)
    yield element("subtitle", feed.description)
    yield element("updated", (feed.updated or NEVER).isoformat())
    yield element("link", rel="self", type="application/atom+xml", href=address)
    yield element("link", rel="alternate", type="text/html", href=feed.page)
    yield element("icon", site_file(LOGO))
    yield parent("author", [element("name", settings.SITE_NAME), element("uri", f"{settings.SITE_URL}/")])


def _entry(entry: Entry) -> bytes:
    return encoded(parent("entry", _said(entry)))


def _said(entry: Entry) -> Iterator[str]:
    yield element("id", entry.id)
    yield element("title", entry.title)
    yield element("link", rel="alternate", type="text/html", href=entry.url)
    yield element("published", entry.published.isoformat())
    yield element("updated", entry.updated.isoformat())
    if entry.byline:
        yield parent("author", [element("name", entry.byline)])
    if entry.summary:
        yield element("summary", entry.summary)
    yield from (element("category", term=topic) for topic in entry.topics)
    yield quoted("content", entry.html, type="html")
    if entry.picture:
        yield element("link", rel="enclosure", type="image/jpeg", href=entry.picture.url)
        yield picture(entry.picture)
