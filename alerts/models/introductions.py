"""Introductions: the editor's words at the head of one day's newsletter."""

from django.conf import settings
from django.db import models


class Introduction(models.Model):
    """What an editor says in the newsletter of one day, in plain paragraphs.

    The newsletter is the daily digest of those who follow everything; each gets it at their own hour of that day. A
    letter already made says what it said.
    """

    on = models.DateField("day", unique=True, help_text="The day whose newsletter it stands in.")
    text = models.TextField(
        blank=True,
        help_text="Plain words; an empty line begins a new paragraph. Empty: it begins with its stories.",
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    changed_at = models.DateTimeField(editable=False)

    class Meta:
        verbose_name = "introduction of the newsletter"
        verbose_name_plural = "introductions of the newsletter"

    def __str__(self) -> str:
        return f"Newsletter of {self.on:%A %d %B %Y}"

    @property
    def paragraphs(self) -> list[str]:
        """Its paragraphs, each on one line."""
        parts = self.text.replace("\r\n", "\n").split("\n\n")
        return [" ".join(part.split()) for part in parts if part.strip()]
