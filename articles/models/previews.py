"""Preview links: a draft shown to somebody outside. No reader's page knows this module."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def open(self, now: datetime) -> Self:
        """Neither ended by somebody nor at their end. Whether the story may be shown is another question."""
        return self.filter(revoked_at=None, expires_at__gt=now)

    def ended(self, now: datetime) -> Self:
        return self.exclude(revoked_at=None, expires_at__gt=now)

    def count_read(self, now: datetime) -> None:
        """Added up by the database, so that two readers at once are two."""
        self.update(reads=F("reads") + 1, last_read_at=now)


class PreviewLink(models.Model):
    """One revision, shown under an address that nobody can guess, until `expires_at` or until somebody ends it.

    The address holds a random token. Only its SHA-256 is kept, so whoever reads this table can open nothing.
    """

    story = models.ForeignKey("articles.Story", on_delete=models.CASCADE, related_name="preview_links")
    revision = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, related_name="preview_links")
    token_hash = models.CharField(max_length=64, unique=True)
    for_whom = models.CharField(max_length=120)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reads = models.PositiveIntegerField(default=0)
    last_read_at = models.DateTimeField(null=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("created_at")), name="a_preview_link_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="who_ended_a_preview_link_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"For {self.for_whom}, until {self.expires_at:%Y-%m-%d %H:%M}"
