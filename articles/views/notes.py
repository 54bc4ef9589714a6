"""Dated notes: which of those that an edition carries on from the ones before it readers may still read."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Protocol

from articles.models.withholdings import Withholding


class Noted(Protocol):
    """An edition, or what was read of one."""

    story_id: Any
    corrections: Any


def leave_out_withheld(editions: Sequence[Noted], now: datetime) -> None:
    """Take from each of `editions`, as read and not to be saved, the notes of editions that are withheld.

    One query, and none where no edition carries a note.
    """
    noted = [edition for edition in editions if edition.corrections]
    if not noted:
        return
    rows = Withholding.objects.in_force(now).filter(edition__story__in={row.story_id for row in noted})
    withheld = set(rows.values_list("edition__story_id", "edition__published_at"))
    for edition in noted:
        edition.corrections = [
            note
            for note in edition.corrections
            if (edition.story_id, datetime.fromisoformat(note["at"])) not in withheld
        ]
