"""Images: a picture file with its words, credit and licence."""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models

KEY_PATTERN = r"[0-9a-f]{32}"
SCOPES = ("web", "email", "social", "feeds")
LATELY = timedelta(days=1)


def new_key() -> str:
    """128 random bits: nobody can guess, or confirm, the address of an unpublished picture."""
    return secrets.token_hex(16)


def all_scopes() -> list[str]:
    return list(SCOPES)


def master_path(image: "Image", filename: str) -> str:
    return f"pictures/{image.key}/master.{filename.rsplit('.', 1)[-1]}"


def proof_path(image: "Image", filename: str) -> str:
    """Nowhere near the pictures, under bits of its own: knowing a picture's key tells nothing of its proof."""
    return f"proofs/{secrets.token_hex(16)}.{filename.rsplit('.', 1)[-1]}"


def covers(use: str, *, scopes: Collection[str], ends_at: datetime | None, now: datetime) -> bool:
    """Whether a licence allows one of SCOPES at `now`: the one rule for pages, feeds and share cards."""
    return use in scopes and (ends_at is None or ends_at > now)


class ImageQuerySet(models.QuerySet["Image"]):
    def in_licence(self, now: datetime) -> "ImageQuerySet":
        return self.filter(models.Q(licence_ends_at=None) | models.Q(licence_ends_at__gt=now))

    def out_of_licence(self, now: datetime) -> "ImageQuerySet":
        return self.filter(licence_ends_at__lte=now)

    def of_file(self, sha256: str) -> "ImageQuerySet":
        """Those that came as the very same file, the first upload first."""
        return self.filter(sha256=sha256).order_by("pk")

    def uploaded_lately(self, by: Any, now: datetime) -> "ImageQuerySet":
        """What a person brought in a moment ago, and may put words to whatever their role."""
        return self.filter(uploaded_by=by, uploaded_at__gt=now - LATELY)


class Image(models.Model):
    """A picture, re-encoded when it arrived and kept under a random key.

    The file never changes: a replaced picture is a new Image, because editions name this one by its key.
    Words, credit and licence may change; a story keeps its own copy of the words as it used them.
    """

    class Licence(models.TextChoices):
        OWN = "own", "Our own work"
        COMMISSIONED = "commissioned", "Commissioned"
        AGENCY = "agency", "Agency licence"
        HANDOUT = "handout", "Handout or press picture"
        OPEN = "open", "Open licence (OGL, Creative Commons)"
        PUBLIC_DOMAIN = "public_domain", "Public domain"

    key = models.CharField(
        max_length=32,
        unique=True,
        default=new_key,
        editable=False,
        validators=[RegexValidator(f"^{KEY_PATTERN}$")],
    )
    file = models.FileField(upload_to=master_path, max_length=200)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    format = models.CharField(max_length=8, editable=False)
    byte_size = models.PositiveIntegerField(editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False, db_index=True)

    alt = models.CharField(
        "alternative text",
        max_length=300,
        blank=True,
        help_text="What the picture shows, for readers who cannot see it (WCAG 2.2, 1.1.1).",
    )
    decorative = models.BooleanField(
        default=False, help_text="The picture says nothing the text does not say."
    )
    caption = models.CharField(max_length=400, blank=True)
    credit = models.CharField(max_length=200, blank=True, help_text="Printed as “Image source: …”.")

    licence_kind = models.CharField("licence", max_length=16, choices=Licence, default=Licence.OWN)
    licence_holder = models.CharField(max_length=200, blank=True, help_text="Who owns the picture.")
    licence_scopes = models.JSONField(default=all_scopes, blank=True, help_text="Where it may be shown.")
    licence_ends_at = models.DateTimeField(
        null=True, blank=True, help_text="From this moment on the picture is no longer shown. Empty: no end."
    )
    licence_proof = models.TextField(
        blank=True, help_text="Where the licence can be checked: an invoice, an e-mail, a page."
    )
    licence_note = models.CharField(
        "conditions",
        max_length=300,
        blank=True,
        help_text="What else the licence asks for: a territory, one story only, no cropping.",
    )
    licence_file = models.FileField(
        "proof as a file", upload_to=proof_path, max_length=200, blank=True, editable=False
    )

    focal_x = models.FloatField(default=0.5, validators=[MinValueValidator(0), MaxValueValidator(1)])
    focal_y = models.FloatField(default=0.5, validators=[MinValueValidator(0), MaxValueValidator(1)])

    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = ImageQuerySet.as_manager()

    class Meta:
        verbose_name = "picture"
        ordering = ("-uploaded_at", "-id")
        indexes = [models.Index(fields=["licence_ends_at"], name="image_licence_end")]

    def __str__(self) -> str:
        return self.alt or self.caption or f"Picture {self.key[:8]}"

    def may_be_shown(self, use: str, now: datetime) -> bool:
        return covers(use, scopes=self.licence_scopes, ends_at=self.licence_ends_at, now=now)
