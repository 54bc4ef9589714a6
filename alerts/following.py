"""What somebody came to follow: the topics, sections and authors that the address of the page names."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict

from articles.models.authors import Author
from articles.models.editions import Edition
from articles.models.listings import EditionAuthor, EditionTag
from articles.models.sections import Section
from articles.models.topics import Tag

#: Of each kind; a story with more topics than this is followed by its first ones.
MOST = 20
_LONGEST = 120


class Followed(NamedTuple):
    """One of them: `kind` is "topic", "section" or "author", `key` the number of its row."""

    kind: str
    key: int
    slug: str
    name: str

    @property
    def feed(self) -> str:
        return f"/{self.kind}s/{self.slug}/feed.rss"


def followed(asked: QueryDict, now: datetime) -> list[Followed]:
    """What readers can know of: a name that no live story carries is told to nobody. A query a kind that is asked."""
    return list(_followed(asked, now))


def _followed(asked: QueryDict, now: datetime) -> Iterator[Followed]:
    kinds: tuple[tuple[str, QuerySet[Any], Any], ...] = (
        ("topic", Tag.objects.all(), EditionTag.objects.live(now).filter(tag=OuterRef("pk"))),
        ("section", Section.objects.all(), Edition.objects.live(now).filter(section=OuterRef("pk"))),
        ("author", Author.objects.all(), EditionAuthor.objects.live(now).filter(author=OuterRef("pk"))),
    )
    for kind, known, stories in kinds:
        slugs = [slug for slug in asked.getlist(kind) if len(slug) <= _LONGEST and slug.isprintable()][:MOST]
        rows = known.filter(Exists(stories), slug__in=slugs).order_by("name") if slugs else known.none()
        for row in rows:
            yield Followed(kind, row.pk, row.slug, row.name)
