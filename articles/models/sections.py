"""A section: a part of the site's navigation that a story belongs to."""

from django.db import models


class Section(models.Model):
    """A part of the site, such as "Local Government".

    May change at any time; editions keep the name they were published under.
    """

    name = models.CharField(max_length=60, unique=True)
    slug = models.CharField(max_length=60, unique=True, help_text="The address of the section: /sections/…/")
    description = models.CharField(
        max_length=300, blank=True, help_text="One sentence readers see under the name."
    )
    order = models.PositiveSmallIntegerField(default=0, help_text="Place in the navigation, lowest first.")

    class Meta:
        ordering = ("order", "name")

    def __str__(self) -> str:
        return self.name
