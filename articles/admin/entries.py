"""The lines of the calendar and the days they stand on, in words and by the newsroom's clock."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils import timezone

from articles.admin.spans import clocks_change
from articles.desk.standing import Standing


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
                return "Overdue" if self.is_overdue else "Due"
            case Kind.SCHEDULED:
                return "Update scheduled" if self.moment.is_update else "Scheduled"
            case Kind.PUBLISHED:
                told = "Update published" if self.moment.is_update else "Published"
                return f"{told}, taken down since" if self.is_gone else told

    @property
    def is_overdue(self) -> bool:
        return self.moment.kind is Kind.DUE and self.moment.at < self.now

    @property
    def is_to_come(self) -> bool:
        """Whether the story itself has still to be written, approved or scheduled for it."""
        return self.moment.kind in (Kind.EMBARGO, Kind.DUE)

    @property
    def is_gone(self) -> bool:
        return self.moment.kind is Kind.PUBLISHED and self.story.standing == Standing.REMOVED

    @property
    def is_warning(self) -> bool:
        return self.moment.kind is Kind.EMBARGO or self.is_overdue

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
        longer = clocks_change(self.day)
        return "" if not longer else "Clocks go back" if longer > 0 else "Clocks go forward"
