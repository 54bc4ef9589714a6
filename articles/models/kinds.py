"""The kinds of story, of change and of removal: words both sides of the wall share."""

from collections.abc import Iterable, Mapping

from django.db import models


class Kind(models.TextChoices):
    NEWS = "news", "News"
    FEATURE = "feature", "Feature"
    OPINION = "opinion", "Opinion"
    ANALYSIS = "analysis", "Analysis"
    INTERVIEW = "interview", "Interview"
    ROUND_UP = "round_up", "Round-up"
    SPONSORED = "sponsored", "Sponsored"


#: News needs no label; readers are told of everything that is not plain news.
LABELLED_KINDS = frozenset(kind.value for kind in Kind if kind is not Kind.NEWS)


class Explained(models.TextChoices):
    """Choices labelled with a word and, where it needs one, an explanation after a colon."""

    @property
    def word(self) -> str:
        return str(self.label).split(":", maxsplit=1)[0]


class ChangeKind(Explained):
    """What a new edition of a published story changes."""

    TYPO = "typo", "Typo or style: readers are told nothing"
    UPDATE = "update", "Update: something new was added"
    CLARIFICATION = "clarification", "Clarification: true before, clearer now"
    CORRECTION = "correction", "Correction: something was wrong"
    RETRACTION = "retraction", "Retraction: the story no longer stands"


#: The kinds that are shown to readers with a dated public note.
NOTED_CHANGES = frozenset(
    {ChangeKind.CLARIFICATION.value, ChangeKind.CORRECTION.value, ChangeKind.RETRACTION.value}
)

#: The kinds that change the "Updated" time readers see. A typo fix does not.
DATED_CHANGES = NOTED_CHANGES | {ChangeKind.UPDATE.value}


def is_retracted(corrections: Iterable[Mapping[str, str]]) -> bool:
    """Whether one of an edition's dated notes takes the story back."""
    return any(note["kind"] == ChangeKind.RETRACTION for note in corrections)


class WithholdingKind(models.TextChoices):
    """Why the text of an edition is shown to nobody but managers."""

    LEGAL = "legal", "Legal"
    PRIVACY = "privacy", "Privacy"


class RemovalKind(Explained):
    """Why a story was taken down."""

    LEGAL = "legal", "Legal reasons"
    PRIVACY = "privacy", "Privacy"
    ERROR = "error", "Published in error"
    RIGHTS = "rights", "Rights"
    WITHDRAWN = "withdrawn", "Withdrawn: the text stays under a dated banner"
