"""Dated notes: which of those that an edition carries on from the ones before it readers may still read."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, Protocol

from django.db.models import QuerySet

from articles.models.withholdings import Withholding
from articles.prepared import Prepared


class Noted(Protocol):
    """An edition, or what was read of one."""

    story_id: Any
    corrections: Any


def leave_out_withheld(editions: Sequence[Noted], now: datetime) -> None:
    """Take from each of `editions`, as read and not to be saved, the notes of editions that are withheld.

    One query, and none where no edition carries a note.
    """
    withheld = withheld_notes(editions, now)
    for edition in editions:
        if gone := withheld[edition.story_id]:
            edition.corrections = [
                note for note in edition.corrections if datetime.fromisoformat(note["at"]) not in gone
            ]


def withheld_notes(editions: Sequence[Noted], now: datetime) -> dict[Any, frozenset[datetime]]:
    """When the editions began, by story, whose notes readers may not read any more. One query at most, likewise."""
    noted = [*dict.fromkeys(edition.story_id for edition in editions if edition.corrections)]
    found: dict[Any, set[datetime]] = defaultdict(set)
    if noted:
        stories = {f"story{number}": story for number, story in enumerate(noted)}
        for story, at in _withheld(len(noted))(now=now, **stories):
            found[story].add(at)
    return {edition.story_id: frozenset(found.get(edition.story_id, ())) for edition in editions}


@cache
def _withheld(stories: int) -> Prepared:
    """When withheld editions of so many stories began."""

    def build(now: datetime, **keys: int) -> QuerySet[Any, Any]:
        rows = Withholding.objects.in_force(now).filter(edition__story__in=[*keys.values()])
        return rows.values_list("edition__story_id", "edition__published_at")

    return Prepared(build, now=datetime, **{f"story{number}": int for number in range(stories)})
