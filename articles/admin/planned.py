"""What happens to stories when: scheduled, published, due, out of embargo; so many of each day that a page can bear."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from articles.admin.entries import Day, Entry, Kind, Moment
from articles.admin.spans import Span, day_of
from articles.desk.open_matters import overdue, with_open_matters
from articles.desk.standing import with_standing
from articles.models import Edition, State, Story

#: Of each kind that one span looks through; a month of an archive may hold more than anybody plans.
MOST_READ = 10_000

#: An approval that was not used for so long waits for no embargo.
_LATELY = timedelta(days=400)

_NOT_DONE = (State.DRAFT, State.IN_REVIEW)

#: What an entry prints; a body may be long.
_FIELDS = (
    "headline",
    "state",
    "restricted",
    "section__name",
    "assignee__name",
    "assignee__email",
)


@dataclass(frozen=True)
class Planned:
    """The days of a span. `is_cut` where there is more than was looked through."""

    days: dict[date, Day]
    is_cut: bool


def planned(stories: QuerySet[Story], span: Span, now: datetime, *, most: int) -> Planned:
    """Four queries, whatever there is: the moments of the three sorts, and the stories of those that are shown.

    `stories` are those that may be shown; `most` is how many entries a day may have.
    """
    read = [_printed(stories, span, now), _due(stories, span, now), _embargoed(stories, span, now)]
    by_day = _by_day(moment for moments in read for moment in moments)
    shown = {day: moments[:most] for day, moments in by_day.items()}
    wanted = {moment.story_id for moments in shown.values() for moment in moments}
    known = with_open_matters(with_standing(Story.objects.filter(pk__in=wanted), now))
    found = known.select_related("section", "assignee").only(*_FIELDS).in_bulk()
    today = day_of(now)
    days = {
        day: Day(
            day,
            [Entry(moment, found[moment.story_id], now) for moment in shown.get(day, [])],
            max(0, len(by_day.get(day, [])) - most),
            day == today,
        )
        for day in span.days
    }
    return Planned(days, any(len(moments) >= MOST_READ for moments in read))


def _printed(stories: QuerySet[Story], span: Span, now: datetime) -> list[Moment]:
    """Editions that came or will come; not those that were cancelled, nor removals."""
    editions = Edition.objects.effective().filter(
        Exists(stories.filter(pk=OuterRef("story_id"))),
        published_at__gte=span.begins_at,
        published_at__lt=span.ends_at,
        removal_kind="",
    )
    rows = editions.order_by("published_at").values_list("published_at", "story_id", "first_published_at")
    return [
        Moment(at, Kind.SCHEDULED if at > now else Kind.PUBLISHED, story, first < at)
        for at, story, first in rows[:MOST_READ]
    ]


def _due(stories: QuerySet[Story], span: Span, now: datetime) -> list[Moment]:
    """What is to be written, until it is approved or given up. Read by state: what is done is most of the archive."""
    waiting = stories.filter(Q(due_at__gte=now) | overdue(now), state__in=_NOT_DONE)
    return _at(waiting, "due_at", span, Kind.DUE)


def _embargoed(stories: QuerySet[Story], span: Span, now: datetime) -> list[Moment]:
    """What is under embargo now. Of approved stories those saved of late: the rest of them is the archive."""
    lately = Q(state=State.APPROVED, updated_at__gte=now - _LATELY)
    under = stories.filter(Q(state__in=_NOT_DONE) | lately, embargo_at__gt=now)
    return _at(under, "embargo_at", span, Kind.EMBARGO)


def _at(stories: QuerySet[Story], field: str, span: Span, kind: Kind) -> list[Moment]:
    there = stories.filter(**{f"{field}__gte": span.begins_at, f"{field}__lt": span.ends_at})
    rows = there.order_by(F(field)).values_list(field, "pk")
    return [Moment(at, kind, story) for at, story in rows[:MOST_READ]]


def _by_day(moments: Iterable[Moment]) -> dict[date, list[Moment]]:
    """In order of time, by the newsroom's clock."""
    order = list(Kind)
    by_day: dict[date, list[Moment]] = defaultdict(list)
    for moment in sorted(moments, key=lambda each: (each.at, order.index(each.kind), each.story_id)):
        by_day[day_of(moment.at)].append(moment)
    return by_day
