"""Letters that events have overtaken: one tells of an edition that readers have no more, or that nobody may show."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from articles.models.editions import Edition, EditionQuerySet
from articles.models.withholdings import Withholding


def overtaken(letter: Any, now: datetime) -> EditionQuerySet:
    """The editions that the letter tells of and must not: any of them keeps it back.

    That a story was taken down is told even where its words are withheld: a removal's letter has none of them.
    """
    withheld = Exists(Withholding.objects.in_force(now).filter(edition=OuterRef("pk")))
    return Edition.objects.filter(
        Q(superseded_at__lte=now) | Q(published_at__gt=now) | (Q(removal_kind="") & withheld),
        letter_rows__letter=letter,
    )
