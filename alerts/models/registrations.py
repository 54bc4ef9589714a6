"""Registrations: what somebody typed at the page for alerts, until they confirm it from their mailbox."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from alerts.models.subscribers import new_key
from alerts.models.subscriptions import Frequency

#: How long a registration is kept: for its link to be clicked, and for the limits to be counted.
KEPT = timedelta(days=7)


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def of_address(self, address_hash: str) -> Self:
        return self.filter(address_hash=address_hash)

    def from_source(self, source_hash: str) -> Self:
        return self.filter(source_hash=source_hash)

    def since(self, moment: datetime) -> Self:
        return self.filter(requested_at__gt=moment)

    def old(self, now: datetime) -> Self:
        return self.filter(requested_at__lte=now - KEPT)


class Registration(models.Model):
    """A request for mail to an address that nobody has shown to be theirs yet; forgotten after seven days.

    It says the same whether or not the address is known: nothing is done for the address before the link in its
    mailbox is used. `key` (256 random bits) is that link. `choices` holds what is to be followed, as keys:
    `{"everything": true, "sections": [1], "topics": [], "authors": []}`.
    """

    class Purpose(models.TextChoices):
        REGISTER = "register", "To register"
        MANAGE = "manage", "To get the link to one's preferences"

    key = models.CharField(max_length=64, unique=True, default=new_key, editable=False)
    purpose = models.CharField(max_length=8, choices=Purpose, default=Purpose.REGISTER)
    address = models.CharField(max_length=254)
    address_hash = models.CharField(max_length=64)
    choices = models.JSONField(default=dict)
    frequency = models.CharField(max_length=8, choices=Frequency, default=Frequency.DAILY)
    requested_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    source_hash = models.CharField(max_length=64, blank=True)
    page = models.CharField(max_length=300, blank=True)
    wording = models.PositiveSmallIntegerField()

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["address_hash", "requested_at"], name="registration_address"),
            models.Index(fields=["source_hash", "requested_at"], name="registration_source"),
            models.Index(fields=["requested_at"], name="registration_age"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(address__gt=""), name="a_registration_has_an_address"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} of {self.requested_at:%Y-%m-%d %H:%M}"
