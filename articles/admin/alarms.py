"""What my desk says first: reviews that are overdue, signatures long owed, and stories that nobody here can approve."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accounts.models import Role, User
from articles.desk.open_matters import with_debt
from articles.models import Revision, Story

#: A second signature that takes longer than this is not forgotten, it is missing.
LONG_OWED = timedelta(hours=24)
MOST = 5
#: Stories in review that are looked at; a desk with more has another alarm.
MOST_WAITING = 100


@dataclass(frozen=True)
class Alarm:
    """One sentence, and the stories it is about."""

    words: str
    stories: list[Story]


def alarms(user: User, now: datetime) -> list[Alarm]:
    """Five queries, for managers; nothing for anybody else."""
    if not user.has_perm("articles.review_story"):
        return []
    seen = Story.objects.visible_to(user)
    waiting = seen.waiting_for_review().order_by("pk")
    found = [
        ("Overdue for review", list(waiting.filter(due_at__lt=now).order_by("due_at")[:MOST])),
        (
            "Published without review more than a day ago, and still not countersigned",
            list(with_debt(seen).filter(since__lt=now - LONG_OWED)[:MOST]),
        ),
        (
            "Waiting for review, and no manager is left who could approve: everybody has worked on it",
            _without_reviewer(list(waiting[:MOST_WAITING]))[:MOST],
        ),
    ]
    return [Alarm(words, stories) for words, stories in found if stories]


def _without_reviewer(waiting: list[Story]) -> list[Story]:
    """Three queries, whatever there is."""
    managers = set(User.objects.filter(is_active=True, role=Role.MANAGER).values_list("pk", flat=True))
    wrote: dict[int, set[Any]] = defaultdict(set)
    keys = [story.pk for story in waiting]
    for story, person in (
        Revision.objects.filter(story__in=keys).unpublished().values_list("story", "saved_by").distinct()
    ):
        wrote[story].add(person)
    let_in: dict[int, set[int]] = defaultdict(set)
    for story, person in Story.restricted_to.through.objects.filter(story__in=keys).values_list(
        "story", "user"
    ):
        let_in[story].add(person)
    return [story for story in waiting if not _could(story, managers, let_in[story.pk]) - wrote[story.pk]]


def _could(story: Story, managers: set[int], let_in: set[int]) -> set[int]:
    return managers & (let_in | {story.created_by_id or 0}) if story.restricted else managers
