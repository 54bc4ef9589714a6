"""Daily roots: one hash a day over everything that was put on record."""

from django.db import models


class DailyRoot(models.Model):
    """The hash over all events since the root before, and over that root: made after midnight, UTC. Never changed.

    What belongs to a day is settled by keys, not by dates: every event after the last root's `up_to` as far as the
    last one that is dated this day or earlier. So an event that is written late, about a moment before midnight, falls
    into the next root instead of breaking one that stands.
    """

    day = models.DateField(unique=True)
    up_to = models.BigIntegerField()
    count = models.PositiveIntegerField()
    previous_root = models.CharField(max_length=64, blank=True)
    root = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Root of {self.day}"
