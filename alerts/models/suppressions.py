"""Suppressions: addresses that get no mail, known by a keyed hash alone."""

from typing import Self

from django.db import models
from django.db.models import Q


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def in_force(self) -> Self:
        return self.filter(lifted_at=None)

    def of_mail(self) -> Self:
        """Those that stop every mail; the others only keep an import from taking somebody in again who left."""
        return self.in_force().exclude(reason=Suppression.Reason.LEFT)


class Suppression(models.Model):
    """An address that must not be written to, even when the address itself is long erased."""

    class Reason(models.TextChoices):
        LEFT = "left", "Left; only they themselves may register it again"
        BOUNCED = "bounced", "The mail server says there is no such mailbox"
        COMPLAINED = "complained", "A mail was reported as unwanted"
        STAFF = "staff", "Staff were asked not to write there"

    address_hash = models.CharField(max_length=64)
    reason = models.CharField(max_length=12, choices=Reason)
    at = models.DateTimeField()
    detail = models.CharField(max_length=300, blank=True)
    lifted_at = models.DateTimeField(null=True)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["address_hash", "reason"],
                condition=Q(lifted_at=None),
                name="an_address_is_suppressed_once_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()
