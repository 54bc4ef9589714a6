"""The letters of a digest: one for each different contents, shared by every reader who gets just those."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from alerts.models.notices import Letter, LetterEdition, Notice

Contents = dict[str, Any]


def variant(contents: Contents) -> str:
    """SHA-256 of the contents in one canonical form."""
    canonical = json.dumps(contents, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def letters(notice: Notice, wanted: dict[str, Contents]) -> dict[str, int]:
    """The letters of a notice by variant, those made that are not there, with the editions each tells of.

    To be called with the notice locked: nobody else makes letters of it meanwhile.
    """
    there = dict(Letter.objects.filter(notice=notice, variant__in=wanted).values_list("variant", "pk"))
    made = Letter.objects.bulk_create(
        Letter(notice=notice, variant=name, contents=contents)
        for name, contents in wanted.items()
        if name not in there
    )
    LetterEdition.objects.bulk_create(
        LetterEdition(letter=letter, edition_id=edition)
        for letter in made
        for edition in editions(letter.contents)
    )
    return there | {letter.variant: letter.pk for letter in made}


def editions(contents: Contents) -> Iterator[int]:
    for group in contents["groups"]:
        for said in group["editions"]:
            yield said["edition"]
