"""Withholdings: published texts that a court, or somebody's privacy, forbids to be shown. Readers' pages ask here."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from articles.models.kinds import WithholdingKind


class WithholdingQuerySet(models.QuerySet["Withholding"]):
    def in_force(self, now: datetime) -> Self:
        """Those that stand at `now`: nothing of their editions' text may be shown."""
        return self.filter(placed_at__lte=now).filter(Q(lifted_at=None) | Q(lifted_at__gt=now))

    def of_story(self, story_id: int) -> Self:
        return self.filter(edition__story_id=story_id)

    def texts(self) -> set[str]:
        """The hashes of what is withheld: whatever else prints the same words says the same."""
        return set(self.values_list("edition__content_hash", flat=True))


class Withholding(models.Model):
    """One edition whose text is shown to nobody but managers, from `placed_at` until somebody else lifts it.

    The edition stays in the list of editions, with the kind and the public note in place of its words. Editions that
    print the same text are withheld together, one row each. A row is lifted, never deleted.
    """

    edition = models.ForeignKey("articles.Edition", on_delete=models.PROTECT, related_name="withholdings")
    kind = models.CharField(max_length=12, choices=WithholdingKind)
    public_note = models.CharField(max_length=600, blank=True)
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = WithholdingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition"], condition=Q(lifted_at=None), name="an_edition_is_withheld_once"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None)
                | (
                    Q(lifted_at__gte=F("placed_at"))
                    & Q(lifted_by__isnull=False)
                    & ~Q(lifted_by=F("placed_by"))
                ),
                name="a_withholding_is_lifted_by_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} since {self.placed_at:%Y-%m-%d %H:%M}"

    @property
    def sentence(self) -> str:
        """What stands in place of the text, but for when."""
        return f"Withheld for {self.get_kind_display().lower()} reasons"
