"""What happens to stories when: scheduled, published, due, out of embargo; so many of each day that a page can bear."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from articles.admin.spans import Span, midnight
from articles.desk.open_matters import overdue
from articles.desk.standing import Standing, with_standing
from articles.models import Edition, State, Story

#: Of each kind that one span looks through; a month of an archive may hold more than anybody plans.
MOST_READ = 10_000

#: An approval that was not used for so long waits for no embargo.
_LATELY = timedelta(days=400)

_NOT_DONE = (State.DRAFT, State.IN_REVIEW)


class Kind(StrEnum):
    """In the order in which they stand within one minute."""

    EMBARGO = "embargo"
    DUE = "due"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"


@dataclass(frozen=True)
class Moment:
    """Something that happens to a story: light, because most of a busy month is only counted."""

    at: datetime
    kind: Kind
    story_id: int
    #: Whether readers had the story before.
    is_update: bool = False


@dataclass(frozen=True)
class Entry:
    """One line of the calendar."""

    moment: Moment
    story: Any
    now: datetime

    @property
    def kind(self) -> str:
        return self.moment.kind.value

    @property
    def local(self) -> datetime:
        return timezone.localtime(self.moment.at, timezone.get_default_timezone())

    @property
    def clock(self) -> str:
        """The time; on a day the clocks change, with the name of the clock it is told by."""
        return f"{self.local:%H:%M %Z}" if clocks_change(self.local.date()) else f"{self.local:%H:%M}"

    @property
    def words(self) -> str:
        match self.moment.kind:
            case Kind.EMBARGO:
                return "Embargo ends"
            case Kind.DUE:
                return "Overdue" if self.moment.at < self.now else "Due"
            case Kind.SCHEDULED:
                return "Update scheduled" if self.moment.is_update else "Scheduled"
            case Kind.PUBLISHED:
                told = "Update published" if self.moment.is_update else "Published"
                return f"{told}, taken down since" if self.is_gone else told

    @property
    def is_gone(self) -> bool:
        return self.moment.kind is Kind.PUBLISHED and self.story.standing == Standing.REMOVED

    @property
    def is_warning(self) -> bool:
        return self.moment.kind is Kind.EMBARGO or self.words == "Overdue"

    @property
    def can_be_moved(self) -> bool:
        return self.moment.kind is Kind.SCHEDULED


@dataclass(frozen=True)
class Day:
    """A day with the first of its entries; `more` are not shown."""

    day: date
    entries: list[Entry]
    more: int
    is_today: bool

    @property
    def value(self) -> str:
        return self.day.isoformat()

    @property
    def clocks(self) -> str:
        """What happens to the clocks on this day, if anything."""
        hours = clocks_change(self.day)
        return "" if not hours else "Clocks go forward" if hours < 0 else "Clocks go back"


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
    known = with_standing(Story.objects.filter(pk__in=wanted), now).select_related("section", "assignee")
    found = known.only(*_PRINTED).in_bulk()
    today = timezone.localdate(now, timezone.get_default_timezone())
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


def clocks_change(day: date) -> int:
    """By how many seconds the day is longer than others: 0 but for two days a year."""
    begins, ends = midnight(day), midnight(day + timedelta(days=1))
    return int(
        (begins.utcoffset() or timedelta()).total_seconds()
        - (ends.utcoffset() or timedelta()).total_seconds()
    )


#: What an entry prints; a body may be long.
_PRINTED = (
    "headline",
    "state",
    "restricted",
    "section__name",
    "assignee__name",
    "assignee__email",
)


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
    zone, order = timezone.get_default_timezone(), list(Kind)
    by_day: dict[date, list[Moment]] = defaultdict(list)
    for moment in sorted(moments, key=lambda each: (each.at, order.index(each.kind), each.story_id)):
        by_day[timezone.localtime(moment.at, zone).date()].append(moment)
    return by_day
