"""Workers: which of them are alive, as they say themselves."""

from datetime import datetime
from typing import Self

from django.db import models


class WorkerBeatQuerySet(models.QuerySet["WorkerBeat"]):
    def silent_since(self, moment: datetime) -> Self:
        return self.filter(seen_at__lt=moment)


class WorkerBeat(models.Model):
    """One worker process, and when it was last heard of. In the database, because that is all machines share."""

    name = models.CharField(max_length=120, unique=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    objects = WorkerBeatQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
