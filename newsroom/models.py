"""Backups, as far as the newsroom itself has to know of them: when one was made, and when one failed."""

from typing import ClassVar, Self

from django.db import models


class BackupRunQuerySet(models.QuerySet["BackupRun"]):
    def good(self) -> Self:
        return self.filter(fault="")


class BackupRun(models.Model):
    """One attempt to make a backup. In the database, because that is all machines share; the backups are elsewhere."""

    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(db_index=True)
    name = models.CharField(max_length=40, blank=True)
    byte_size = models.PositiveBigIntegerField(default=0)
    fault = models.TextField(blank=True)

    objects: ClassVar[models.Manager["BackupRun"]] = BackupRunQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name or f"failed {self.ended_at:%Y-%m-%d %H:%M}"
