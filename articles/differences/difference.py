"""The difference between two public dicts: empty if, and only if, they have the same canonical JSON."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from articles.body.document import Run
from articles.differences.fields import LABELS, MISSING, Names, exact, label_of, lines_of
from articles.differences.lines import PICTURE, Line, named
from articles.differences.matching import Pair, matched
from articles.differences.steps import Budget
from articles.differences.words import Piece, pieces

type Public = Mapping[str, Any]


@dataclass(frozen=True)
class Remark:
    """Something about a line that is no word of it; either side may be empty."""

    about: str
    before: str
    after: str


@dataclass(frozen=True)
class Row:
    """A line before and the line it became. One of them may be None, never both."""

    before: Line | None
    after: Line | None
    pieces: tuple[Piece, ...]
    remarks: tuple[Remark, ...] = ()

    @property
    def state(self) -> str:
        """ "same", "gone", "come" or "changed"."""
        if self.before is None or self.after is None:
            return "gone" if self.before else "come"
        return "same" if self.before == self.after else "changed"

    @property
    def place(self) -> str:
        return (self.after or self.before or named("", "")).place

    @property
    def is_picture(self) -> bool:
        """Whether its words are the key of a picture."""
        return self.place.endswith(PICTURE)


@dataclass(frozen=True)
class Change:
    """One field that differs, with all its lines, those that are the same too."""

    name: str
    label: str
    rows: tuple[Row, ...]


def difference(
    before: Public, after: Public, *, leave_out: Collection[str] = (), names: Names | None = None
) -> list[Change]:
    """Every field that differs, but for those to `leave_out`. `names` has words for codes: field, code, words."""
    budget = Budget()
    known = [*LABELS, *sorted({*before, *after}.difference(LABELS), key=str)]
    sides = (
        (name, before.get(name, MISSING), after.get(name, MISSING)) for name in known if name not in leave_out
    )
    return [
        change(name, was, now, names=names, budget=budget) for name, was, now in sides if not _same(was, now)
    ]


def change(
    name: str,
    before: Any,
    after: Any,
    *,
    label: str = "",
    names: Names | None = None,
    budget: Budget | None = None,
) -> Change:
    """One field that differs. What no line of it tells is told to the letter."""
    budget = budget or Budget()
    ours, theirs = lines_of(name, before, names or {}), lines_of(name, after, names or {})
    if ours == theirs:
        ours = [
            *ours,
            named("To the letter", exact(before), ("Is", "missing" if before is MISSING else "there")),
        ]
        theirs = [
            *theirs,
            named("To the letter", exact(after), ("Is", "missing" if after is MISSING else "there")),
        ]
    rows = tuple(_rows(matched(ours, theirs, budget), budget))
    return Change(name, label or label_of(name), rows)


def picture_keys(changes: Iterable[Change]) -> set[str]:
    """The keys of all pictures that the lines name."""
    rows = (row for one in changes for row in one.rows if row.is_picture)
    return {line.text for row in rows for line in (row.before, row.after) if line}


def _same(before: Any, after: Any) -> bool:
    return (before is MISSING) == (after is MISSING) and exact(before) == exact(after)


def _rows(pairs: Iterator[Pair], budget: Budget) -> Iterator[Row]:
    for before, after in pairs:
        ours: tuple[Run, ...] = before.runs if before else ()
        theirs: tuple[Run, ...] = after.runs if after else ()
        same = tuple(Piece("same", run, run) for run in theirs) if ours == theirs else None
        yield Row(before, after, same or pieces(ours, theirs, budget), tuple(_remarks(before, after)))


def _remarks(before: Line | None, after: Line | None) -> Iterator[Remark]:
    if before is None or after is None:
        return
    if before.place != after.place:
        yield Remark("What it is", before.place, after.place)
    was, now = dict(before.facts), dict(after.facts)
    for about in [*was, *(name for name in now if name not in was)]:
        if was.get(about) != now.get(about):
            yield Remark(about, was.get(about, ""), now.get(about, ""))
