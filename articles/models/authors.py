"""Authors: the people whose names stand in bylines."""

from django.conf import settings
from django.db import models


class Author(models.Model):
    """A person readers see in bylines; what they are called here is printed at publication.

    Never deleted: the record names them. Words readers see are edited by managers.
    """

    name = models.CharField(max_length=120)
    slug = models.CharField(
        max_length=120, unique=True, help_text="The address of the author's page: /authors/…/"
    )
    job_title = models.CharField(
        max_length=120, blank=True, help_text="Printed after the name: “Managing Editor”."
    )
    biography = models.TextField(blank=True, help_text="A few plain sentences for the author's page.")
    picture = models.ForeignKey(
        "articles.Image", on_delete=models.PROTECT, null=True, blank=True, related_name="portrait_of"
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="author",
        help_text="The member of staff who writes under this name, if any.",
    )

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.name}, {self.job_title}" if self.job_title else self.name
