"""Knows what stands in the sitemaps; each function costs a query or two however long the archive is."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Exists, F, Max, Model, OuterRef, Q, QuerySet, Subquery, Value

from articles.models.authors import Author
from articles.models.editions import Edition
from articles.models.listings import EditionAuthor, EditionTag
from articles.models.pages import Page as TitlePage
from articles.models.sections import Section
from articles.models.topics import Tag
from articles.prepared import Prepared

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
    changed = _changed(now)
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


class _Known(NamedTuple):
    """When an article of each part was last published, as far as editions had come at `at`."""

    changed: Mapping[int, datetime]
    newest: int
    at: datetime


_NOTHING = _Known({}, 0, datetime.min.replace(tzinfo=UTC))
_known = _NOTHING

#: An edition's number is given before it can be read: one that was late is looked for among so many before the newest.
_LATE = 100


def forget() -> None:
    """Read all editions next time."""
    global _known  # noqa: PLW0603
    _known = _NOTHING


def _changed(now: datetime) -> Mapping[int, datetime]:
    """Two queries, of all editions once a process and then of those that are new: editions never change."""
    global _known  # noqa: PLW0603
    known = _known if _known.at <= now else _NOTHING
    last = Edition.objects.order_by("-pk").values_list("pk", flat=True).first()
    editions = Edition.objects.order_by()
    if known.newest:
        editions = editions.filter(Q(pk__gt=known.newest - _LATE) | Q(published_at__gt=known.at))
    number = F("story_id") / Value(PART)
    # A plain filter would make SQLite walk another index, and the whole table beside it; so an index is enough.
    newest = Max("published_at", filter=Q(published_at__lte=now))
    changed = dict(known.changed)
    for part, at in editions.values_list(number).annotate(newest=newest).exclude(newest=None):
        changed[part] = max(at, changed.get(part, at))
    _known = _Known(changed, last or 0, now)
    return changed


def _having_articles(numbers: list[int], now: datetime) -> list[int]:
    """Those of the parts that have a live article: one query, which stops at the first of each."""
    if not numbers:
        return []
    bounds = {f"part{place}": number * PART for place, number in enumerate(numbers)}
    ends = {f"end{place}": (number + 1) * PART for place, number in enumerate(numbers)}
    (answers,) = _with_articles(len(numbers))(now=now, **bounds, **ends)
    return [number for number, has_one in zip(numbers, answers, strict=True) if has_one]


@cache
def _with_articles(parts: int) -> Prepared:
    def build(now: datetime, **bounds: int) -> QuerySet[Any, Any]:
        live = Edition.objects.live(now)
        asked = [
            Exists(live.filter(story_id__gte=bounds[f"part{place}"], story_id__lt=bounds[f"end{place}"]))
            for place in range(parts)
        ]
        return Edition.objects.order_by("pk").values_list(*asked)[:1]

    return Prepared(
        build, now=datetime, **{f"{end}{place}": int for end in ("part", "end") for place in range(parts)}
    )


def _listings(name: str, model: type[Model], articles_of: Any) -> Iterator[Page]:
    # Asked whether there is one (EXISTS), PostgreSQL joins all editions instead of looking for one of each.
    first = Subquery(articles_of.values("pk")[:1])
    rows = model._default_manager.alias(first=first).exclude(first=None).order_by("pk")
    return (Page(f"/{name}/{slug}/") for slug in rows.values_list("slug", flat=True)[:MOST])
