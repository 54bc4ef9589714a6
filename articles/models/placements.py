"""Which story an editor put where on the front page. Readers' pages ask here, and then whether the story is live.

A placement names a story, never a text: what is not live at the moment is simply not there.
"""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q

#: Places below the lead.
SECONDARIES = 6


class Arrangement(models.Model):
    """One arrangement of the front page, whole, as somebody put it there. Immutable; the one with the highest number
    is in force, so putting an earlier one back is the next arrangement.
    """

    number = models.PositiveIntegerField(unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    restores = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        permissions = [("arrange_front_page", "Can arrange the front page")]

    def __str__(self) -> str:
        return f"Arrangement {self.number}"


class PlacementQuerySet(models.QuerySet["Placement"]):
    def in_force(self) -> Self:
        """Those of the newest arrangement."""
        newest = Arrangement.objects.order_by("-number").values("pk")[:1]
        return self.filter(arrangement_id=models.Subquery(newest))

    def shown(self, now: datetime) -> Self:
        """Less those that were to stand until a time which is over."""
        return self.in_force().filter(Q(until=None) | Q(until__gt=now))


class Placement(models.Model):
    """A story's place in an arrangement: the lead (position 0), a secondary (1 to 6), or first in a section's band."""

    arrangement = models.ForeignKey(Arrangement, on_delete=models.CASCADE, related_name="placements")
    story = models.ForeignKey("articles.Story", on_delete=models.PROTECT, related_name="+")
    section = models.ForeignKey("articles.Section", on_delete=models.PROTECT, null=True, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    until = models.DateTimeField(null=True)
    without_picture = models.BooleanField(default=False)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["arrangement", "story"], name="no_story_is_placed_twice"),
            models.UniqueConstraint(
                fields=["arrangement", "position"],
                condition=Q(section=None),
                name="a_place_holds_one_story",
            ),
            models.UniqueConstraint(
                fields=["arrangement", "section"],
                condition=Q(section__isnull=False),
                name="a_band_has_one_first_story",
            ),
            models.CheckConstraint(
                condition=Q(section=None, position__lte=SECONDARIES) | Q(section__isnull=False, position=0),
                name="a_placement_is_on_the_front_page",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.arrangement_id}: {self.section_id or self.position}"
