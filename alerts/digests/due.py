"""A digest that is due, as its notice keeps it: for whom, of which period, and how far back it looks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from alerts.digests import periods
from alerts.models.notices import Lane, Notice
from alerts.models.subscribers import Subscriber, SubscriberQuerySet
from alerts.models.subscriptions import Frequency, Subscription

#: Digests that were missed for longer are given up.
CATCH_UP = timedelta(days=7)

#: What was published in the period before may have been committed after its digest was made.
_LATE = timedelta(hours=1)

FREQUENCIES = (Frequency.DAILY, Frequency.WEEKLY)


@dataclass(frozen=True)
class Due:
    """The digest of everybody who gets one as often as this, at this hour (and weekday), for one period."""

    frequency: Frequency
    hour: int
    on: date
    start: datetime
    end: datetime

    @classmethod
    def of(cls, notice: Notice) -> "Due":
        said, end = notice.details, notice.as_of
        on = date.fromisoformat(said["on"])
        return cls(Frequency(said["frequency"]), said["hour"], on, notice.period_start or end, end)

    def notice(self, now: datetime) -> Notice:
        return Notice(
            key=f"digest:{self.frequency}:{self.on}:{self.hour}",
            kind=Notice.Kind.DIGEST,
            lane=Lane.DIGEST,
            period_start=self.start,
            period_end=self.end,
            as_of=self.end,
            made_at=now,
            details={"frequency": self.frequency, "hour": self.hour, "on": str(self.on)},
        )

    def since(self, now: datetime) -> datetime:
        """From when a story may be told in it, to who was not told of it.

        Earlier than the period: somebody who chose another hour has a longer one, a mail that failed told nobody, and
        a story may have been away for a day. What was told already is known from the letters.
        """
        length = self.end - self.start
        return min(self.start - _LATE, now - CATCH_UP - length)

    def readers(self, now: datetime) -> SubscriberQuerySet:
        """Who gets it, if there is anything for them. What they followed until a while ago may still be owed."""
        theirs = Subscription.objects.filter(
            Q(ended_at=None) | Q(ended_at__gt=self.since(now)),
            subscriber=OuterRef("pk"),
            frequency=self.frequency,
            started_at__lte=self.end,
        )
        readers = Subscriber.objects.reachable(now).filter(Exists(theirs), hour=self.hour)
        return readers.filter(weekday=self.on.weekday()) if self.is_weekly else readers

    @property
    def is_weekly(self) -> bool:
        return self.frequency == Frequency.WEEKLY


def due(frequency: Frequency, *, after: datetime, until: datetime) -> list[Due]:
    """Those that end after `after` and not after `until`, oldest first, whether or not anybody gets them."""
    zone = ZoneInfo(settings.TIME_ZONE)
    found = [
        Due(frequency, hour, *period)
        for hour in range(24)
        for period in _periods(frequency, hour, after, until, zone)
    ]
    return sorted(found, key=lambda one: (one.end, one.hour))


def _periods(
    frequency: Frequency, hour: int, after: datetime, until: datetime, zone: ZoneInfo
) -> Iterator[periods.Period]:
    if frequency == Frequency.DAILY:
        yield from periods.daily(hour, after=after, until=until, zone=zone)
        return
    for weekday in {on.weekday() for on in periods.days(after, until, zone)}:
        yield from periods.weekly(weekday, hour, after=after, until=until, zone=zone)
