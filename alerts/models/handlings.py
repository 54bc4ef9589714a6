"""Handlings: what staff did with mail and with subscribers' data, each once and for good."""

from django.conf import settings
from django.db import models


class Handling(models.Model):
    """One thing that a member of staff did here. Written once, and names no address: the subscriber's number does."""

    class Act(models.TextChoices):
        LOOKED_UP = "looked_up", "Looked a subscriber up"
        EXPORTED = "exported", "Exported all subscribers"
        IMPORTED = "imported", "Imported subscribers"
        TOOK_OUT = "took_out", "Took a subscriber out"
        LIFTED = "lifted", "Let mail go to an address again"
        SENT_LINK = "sent_link", "Sent a subscriber their link"
        SETTLED = "settled", "Said what became of a mail"

    act = models.CharField(max_length=12, choices=Act)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_index=True)
    subscriber = models.ForeignKey(
        "alerts.Subscriber", on_delete=models.PROTECT, null=True, related_name="handlings"
    )
    delivery = models.ForeignKey(
        "alerts.Delivery", on_delete=models.SET_NULL, null=True, related_name="handlings"
    )
    note = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.get_act_display()} at {self.at:%Y-%m-%d %H:%M}"
