"""What was changed about the right to show a picture: who, when, from what, to what."""

from django.conf import settings
from django.db import models


class LicenceChange(models.Model):
    """One change of a picture's licence. Never changed, never deleted: it says why a page lost a picture."""

    image = models.ForeignKey("articles.Image", on_delete=models.PROTECT, related_name="licence_changes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    #: The fields that changed and only those, as they were and as they became.
    before = models.JSONField()
    after = models.JSONField()

    class Meta:
        ordering = ("-pk",)
