"""Provider events: what a mail provider told of a mail after it had taken it, each once."""

from django.db import models


class ProviderEvent(models.Model):
    """One event of a provider's webhook. A provider repeats itself; the constraint hears it once."""

    provider = models.CharField(max_length=30)
    event_id = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()
    delivery = models.ForeignKey(
        "alerts.Delivery", on_delete=models.CASCADE, null=True, related_name="provider_events"
    )
    address_hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "event_id"], name="a_providers_event_is_heard_once"),
        ]
        indexes = [models.Index(fields=["kind", "at"], name="provider_event_kind")]

    def __str__(self) -> str:
        return f"{self.provider}: {self.kind}"
