"""Standing: where a story stands for its readers, read from its editions and the clock."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, Value, When

from articles.models import Edition, Story


class Standing(StrEnum):
    NEVER_PUBLISHED = "never_published"
    SCHEDULED = "scheduled"
    LIVE = "live"
    REMOVED = "removed"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


@dataclass(frozen=True)
class Stand:
    """What readers have at a moment, and what they will have by themselves later."""

    standing: Standing
    current: Edition | None
    scheduled: Edition | None

    @property
    def shows_text(self) -> bool:
        """Whether readers can read it now: live, or withdrawn with its text under a banner."""
        return self.current is not None and self.current.shows_text


def stand(story: Story, now: datetime) -> Stand:
    """Two queries. A live story may have an update scheduled as well."""
    current = story.editions.current(now).first()
    scheduled = story.editions.scheduled(now).order_by("published_at").first()
    if current is not None:
        standing = Standing.REMOVED if current.is_removal else Standing.LIVE
    else:
        standing = Standing.SCHEDULED if scheduled else Standing.NEVER_PUBLISHED
    return Stand(standing, current, scheduled)


def with_standing(stories: QuerySet[Story], now: datetime) -> QuerySet[Story]:
    """Annotate `standing`, for lists and filters, in the same query."""
    editions = Edition.objects.filter(story=OuterRef("pk"))
    return stories.annotate(
        standing=Case(
            When(Exists(editions.live(now)), then=Value(Standing.LIVE.value)),
            When(Exists(editions.current(now)), then=Value(Standing.REMOVED.value)),
            When(Exists(editions.scheduled(now)), then=Value(Standing.SCHEDULED.value)),
            default=Value(Standing.NEVER_PUBLISHED.value),
            output_field=CharField(),
        )
    )


def may_stand(standing: Standing, now: datetime) -> Q:
    """What is true of all stories of this standing and can be looked up; with `with_standing`, it leaves just those.

    A database that was only asked how each story stands would ask it of the whole archive to find a few.
    """
    editions = Edition.objects.order_by()
    match standing:
        case Standing.SCHEDULED:
            return Q(pk__in=editions.scheduled(now).values("story"))
        case Standing.REMOVED:
            return Q(pk__in=editions.removals().current(now).values("story"))
        case Standing.NEVER_PUBLISHED:
            without = Story.objects.filter(~Exists(editions.filter(story=OuterRef("pk"))))
            return Q(pk__in=without.values("pk").union(editions.cancelled().values("story")))
        case Standing.LIVE:
            return Q()
