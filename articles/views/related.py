"""Related stories: those an editor picked, then the newest that share a topic with this one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.db.models import QuerySet

from articles.models.editions import Edition
from articles.models.kinds import ChangeKind, is_retracted
from articles.models.listings import EditionTag
from articles.models.topics import Tag
from articles.prepared import Prepared
from articles.views.branches import any_of, newest_of
from articles.views.cards import kind_label
from articles.views.dates import machine, written

SHOWN = 4
#: A story with more topics than this is about none of them in particular.
TOPICS_ASKED = 6


class Related(NamedTuple):
    url: str
    headline: str
    #: What readers are told before they open it: what kind of story it is, and whether it still stands.
    label: str
    at: str
    date: str


def related(topic_slugs: Sequence[str], picked: Sequence[int], *, to: int, now: datetime) -> list[Related]:
    """Find live editions other than those of the story `to`: of the stories `picked`, then of these topics.

    One query. What was picked and is not live leaves its place to the next.
    """
    picks = [number for number in picked if number != to][:SHOWN]
    topics = topic_slugs[:TOPICS_ASKED]
    if not topics and not picks:
        return []
    asked = {f"topic{number}": slug for number, slug in enumerate(topics)}
    asked_for = {f"pick{place}": number for place, number in enumerate(picks)}
    rows = _found(len(topics), len(picks))(now=now, to=to, **asked, **asked_for)
    rows.sort(key=lambda row: picks.index(row[0]) if row[0] in picks else len(picks))
    return [_told(*row[1:]) for row in rows[:SHOWN]]


@cache
def _found(topics: int, picks: int) -> Prepared:
    names: dict[str, type[str] | type[int]] = {f"topic{number}": str for number in range(topics)}
    names |= {f"pick{place}": int for place in range(picks)}
    return Prepared(_picked_or_newest, now=datetime, to=int, **names)


def _picked_or_newest(now: datetime, to: int, **asked: Any) -> QuerySet[Any, Any]:
    live = Edition.objects.live(now)
    picked = [
        live.filter(story_id=number).values("pk")[:1] for name, number in asked.items() if name[0] == "p"
    ]
    slugs = [slug for name, slug in asked.items() if name[0] == "t"]
    rows = EditionTag.objects.live(now).exclude(story_id=to)
    newest = newest_of(
        [Tag.objects.filter(slug=slug).values("pk")[:1] for slug in slugs],
        Tag.objects.filter(slug__in=slugs),
        lambda tag: rows.filter(tag_id=tag),
        most=SHOWN,
    )
    found = live.exclude(story_id=to).filter(pk__in=any_of([*picked, *newest])).newest_first()
    printed = found.values_list("story_id", "slug", "headline", "kind", "corrections", "first_published_at")
    # What is picked may be older than all the rest, so that only without picks the newest are enough.
    return printed if picked else printed[:SHOWN]


def _told(
    slug: str, headline: str, kind: str, corrections: Sequence[Mapping[str, str]], at: datetime
) -> Related:
    label = " · ".join(filter(None, [kind_label(kind), _mended(corrections)]))
    return Related(f"/articles/{slug}/", headline, label, machine(at), written(at))


def _mended(corrections: Sequence[Mapping[str, str]]) -> str:
    if is_retracted(corrections):
        return "Retracted"
    return "Corrected" if any(note["kind"] == ChangeKind.CORRECTION for note in corrections) else ""
