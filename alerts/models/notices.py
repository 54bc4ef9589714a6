"""Notices: that somebody is to be told something, and in which words; with the deliveries they are the outbox."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q


class Lane(models.TextChoices):
    """Which queue a mail stands in. The fast one is for who waits at a screen."""

    FAST = "fast", "Confirmations"
    STAFF = "staff", "Staff notices"
    ALERT = "alert", "Alerts"
    DIGEST = "digest", "Digests"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of_editions(self, editions: Any) -> Self:
        """Those by which readers are told of these editions, in the order of the editions of a story."""
        return self.filter(kind=Notice.Kind.EDITION, edition__in=editions).order_by("pk")

    def to_fan_out(self) -> Self:
        """Those whose recipients are not all worked out yet, the oldest first.

        An edition's wait for those of the story's editions before it.
        """
        open_ = self.filter(fanned_out_at=None, cancelled_at=None)
        before = Notice.objects.filter(
            fanned_out_at=None,
            cancelled_at=None,
            pk__lt=OuterRef("pk"),
            edition__story=OuterRef("edition__story"),
        )
        return open_.filter(~Exists(before)).order_by("pk")

    def digests_to_fan_out(self) -> Self:
        return self.filter(kind=Notice.Kind.DIGEST, fanned_out_at=None, cancelled_at=None).order_by("pk")


class Notice(models.Model):
    """Something to be told once. `key` names it for ever, so that however often it is found, it is told once.

    `as_of` is the moment whose followers are told. While recipients are worked out, `stage` and `cursor` (the last
    subscriber) say how far that has come; they move in the transaction that makes the deliveries. `eligible` counts
    those made: at any moment it equals the notice's deliveries, whatever their states.
    """

    class Kind(models.TextChoices):
        EDITION = "edition", "An edition that began"
        DIGEST = "digest", "A digest"
        SERVICE = "service", "An answer to a reader"
        STAFF = "staff", "A notice to staff"

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=8, choices=Kind)
    lane = models.CharField(max_length=8, choices=Lane)
    edition = models.ForeignKey(
        "articles.Edition", on_delete=models.PROTECT, null=True, related_name="notices"
    )
    event = models.ForeignKey(
        "articles.StoryEvent", on_delete=models.PROTECT, null=True, related_name="notices"
    )
    registration = models.ForeignKey(
        "alerts.Registration", on_delete=models.CASCADE, null=True, related_name="notices"
    )
    period_start = models.DateTimeField(null=True)
    period_end = models.DateTimeField(null=True)
    details = models.JSONField(default=dict)
    made_at = models.DateTimeField()
    as_of = models.DateTimeField()
    stage = models.PositiveSmallIntegerField(default=0)
    cursor = models.BigIntegerField(default=0)
    eligible = models.PositiveIntegerField(default=0)
    fanned_out_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(fanned_out_at=None, cancelled_at=None),
                name="notice_to_fan_out",
            ),
            models.Index(fields=["period_end"], condition=Q(kind="digest"), name="notice_digests"),
        ]

    def __str__(self) -> str:
        return self.key


class Letter(models.Model):
    """What one notice says to some of its recipients, stored before anything is sent.

    `variant` tells the letters of a notice apart: for an edition "story", "update", "correction" or "removal", for a
    digest a hash of `contents`. `subject`, `text` and `html` are ready but for the marks that each recipient's own
    words replace (`alerts.mails.marks`); they are empty until `rendered_at`.
    """

    notice = models.ForeignKey(Notice, on_delete=models.CASCADE, related_name="letters")
    variant = models.CharField(max_length=64)
    contents = models.JSONField(default=dict)
    subject = models.CharField(max_length=400, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    rendered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "variant"], name="a_letter_is_there_once")]

    def __str__(self) -> str:
        return self.subject or self.variant


class LetterEdition(models.Model):
    """Which editions a letter tells of: with the deliveries, the ledger of who was sent which words."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="edition_rows")
    edition = models.ForeignKey("articles.Edition", on_delete=models.PROTECT, related_name="letter_rows")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["letter", "edition"], name="a_letter_tells_of_an_edition_once")
        ]
