"""What is open about stories: a hold, a signature owed, an approval not used, somebody reading.

Read with a list, in the same query.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from articles.desk.acts import Act
from articles.models import Edition, State, Story, StoryEvent
from articles.models.events import StoryEventQuerySet

#: Approved stories saved before that are taken for the archive: there are too many to ask of each whether it is out.
_LATELY = timedelta(days=90)

#: Whoever had it to do has done it, or need not any more.
_DONE = (State.APPROVED, State.SPIKED)


def with_open_matters(stories: QuerySet[Story]) -> QuerySet[Any]:
    """Annotate `is_held`, `is_owed` (a second signature) and `read_by` (a name, or None)."""
    return stories.annotate(
        is_held=Exists(_events().open_holds()),
        is_owed=Exists(_events().open_debts()),
        read_by=Subquery(_events().open_claims().values("actor__name")[:1]),
    )


def with_hold(stories: QuerySet[Story]) -> QuerySet[Any]:
    """Those on hold, with `by`, `by_id`, `why` and `since`."""
    return _with(stories.filter(held()), _events().open_holds())


def with_debt(stories: QuerySet[Story]) -> QuerySet[Any]:
    """Those that were published without review and wait for a second signature, with `by`, `by_id`, `why`, `since`."""
    return _with(stories.filter(owed()), _events().open_debts())


def held() -> Q:
    """What is on hold, found by its events: these have an index, and few of all stories have any."""
    return Q(pk__in=StoryEvent.objects.open_holds().order_by().values("story"))


def owed() -> Q:
    """What waits for a second signature, found in the same way."""
    return Q(pk__in=StoryEvent.objects.open_debts().order_by().values("story"))


def not_out(now: datetime) -> Q:
    """What is approved, and of which readers neither have nor get by themselves the newest text."""
    editions = Edition.objects.effective().filter(story=OuterRef("pk"))
    out = Exists(editions.filter(revision__number__gte=OuterRef("version")))
    return Q(~out, state=State.APPROVED, updated_at__gte=now - _LATELY)


def with_approval(stories: QuerySet[Story], now: datetime) -> QuerySet[Any]:
    """Those approved and not out, with `approved_by` and `approved_at`. The longest wait first."""
    approvals = _events().done(Act.APPROVE, Act.COUNTERSIGN)
    told = stories.filter(not_out(now)).annotate(
        approved_by=Subquery(approvals.values("actor__name")[:1]),
        approved_at=Subquery(approvals.values("at")[:1]),
    )
    return told.order_by("approved_at")


def with_reader(stories: QuerySet[Any]) -> QuerySet[Any]:
    """Annotate `reader`: the key of who is reading a story in review, or None."""
    return stories.annotate(reader=Subquery(_events().open_claims().values("actor")[:1]))


def read_by(stories: QuerySet[Any], user: Any) -> QuerySet[Any]:
    """Those in review that `user` is reading, or nobody."""
    if user is None:
        return stories.filter(~Exists(_events().open_claims()))
    return with_reader(stories).filter(reader=user.pk)


def overdue(now: datetime) -> Q:
    """What should have been done by now and is neither approved nor given up."""
    return Q(due_at__lt=now) & ~Q(state__in=_DONE)


def is_overdue(story: Story, now: datetime) -> bool:
    """The same of a story in hand."""
    return story.due_at is not None and story.due_at < now and story.state not in _DONE


def _with(stories: QuerySet[Story], events: StoryEventQuerySet) -> QuerySet[Any]:
    """The longest open first."""
    told = stories.annotate(
        by=Subquery(events.values("actor__name")[:1]),
        by_id=Subquery(events.values("actor")[:1]),
        why=Subquery(events.values("note")[:1]),
        since=Subquery(events.values("at")[:1]),
    )
    return told.order_by("since")


def _events() -> StoryEventQuerySet:
    events: StoryEventQuerySet = StoryEvent.objects.filter(story=OuterRef("pk"))
    return events
