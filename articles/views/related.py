"""Related stories: the newest that share a topic with this one."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.db.models import QuerySet

from articles.models.editions import Edition
from articles.models.listings import EditionTag
from articles.models.topics import Tag
from articles.prepared import Prepared
from articles.views.branches import any_of
from articles.views.dates import machine, written

SHOWN = 4
#: A story with more topics than this is about none of them in particular.
TOPICS_ASKED = 6


class Related(NamedTuple):
    url: str
    headline: str
    at: str
    date: str


def related(topic_slugs: Sequence[str], *, to: int, now: datetime) -> list[Related]:
    """Find the newest live editions on any of these topics, other than those of the story `to`."""
    if not topic_slugs:
        return []
    asked = {f"topic{number}": slug for number, slug in enumerate(topic_slugs[:TOPICS_ASKED])}
    rows = _sharing(len(asked))(now=now, to=to, **asked)
    return [Related(f"/articles/{slug}/", headline, machine(at), written(at)) for slug, headline, at in rows]


@cache
def _sharing(topics: int) -> Prepared:
    names = {f"topic{number}": str for number in range(topics)}
    return Prepared(_newest_on_any, now=datetime, to=int, **names)


def _newest_on_any(now: datetime, to: int, **slugs: str) -> QuerySet[Any, Any]:
    branches = [
        EditionTag.objects.live(now)
        .filter(tag_id=Tag.objects.filter(slug=slug).values("pk")[:1])
        .exclude(story_id=to)
        .newest_first()
        .values("edition_id")[:SHOWN]
        for slug in slugs.values()
    ]
    found = Edition.objects.live(now).filter(pk__in=any_of(branches)).newest_first()
    return found.values_list("slug", "headline", "first_published_at")[:SHOWN]
