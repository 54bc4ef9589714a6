"""Subscribers: people who confirmed that an address is theirs. Their state is a few moments, never a flag."""

import secrets
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q


class Leaving(models.TextChoices):
    """Why somebody gets no more mail."""

    UNSUBSCRIBED = "unsubscribed", "Left by the page"
    ONE_CLICK = "one_click", "Left by the button of a mail program"
    ERASED = "erased", "Had everything erased"
    BOUNCED = "bounced", "Mail could not be delivered"
    COMPLAINED = "complained", "Reported a mail as unwanted"
    STAFF = "staff", "Taken out by staff"


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def staying(self) -> Self:
        """Those who have not left."""
        return self.filter(ended_at=None)

    def reachable(self, now: datetime) -> Self:
        """Those who have not left and are not pausing."""
        return self.staying().filter(Q(paused_until=None) | Q(paused_until__lte=now))

    def to_erase(self, left_before: datetime) -> Self:
        return self.filter(ended_at__lt=left_before, erased_at=None)


def new_public_id() -> str:
    """128 random bits, so that no number of a subscriber says how many there are."""
    return secrets.token_urlsafe(16)


def new_key() -> str:
    """256 random bits, in hexadecimal."""
    return secrets.token_hex(32)


class Subscriber(models.Model):
    """Somebody who reads by e-mail. There from the moment they confirm, and kept, without the address, after they left.

    `key` is what the links in their mails are made with (`alerts.tokens`): it never changes, so that a link works for
    ever. `address_hash` (`alerts.hashes`) finds the address whatever its capitals, and remains when it is erased.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    key = models.CharField(max_length=64, default=new_key, editable=False)
    address = models.CharField(max_length=254, blank=True)
    address_hash = models.CharField(max_length=64)
    confirmed_at = models.DateTimeField()
    #: The hour (0 to 23) and the day of the week (Monday is 0) of their digests, by the newsroom's clock.
    hour = models.PositiveSmallIntegerField(default=7)
    weekday = models.PositiveSmallIntegerField(default=0)
    #: The moment they get mail again; far in the future when they said no day.
    paused_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=16, choices=Leaving, blank=True)
    erased_at = models.DateTimeField(null=True)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        permissions = [("manage_subscribers", "Can find, export, import and take out subscribers")]
        constraints = [
            models.UniqueConstraint(
                fields=["address_hash"], condition=Q(erased_at=None), name="an_address_subscribes_once"
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None, address__gt="") | Q(erased_at__isnull=False, address=""),
                name="an_address_is_there_until_it_is_erased",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_reason="") | Q(ended_at__isnull=False, ended_reason__gt=""),
                name="who_left_did_so_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(erased_at=None) | Q(ended_at__isnull=False), name="only_who_left_is_erased"
            ),
            models.CheckConstraint(condition=Q(hour__lte=23, weekday__lte=6), name="a_digest_has_its_hour"),
        ]
        indexes = [
            models.Index(fields=["address_hash"], name="subscriber_address"),
            models.Index(fields=["ended_at"], condition=Q(erased_at=None), name="subscriber_left"),
        ]

    def __str__(self) -> str:
        return self.address or "erased"
