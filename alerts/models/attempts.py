"""Attempts: that somebody asked for mail from a network, whatever came of it; kept for an hour, to be counted."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models

KEPT = timedelta(hours=1)


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def from_source(self, source_hash: str) -> Self:
        return self.filter(source_hash=source_hash)

    def since(self, moment: datetime) -> Self:
        return self.filter(at__gt=moment)

    def old(self, now: datetime) -> Self:
        return self.filter(at__lte=now - KEPT)


class Attempt(models.Model):
    """One request for mail. Counted apart from registrations, of which an address that had its share makes none.

    Were those counted, the network's last free request would tell whether somebody had asked for an address before.
    """

    source_hash = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = AttemptQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["source_hash", "at"], name="attempt_source"),
            models.Index(fields=["at"], name="attempt_age"),
        ]

    def __str__(self) -> str:
        return f"at {self.at:%Y-%m-%d %H:%M}"
