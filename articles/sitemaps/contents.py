"""Knows what stands in the sitemaps; each function costs a query or two however long the archive is."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Exists, F, Max, Model, OuterRef, Q, Value

from articles.models.authors import Author
from articles.models.editions import Edition
from articles.models.listings import EditionAuthor, EditionTag
from articles.models.pages import Page as TitlePage
from articles.models.sections import Section
from articles.models.topics import Tag

#: Story ids a part covers. sitemaps.org allows 50,000 addresses; a part should be written in a blink.
PART = 10_000

#: Sections, topics and authors, of each at most.
MOST = 15_000


#: https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
FRESH = timedelta(hours=48)
MOST_NEWS = 1000


class News(NamedTuple):
    path: str
    headline: str
    published_at: datetime


class Page(NamedTuple):
    path: str
    changed_at: datetime | None = None


def parts(now: datetime) -> Iterator[tuple[int, datetime]]:
    """Give the numbers of the parts that have a live article, and when one of theirs was last published."""
    number = F("story_id") / Value(PART)
    # A plain filter would make SQLite walk another index, and the whole table beside it; so an index is enough.
    newest = Max("published_at", filter=Q(published_at__lte=now))
    changed = dict(
        Edition.objects.order_by().values_list(number).annotate(newest=newest).exclude(newest=None)
    )
    with_articles = _having_articles(sorted(changed), now)
    return ((part, changed[part]) for part in with_articles)


def articles(number: int, now: datetime) -> list[Page]:
    """Give the live articles of a part."""
    rows = (
        Edition.objects.live(now)
        .filter(story_id__gte=number * PART, story_id__lt=(number + 1) * PART)
        .order_by("story_id")
        .values_list("slug", "published_at")
    )
    return [Page(f"/articles/{slug}/", published_at) for slug, published_at in rows]


def news(now: datetime) -> list[News]:
    """Give the articles of the last two days: what news search takes, and at most as many as it takes."""
    rows = Edition.objects.live(now).filter(first_published_at__gt=now - FRESH).newest_first()
    told = rows.values_list("slug", "headline", "first_published_at")[:MOST_NEWS]
    return [News(f"/articles/{slug}/", headline, at) for slug, headline, at in told]


def pages(now: datetime) -> Iterator[Page]:
    """Give everything but the articles: the front page and the listings that have something in them."""
    yield Page("/")
    yield Page("/articles/")
    yield from (Page(f"/{slug}/", at) for slug, at in _title_pages())
    live = Edition.objects.live(now).filter(section_id=OuterRef("pk"))
    yield from _listings("sections", Section, live)
    yield from _listings("topics", Tag, EditionTag.objects.live(now).filter(tag_id=OuterRef("pk")))
    yield from _listings("authors", Author, EditionAuthor.objects.live(now).filter(author_id=OuterRef("pk")))


def _title_pages() -> Any:
    return TitlePage.objects.public().order_by("order", "pk").values_list("slug", "updated_at")


def _having_articles(numbers: list[int], now: datetime) -> list[int]:
    """Those of the parts that have a live article: one query, which stops at the first of each."""
    if not numbers:
        return []
    live = Edition.objects.live(now)
    found = {
        f"part_{number}": Exists(live.filter(story_id__gte=number * PART, story_id__lt=(number + 1) * PART))
        for number in numbers
    }
    answer = Edition.objects.order_by("pk").annotate(**found).values(*found)[:1].get()
    return [number for number in numbers if answer[f"part_{number}"]]


def _listings(name: str, model: type[Model], articles_of: Any) -> Iterator[Page]:
    rows = model._default_manager.filter(Exists(articles_of)).order_by("pk").values_list("slug", flat=True)
    return (Page(f"/{name}/{slug}/") for slug in rows[:MOST])
