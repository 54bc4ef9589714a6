"""What verification finds, in words."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models

from articles.desk.redacting import digest
from articles.models import Redaction


class Kind(StrEnum):
    ALTERED = "altered"
    MISSING = "missing"
    EXTRA = "extra"
    #: Not a fault: words that an act on record blanked.
    REDACTED = "redacted"


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it was written. `story` is None for what belongs to no one story."""

    kind: Kind
    what: str
    why: str
    story: int | None = None

    @property
    def is_fault(self) -> bool:
        return self.kind is not Kind.REDACTED

    def __str__(self) -> str:
        where = "" if self.story is None else f"Story {self.story}: "
        return f"{where}{self.what} {self.why}"


def altered(story: int, what: str, why: str) -> Finding:
    return Finding(Kind.ALTERED, what, why, story)


def missing(story: int, what: str, why: str) -> Finding:
    return Finding(Kind.MISSING, what, why, story)


def extra(story: int, what: str, why: str) -> Finding:
    return Finding(Kind.EXTRA, what, why, story)


def changed_words(row: models.Model, story: int, what: str, why: str) -> Finding:
    """Words that no longer match their hash: redacted where an act on record says so, else altered."""
    last = {named.column_name: named for named in Redaction.objects.naming(row).order_by("pk")}
    if not last:
        return altered(story, what, why)
    for name, named in last.items():
        if digest(row._meta.get_field(name), getattr(row, name)) != named.text_hash:
            return altered(story, what, "was redacted, and altered since.")
    return Finding(Kind.REDACTED, what, "was redacted: words were blanked, by an act on record.", story)


def numbers(first: int, last: int) -> str:
    """`3`, or `3 to 5`."""
    return str(first) if first == last else f"{first} to {last}"
