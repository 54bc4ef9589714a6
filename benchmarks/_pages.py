"""Which pages of an archive are worth measuring: every kind that readers and machines ask for, by name.

Run inside an archive it prints them as JSON. Of some kinds there are several addresses, asked for in turn.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import django

from benchmarks._stories import LONG_READS, NEWEST
from benchmarks._words import COMMONEST, WORDS

ARTICLES = 1000
ARTICLE, HELLO, STATIC = "article", "hello", "a static file"


def pages() -> dict[str, list[str]]:
    """Expects Django set up, and an archive in its database."""
    from articles.models import Edition, EditionAuthor, EditionTag
    from articles.sitemaps.contents import PART

    stories = Edition.objects.filter(origin=Edition.Origin.IMPORTED).count()
    numbers = [number * stories // ARTICLES for number in range(ARTICLES)]
    deep = f"before={_oldest_place()}"
    topic, author = _quietest(EditionTag, "tag"), _quietest(EditionAuthor, "author")
    month = NEWEST - timedelta(days=500)
    found = {
        ARTICLE: [f"/articles/story-{number}/" for number in numbers],
        "article, a long read": [
            f"/articles/story-{number - number % LONG_READS + LONG_READS - 1}/" for number in numbers[:500]
        ],
        "front page": "/",
        "latest": "/articles/",
        "latest, the deepest page": f"/articles/?{deep}",
        "section, a third of all": "/sections/local-government/",
        "section, the deepest page": f"/sections/local-government/?{deep}",
        "section, one in thirty": "/sections/security/",
        "topic, the commonest": "/topics/topic-0/",
        "topic, the deepest page": f"/topics/topic-0/?{deep}",
        "topic, the quietest": f"/topics/{topic}/",
        "author, the busiest": "/authors/writer-0/",
        "author, the deepest page": f"/authors/writer-0/?{deep}",
        "author, the quietest": f"/authors/{author}/",
        "archive, a year": f"/archive/{month.year}/",
        "archive, a month": f"/archive/{month.year}/{month.month:02}/",
        "corrections": "/corrections/",
        "history of a story": "/articles/story-0/history/",
        "search, nothing asked": "/search/",
        "search, the commonest word": f"/search/?q={COMMONEST}",
        "search, the same by relevance": f"/search/?q={COMMONEST}&sort=relevance",
        "search, a rare word": f"/search/?{urlencode({'q': WORDS[3000]})}",
        "RSS": "/feeds/latest.rss",
        "Atom": "/feeds/latest.atom",
        "JSON Feed": "/feeds/latest.json",
        "topic's RSS": "/topics/topic-0/feed.rss",
        "quietest topic's RSS": f"/topics/{topic}/feed.rss",
        "sitemap index": "/sitemap.xml",
        "sitemap of pages": "/sitemap-pages.xml",
        "sitemap, a part midway": f"/sitemap-articles-{stories // 2 // PART}.xml",
        "news sitemap": "/news-sitemap.xml",
        "API, a list": "/api/v1/articles/",
    }
    return {name: [said] if isinstance(said, str) else said for name, said in found.items()}


def _oldest_place() -> str:
    """Before which little more than one page of anything lies: the year after the oldest."""
    from articles.cursors import Place, encode

    return encode(Place(_oldest() + timedelta(days=365), 1))


def _oldest() -> datetime:
    from articles.models import Edition

    at: datetime = Edition.objects.newest_first().reverse().values_list("first_published_at", flat=True)[0]
    return at.astimezone(UTC)


def _quietest(rows: Any, name: str) -> str:
    """Of what has the fewest stories, the first; it has one at least."""
    from django.db.models import Count

    found = (
        rows.objects.values(f"{name}__slug")
        .annotate(stories=Count("id"))
        .order_by("stories", f"{name}__slug")
    )
    return str(found[0][f"{name}__slug"])


if __name__ == "__main__":
    django.setup()
    print(json.dumps(pages()))
