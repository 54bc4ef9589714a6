"""Redactions: which words of the record were blanked for good, and by which act."""

from typing import Self

from django.db import models

from articles.models.editions import Edition
from articles.models.events import StoryEvent
from articles.models.revisions import Revision

#: The record's tables whose words may be blanked, and the column that keeps the hash of what they said first.
KEPT_HASH: dict[type[models.Model], str] = {
    Revision: "hash",
    Edition: "content_hash",
    StoryEvent: "hash",
}


class RedactionQuerySet(models.QuerySet["Redaction"]):
    def naming(self, row: models.Model) -> Self:
        return self.filter(table_name=row._meta.db_table, row_id=row.pk)


class Redaction(models.Model):
    """One column of one row of the record that a `redact` blanked words in. Never changed, never deleted.

    The database lets the column be changed to the text with this hash, and to nothing else; the hash of what it said
    first stays in the row and here.
    """

    event = models.ForeignKey("articles.StoryEvent", on_delete=models.PROTECT, related_name="redactions")
    table_name = models.CharField(max_length=40)
    row_id = models.BigIntegerField()
    column_name = models.CharField(max_length=40)
    kept_hash = models.CharField(max_length=64)
    text_hash = models.CharField(max_length=64)

    objects = RedactionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["table_name", "row_id", "column_name", "event"], name="an_act_blanks_a_column_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.column_name} of {self.table_name} {self.row_id}"


def is_redacted(row: models.Model) -> bool:
    """Whether words of this revision, edition or event were blanked, so that its hash tells of another text."""
    return Redaction.objects.naming(row).exists()
