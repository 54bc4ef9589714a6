"""Where imported stories came from."""

from django.db import models


class ImportedStory(models.Model):
    """Says which record of which source became which story, so that importing twice changes nothing."""

    source = models.CharField(max_length=100)
    path = models.CharField(max_length=500)
    licence = models.CharField(max_length=200, blank=True)
    story = models.OneToOneField("articles.Story", on_delete=models.PROTECT, related_name="imported_from")

    class Meta:
        verbose_name_plural = "imported stories"
        constraints = [
            models.UniqueConstraint(fields=["source", "path"], name="a_record_is_imported_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source}: {self.path}"
