"""Consents: who agreed to what, when, how, and in which words it was asked."""

from django.conf import settings
from django.db import models


class Consent(models.Model):
    """One agreement, or its end. Written once; only an erasure blanks what could still tell who it was.

    `wording` is the version of the sentence that was agreed to (`alerts.wording`), `how` the page or the import it
    came by, `source_hash` a keyed hash of the network address (UK GDPR article 7(1): consent must be demonstrable).
    """

    class Act(models.TextChoices):
        REGISTERED = "registered", "Registered"
        CHANGED = "changed", "Changed their preferences"
        LEFT = "left", "Left"
        IMPORTED = "imported", "Imported"
        ERASED = "erased", "Had everything erased"

    subscriber = models.ForeignKey("alerts.Subscriber", on_delete=models.PROTECT, related_name="consents")
    act = models.CharField(max_length=12, choices=Act)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=300)
    wording = models.PositiveSmallIntegerField(null=True)
    choices = models.JSONField(default=dict)
    source_hash = models.CharField(max_length=64, blank=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"{self.act} at {self.asked_at:%Y-%m-%d %H:%M}"
