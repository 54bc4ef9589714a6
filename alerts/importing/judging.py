"""Judges one line of an import: what it wants, or the sentence that says what is wrong with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from alerts.addresses import as_written
from alerts.hashes import address_hash
from alerts.importing.reading import Line
from alerts.models import Follows, Frequency
from articles.models.authors import Author
from articles.models.sections import Section
from articles.models.topics import Tag

_DAYS = ("%d/%m/%Y", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d.%m.%Y", "%d %B %Y")
_LONGEST_HOW = 300
_FIRST_YEAR = 1972


class Wrong(ValueError):
    """The line cannot be taken, and the sentence that says why."""


class Target(NamedTuple):
    """One thing to follow."""

    follows: Follows
    key: int | None = None


@dataclass(frozen=True)
class Wanted:
    """What a line asks for, ready to be written."""

    number: int
    address: str
    address_hash: str
    targets: tuple[Target, ...]
    frequency: Frequency
    consented_at: datetime
    how: str


class Known:
    """Every section, topic and author by address and by name: read once for a file."""

    def __init__(self) -> None:
        self._keys: dict[Follows, dict[str, int]] = {}
        tables: dict[Follows, Any] = {Follows.SECTION: Section, Follows.TOPIC: Tag, Follows.AUTHOR: Author}
        for what, model in tables.items():
            rows = list(model.objects.order_by("-pk").values_list("pk", "name", "slug"))
            names = {name.casefold(): pk for pk, name, _ in rows}
            self._keys[what] = names | {slug.casefold(): pk for pk, _, slug in rows}

    def target(self, text: str) -> Target:
        kind, _, name = (part.strip().casefold() for part in text.partition(":"))
        if kind == Follows.EVERYTHING and not name:
            return Target(Follows.EVERYTHING)
        if kind not in (Follows.SECTION, Follows.TOPIC, Follows.AUTHOR) or not name:
            raise Wrong(
                f"“{text[:80]}” is nothing to follow: write everything, section:…, topic:… or author:…"
            )
        key = self._keys[Follows(kind)].get(name)
        if key is None:
            raise Wrong(f"There is no {kind} “{text.partition(':')[2].strip()[:80]}”.")
        return Target(Follows(kind), key)


def judge(line: Line, known: Known, now: datetime) -> Wanted:
    """What the line wants; raises Wrong with the first thing that is wrong with it."""
    cells = line.cells
    address = _address(cells.get("address", ""))
    targets = [known.target(part) for part in cells.get("follows", "").split(";") if part.strip()]
    if not targets:
        raise Wrong("It does not say what to follow.")
    return Wanted(
        number=line.number,
        address=address,
        address_hash=address_hash(address),
        targets=tuple(dict.fromkeys(targets)),
        frequency=_frequency(cells.get("frequency", "")),
        consented_at=_moment(cells.get("consented_at", ""), now),
        how=_how(cells.get("how", "")),
    )


def _address(text: str) -> str:
    try:
        validate_email(text)
        return as_written(text)
    except ValidationError:
        raise Wrong(f"“{text[:80]}” is no e-mail address." if text else "It has no e-mail address.") from None


def _frequency(text: str) -> Frequency:
    said = text.strip().casefold().replace(" ", "_").replace("-", "_")
    if said not in Frequency.values:
        raise Wrong(f"The frequency is “{text[:40]}”: write at once, daily or weekly.")
    return Frequency(said)


def _moment(text: str, now: datetime) -> datetime:
    found = _parsed(text)
    if found is None:
        raise Wrong("It does not say when they consented, as 2026-05-31 or 31/05/2026.")
    if timezone.is_naive(found):
        found = timezone.make_aware(found)
    if found.year < _FIRST_YEAR:
        raise Wrong("They would have consented before there was e-mail. Write the day as 2026-05-31.")
    if found > now:
        raise Wrong("They would have consented in the future.")
    return found


def _parsed(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    for form in _DAYS:
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007  (the newsroom's own, made aware above)
        except ValueError:
            continue
    return None


def _how(text: str) -> str:
    if not text:
        raise Wrong("It does not say how they consented, such as “Form at the fair”.")
    if len(text) > _LONGEST_HOW:
        raise Wrong(f"How they consented is longer than {_LONGEST_HOW} letters.")
    return text
