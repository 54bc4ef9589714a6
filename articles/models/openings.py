"""Openings: who has a story's form before them."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from accounts.models import User


class OpeningQuerySet(models.QuerySet["Opening"]):
    def since(self, moment: datetime) -> Self:
        return self.filter(seen_at__gt=moment)

    def before(self, moment: datetime) -> Self:
        return self.filter(seen_at__lt=moment)

    def of_others(self, person: "User") -> Self:
        return self.exclude(person=person).select_related("person").order_by("-seen_at", "pk")


class Opening(models.Model):
    """That a person has a story's form open, and when they were last there. A help for others, not a lock."""

    story = models.ForeignKey("articles.Story", on_delete=models.CASCADE, related_name="openings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="openings")
    seen_at = models.DateTimeField(db_index=True)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["story", "person"], name="one_opening_a_person_and_story"),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.seen_at:%Y-%m-%d %H:%M}"
