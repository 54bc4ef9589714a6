"""Related stories that an editor picks: which may be picked, and what each is called to whom.

A story keeps their numbers alone. A title is told where readers have it, or to who may know of the story.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from articles.models import Edition, Story
from articles.models.editions import EditionQuerySet

MOST = 4

UNTOLD = "A story you may not know of"


@dataclass(frozen=True)
class Pick:
    """A story that was picked, as one person may see it. `at` is when it is scheduled for."""

    number: int
    title: str
    is_live: bool = False
    at: datetime | None = None


def of_known_stories(by: User) -> EditionQuerySet:
    """Editions of what `by` may know of. Nothing restricted, whose title would be told where it is picked."""
    return Edition.objects.filter(Story.objects.visible_to(by).filter(restricted=False).has("story_id"))


def pickable(by: User, now: datetime) -> EditionQuerySet:
    """What may be picked: all that readers have, and what `by` may know of that they will get."""
    return Edition.objects.live(now) | of_known_stories(by).scheduled(now).filter(removal_kind="")


def may_pick(number: int, by: User, now: datetime) -> bool:
    return pickable(by, now).filter(story_id=number).exists()


def told(numbers: Iterable[int], by: User | None, now: datetime) -> dict[int, Pick]:
    """Each of these stories by its number; two queries at most, and none for none."""
    wanted = set(numbers)
    if not wanted:
        return {}
    live = dict(Edition.objects.live(now).filter(story_id__in=wanted).values_list("story_id", "headline"))
    picks = {number: Pick(number, title, is_live=True) for number, title in live.items()}
    rest = wanted - live.keys()
    if rest:
        known = Story.objects.visible_to(by).filter(pk__in=rest).in_bulk() if by else {}
        at = dict(
            Edition.objects.scheduled(now).filter(story_id__in=known).values_list("story_id", "published_at")
        )
        for number in rest:
            picks[number] = Pick(
                number, known[number].headline if number in known else UNTOLD, at=at.get(number)
            )
    return picks


def names(by: User, now: datetime, *publics: Mapping[str, Any]) -> dict[str, str]:
    """The titles of what these public dicts have picked, by number as text."""
    numbers = {number for public in publics for number in public.get("related", [])}
    return {str(pick.number): pick.title for pick in told(numbers, by, now).values()}
