"""What the outbox remembers between mails: which database this is, and how fast it may send."""

from datetime import datetime
from typing import Self

from django.db import models


class Origin(models.Model):
    """Which database sends mail, and the moment of its last batch: one row, from the first mail on.

    `identity` is a keyed hash of where the database is and of the site's address; it is empty until whoever sends
    next writes its own. `reached_at` only grows. A copy has another identity, a restored backup an older moment
    than the file `mail-mark` remembers (`alerts.sending.fence`).
    """

    only = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    identity = models.CharField(max_length=64, blank=True)
    reached_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(only=1), name="mail_has_one_origin"),
        ]

    def __str__(self) -> str:
        return f"as of {self.reached_at:%Y-%m-%d %H:%M:%S}"


class PaceQuerySet(models.QuerySet["Pace"]):
    def unused_since(self, moment: datetime) -> Self:
        return self.filter(free_at__lt=moment, booked_until__lt=moment)


class Pace(models.Model):
    """When the next mail may be sent: to anybody (an empty name), or to one domain.

    What has to wait is put off until `booked_until`, which then grows, so that no two wait for the same moment.
    """

    name = models.CharField(max_length=254, unique=True, blank=True)
    free_at = models.DateTimeField()
    booked_until = models.DateTimeField()

    objects = PaceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name or "all mail"
