"""Who else has a story open: a help for those who write it, not a lock."""

from datetime import datetime, timedelta

from accounts.models import User
from articles.models import Opening, Story

#: Somebody of whom nothing was heard for so long has gone. A form says every half minute that it is still open.
SILENCE = timedelta(minutes=3)

#: How long a row may lie about.
KEPT_FOR = timedelta(days=1)


def touch(story: Story, person: User, *, now: datetime) -> None:
    """Note that `person` has the story open."""
    Opening.objects.bulk_create(
        [Opening(story=story, person=person, seen_at=now)],
        update_conflicts=True,
        unique_fields=["story", "person"],
        update_fields=["seen_at"],
    )


def others(story: Story, person: User, *, now: datetime) -> list[Opening]:
    """Who besides `person` has it open, the last seen first."""
    return list(Opening.objects.filter(story=story).since(now - SILENCE).of_others(person))


def forget_old(now: datetime) -> int:
    """Delete what tells nothing any more; the number of rows."""
    return Opening.objects.before(now - KEPT_FOR).delete()[0]
