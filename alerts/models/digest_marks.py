"""How far the digests have come: up to which moment every digest that was due is made."""

from django.db import models


class DigestMark(models.Model):
    """One row a frequency. It stands still while no worker runs, so that what was missed is made afterwards.

    An hour that somebody chooses counts from where it stands, so that choosing one makes no digest of the past.
    """

    frequency = models.CharField(max_length=8, primary_key=True)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.frequency} until {self.until:%Y-%m-%d %H:%M}"
