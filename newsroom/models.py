"""What the newsroom itself has to know: when a backup was made or failed, and what a cache in front was told."""

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


class PurgeMark(models.Model):
    """What the cache in front of the site was told last, and what it is to be told next: one row, and no outbox.

    Both are stamps (`articles.freshness.Stamp`): one purge drops all pages, so that the last of many changes stands
    for all of them. Without the row nobody knows what the cache holds, and all of it is dropped.
    """

    ONLY = 1

    told = models.JSONField(default=list)
    #: When that was read: what was taken before is known to the cache.
    told_at = models.DateTimeField(null=True)
    owed = models.JSONField(default=list)
    #: Since when something is owed; None where the cache knows all.
    owed_since = models.DateTimeField(null=True)
    #: Whether what is owed may have taken something from readers: then no old page may be given away any more.
    is_hard = models.BooleanField(default=False)
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"owed since {self.owed_since}" if self.owed_since else "told"
