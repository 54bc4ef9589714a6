"""Versions of the title's pages: who changed what, and when."""

from typing import Any

from django.conf import settings
from django.db import models

#: What a version says of a page, in the order a person would tell it.
SAID = ("title", "slug", "body", "description", "purpose", "in_footer", "order", "is_public")


class PageVersion(models.Model):
    """What a page said after a save. Immutable; the database sees to it."""

    page = models.ForeignKey("articles.Page", on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    said = models.JSONField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    #: The number of the old version that was put back, if this is one.
    put_back = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="a_page_has_a_version_once"),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"

    def as_dict(self) -> dict[str, Any]:
        return {name: self.said.get(name) for name in SAID}
