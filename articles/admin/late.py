"""What is late after publication, as my desk says it to those who can do something about it."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from articles.desk import heartbeat
from articles.desk.lateness import Late, late
from articles.models import Story

MOST = 10


@dataclass(frozen=True)
class LateNotice:
    """The late side effects of stories this person may know of, and how many there are of others."""

    known: list[Late]
    others: int
    worker_seen: bool


def late_notice(user: User, now: datetime) -> LateNotice | None:
    """None where nothing is late, or for somebody whose stories others publish."""
    if not user.has_perm("articles.edit_any_story"):
        return None
    found = late(now, most=MOST)
    if not found:
        return None
    stories = [one.edition.story_id for one in found]
    seen = set(Story.objects.visible_to(user).filter(pk__in=stories).values_list("pk", flat=True))
    known = [one for one in found if one.edition.story_id in seen]
    age = heartbeat.age(now)
    alive = age is not None and age <= heartbeat.DEAD_AFTER
    return LateNotice(known, len(found) - len(known), alive)
