"""Follow-ups: what is to happen once after an edition began for readers, and how far that has come."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from articles.models.editions import Edition, EditionQuerySet

#: An edition may be committed a little after the moment it begins at, or by a machine whose clock is behind.
OVERLAP = timedelta(hours=1)


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def open(self) -> Self:
        return self.filter(done_at=None)

    def failing(self) -> Self:
        """Those that raised, and were not done since."""
        return self.open().filter(attempts__gt=0)

    def due(self, now: datetime) -> Self:
        """Those to be tried now, the longest due first."""
        return self.open().filter(next_try_at__lte=now).order_by("next_try_at", "pk")

    def begun_by(self, moment: datetime) -> Self:
        """Of editions that readers have had since `moment` or earlier."""
        return self.filter(edition__published_at__lte=moment)


class FollowUp(models.Model):
    """One side effect of one edition: opened when a sweep finds the edition live, done once, tried again until then.

    That it is there once is the database's promise; that it is done once follows from doing it in the transaction
    that marks it done (`articles.desk.following_up`).
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="follow_ups")
    name = models.CharField(max_length=40)
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    error = models.CharField(max_length=500, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "name"], name="an_edition_is_followed_up_once_a_name"),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(done_at=None), name="follow_up_open"),
        ]

    def __str__(self) -> str:
        return f"{self.name} of edition {self.edition_id}"


class Sweep(models.Model):
    """How far one side effect has looked: every edition that began before `until` has its row.

    It stands still while no worker runs, so that however long that was, nothing is passed over.
    """

    name = models.CharField(max_length=40, primary_key=True)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} until {self.until:%Y-%m-%d %H:%M}"


def without_follow_up(name: str, *, since: datetime, now: datetime) -> EditionQuerySet:
    """Editions that began between `since` and `now` and have no follow-up of this name yet, oldest first.

    Bounded at both ends by the index on `published_at`. Cancelled editions never began; imported ones began elsewhere.
    """
    followed = FollowUp.objects.filter(edition=OuterRef("pk"), name=name)
    editions = Edition.objects.published(now).filter(published_at__gt=since - OVERLAP)
    missing = editions.exclude(origin=Edition.Origin.IMPORTED).filter(~Exists(followed))
    return missing.order_by("published_at", "pk")
