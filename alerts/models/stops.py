"""Stops: why no mail leaves, since when, who said so and who let it go on."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

from alerts.models.notices import Lane


class StopQuerySet(models.QuerySet["Stop"]):
    def open(self) -> Self:
        return self.filter(ended_at=None)

    def holding(self, lane: str) -> Self:
        """The open ones that keep this lane's mail back."""
        return self.open().filter(kind__in=[kind for kind in Stop.Kind if lane in Stop(kind=kind).holds])


class Stop(models.Model):
    """A stop of all mail or of readers' mail. While one is open nothing it holds is begun; a person ends it."""

    class Kind(models.TextChoices):
        STAFF = "staff", "Staff paused everything"
        BOUNCES = "bounces", "Too many mails could not be delivered"
        COMPLAINTS = "complaints", "Too many mails were reported as unwanted"
        FENCE = "fence", "This database may be a copy or a restored backup"

    kind = models.CharField(max_length=12, choices=Kind)
    reason = models.CharField(max_length=300, blank=True)
    began_at = models.DateTimeField()
    began_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = StopQuerySet.as_manager()

    class Meta:
        permissions = [("manage_mail", "Can pause mail, and say what became of uncertain ones")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(ended_at=None), name="mail_is_stopped_once_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def holds(self) -> tuple[Lane, ...]:
        """The lanes that stand still: what a provider punishes is bulk, so who just registered is still answered."""
        if self.kind in (Stop.Kind.BOUNCES, Stop.Kind.COMPLAINTS):
            return (Lane.ALERT, Lane.DIGEST)
        return tuple(Lane)
