"""How often something may be tried: counted in the database, so that every process and machine counts together.

Not in the cache: there, two processes with memory of their own would allow twice as many, and a Redis that is down any
number (docs/decisions/0043).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from django.db import connection, models, transaction
from django.utils.crypto import salted_hmac


@dataclass(frozen=True)
class Limit:
    """At most so many tries of one kind, by or on one thing, within a time. Of that thing only a keyed hash is kept."""

    kind: str
    of: tuple[str, ...]
    most: int
    within: timedelta

    @property
    def key(self) -> str:
        return salted_hmac(
            f"accounts.attempts.{self.kind}", "\n".join(self.of), algorithm="sha256"
        ).hexdigest()


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def within(self, limit: Limit, now: datetime) -> Self:
        return self.filter(key=limit.key, at__gt=now - limit.within)

    def old(self, now: datetime) -> Self:
        return self.filter(at__lte=now - KEPT)


class Attempt(models.Model):
    """One try, counted against one limit. What it tells of whom is a keyed hash; it is kept for a day."""

    key = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = AttemptQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        indexes = (
            models.Index(fields=["key", "at"], name="sign_in_attempt_key"),
            models.Index(fields=["at"], name="sign_in_attempt_age"),
        )

    def __str__(self) -> str:
        return f"at {self.at:%Y-%m-%d %H:%M}"


#: No limit looks back any further.
KEPT = timedelta(days=1)


def take(limits: Sequence[Limit], now: datetime) -> list[Attempt] | None:
    """Count one try against each of these; give what was counted, or None where one of them is used up."""
    with transaction.atomic():
        _wait_for_turn(limits)
        if any(Attempt.objects.within(limit, now).count() >= limit.most for limit in limits):
            return None
        return [Attempt.objects.create(key=limit.key, at=now) for limit in limits]


def give_back(taken: Sequence[Attempt]) -> None:
    """What went right is no try."""
    Attempt.objects.filter(pk__in=[attempt.pk for attempt in taken]).delete()


def forget(limits: Sequence[Limit]) -> None:
    Attempt.objects.filter(key__in=[limit.key for limit in limits]).delete()


def forget_old(now: datetime) -> None:
    Attempt.objects.old(now).delete()


def _wait_for_turn(limits: Sequence[Limit]) -> None:
    """Let two tries at one moment be two. On SQLite, whoever is in a transaction is alone already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for key in sorted(
                limit.key for limit in limits
            ):  # in one order, so that no two wait for each other
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(key[:15], 16)])
