"""How fast mail leaves: at most so many a second over all workers, and to one domain. The database keeps the pace."""

from collections import deque
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from alerts.models.outbox import Pace

#: A worker takes the slots of a tenth of a second at once, so that the database hears of each mail and not of each
#: thought; those it did not use in twice that time are let go.
_A_GRASP = timedelta(seconds=0.1)


class Pacer:
    """One worker's slots: the moments at which it may hand over a mail."""

    def __init__(self) -> None:
        self._slots: deque[datetime] = deque()

    def wait(self, now: datetime) -> timedelta:
        """How long before the next mail may leave; nothing where there is no limit."""
        rate = settings.MAIL_RATE
        if not rate:
            return timedelta()
        while self._slots and self._slots[0] < now - 2 * _A_GRASP:
            self._slots.popleft()
        if not self._slots:
            self._slots.extend(_slots(rate, now))
        return max(self._slots[0] - now, timedelta())

    def spend(self) -> None:
        """A mail leaves."""
        if self._slots:
            self._slots.popleft()


def _slots(rate: int, now: datetime) -> list[datetime]:
    """Take the next slots of all mail."""
    apart = timedelta(seconds=1) / rate
    number = max(1, int(_A_GRASP / apart))
    with transaction.atomic():
        pace = _locked("", now)
        first = max(pace.free_at, now)
        Pace.objects.filter(pk=pace.pk).update(free_at=first + number * apart)
    return [first + step * apart for step in range(number)]


def turn_of(domain: str, now: datetime) -> datetime | None:
    """Take a slot of the domain; where none is free, the moment that is kept for this mail instead."""
    if not settings.MAIL_RATE_PER_DOMAIN:
        return None
    apart = timedelta(seconds=1) / settings.MAIL_RATE_PER_DOMAIN
    with transaction.atomic():
        pace = _locked(domain.casefold()[:254], now)
        if pace.free_at <= now:
            Pace.objects.filter(pk=pace.pk).update(free_at=now + apart)
            return None
        booked: datetime = max(pace.booked_until, pace.free_at) + apart
        Pace.objects.filter(pk=pace.pk).update(booked_until=booked)
    return booked


def forget_old(now: datetime) -> None:
    """Domains that nothing was sent to for a day."""
    Pace.objects.unused_since(now - timedelta(days=1)).delete()


def _locked(name: str, now: datetime) -> Pace:
    Pace.objects.get_or_create(name=name, defaults={"free_at": now, "booked_until": now})
    return Pace.objects.select_for_update().get(name=name)
