"""Revisions: what each save said."""

import json
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.models.editions import Edition


class RevisionQuerySet(models.QuerySet["Revision"]):
    def unpublished(self) -> Self:
        """Those since their story's last edition that was not cancelled: what an approval speaks for."""
        editions = Edition.objects.filter(story=OuterRef("story")).effective().order_by("-revision__number")
        return self.filter(number__gt=Coalesce(Subquery(editions.values("revision__number")[:1]), 0))


class Revision(models.Model):
    """A snapshot of everything readers would get, written by a save. Never changed, never deleted.

    `public` is kept as the very string that was hashed: JSON read back from a database may come in another order.
    """

    story = models.ForeignKey("articles.Story", on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    public = models.TextField()
    hash = models.CharField(max_length=64)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="revisions"
    )
    saved_at = models.DateTimeField(default=timezone.now)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["story", "number"], name="a_revision_number_is_used_once_a_story"
            ),
        ]

    def __str__(self) -> str:
        return f"Revision {self.number}"

    def as_dict(self) -> dict[str, Any]:
        """What `public` says, read."""
        public: dict[str, Any] = json.loads(self.public)
        return public
