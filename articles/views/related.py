"""Related stories: the newest that share a topic with this one."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from articles.models.editions import Edition, EditionTag
from articles.models.topics import Tag
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
    branches = [
        EditionTag.objects.live(now)
        .filter(tag_id=Tag.objects.filter(slug=slug).values("pk")[:1])
        .exclude(story_id=to)
        .newest_first()
        .values("edition_id")[:SHOWN]
        for slug in topic_slugs[:TOPICS_ASKED]
    ]
    found = Edition.objects.live(now).filter(pk__in=any_of(branches)).newest_first()
    rows = found.values_list("slug", "headline", "first_published_at")[:SHOWN]
    return [Related(f"/articles/{slug}/", headline, machine(at), written(at)) for slug, headline, at in rows]
