"""Which staff notices somebody does not want."""

from typing import Self

from django.conf import settings
from django.db import models


class Matter(models.TextChoices):
    """What staff can be told of by mail. Everything is on until somebody says that they do not want it."""

    SUBMITTED = "submitted", "A story waits for review"
    ASSIGNED = "assigned", "A story is assigned to me"
    SENT_BACK = "sent_back", "My story is sent back"
    APPROVED = "approved", "My story is approved"
    SCHEDULED = "scheduled", "My story is scheduled"
    PUBLISHED = "published", "My story is published, taken down or reinstated"
    HELD = "held", "My story is put on hold, or the hold is lifted"
    VOIDED = "voided", "The scheduled publication of my story is cancelled"
    OVERDUE = "overdue", "A review is overdue"
    DEBT = "debt", "A publication without review needs a second signature"
    LICENCES = "licences", "The licence of a picture ends soon"


class DeclinedQuerySet(models.QuerySet["Declined"]):
    def of(self, matter: Matter) -> Self:
        return self.filter(matter=matter)


class Declined(models.Model):
    """A matter that one member of staff does not want to be mailed about."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="declined")
    matter = models.CharField(max_length=12, choices=Matter)

    objects = DeclinedQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "matter"], name="a_matter_is_declined_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.matter}"
