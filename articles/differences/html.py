"""Differences written as HTML: a section for each field, its lines, and what is the same folded away."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from articles.differences import written
from articles.differences.difference import Change, Row
from articles.differences.lines import PLAIN
from articles.differences.words import Piece

#: Lines that are the same are folded away, but for this many beside what differs.
BESIDE = 1
LEAST_FOLDED = 3


class Picture(NamedTuple):
    """What a person knows a picture by, and the address of a small copy, where there is one to show."""

    name: str
    thumbnail: str = ""


#: By key. A picture that is not among them is told by its key.
type Pictures = Mapping[str, Picture]


def told(
    changes: Iterable[Change],
    *,
    heading: int = 3,
    keep_same: bool = True,
    pictures: Pictures | None = None,
    explained: Mapping[str, str] | None = None,
) -> SafeString:
    """A section for each field, its name in a heading of this level.

    `keep_same` keeps what is the same in a fold to be opened; without it only the number of lines is told.
    `explained` has a sentence for fields, by name, whose difference does not speak for itself.
    """
    return _all(
        format_html(
            '<section class="difference"><h{0} class="difference-field">{1}</h{0}>{2}{3}</section>',
            heading,
            change.label,
            _explained((explained or {}).get(change.name, "")),
            told_alone(change, keep_same=keep_same, pictures=pictures),
        )
        for change in changes
    )


def told_alone(change: Change, *, keep_same: bool = True, pictures: Pictures | None = None) -> SafeString:
    """One field without its name."""
    known = pictures or {}
    found = (
        _fold(rows, keep_same, known) if folded else _all(_line(row, known) for row in rows)
        for folded, rows in _stretches(change.rows)
    )
    return format_html('<div class="difference-lines">{}</div>', _all(found))


def side(change: Change, which: str, *, pictures: Pictures | None = None) -> SafeString:
    """One field as it was `before` or is `after`, whole, with what the other does not have marked."""
    kept = "gone" if which == "before" else "come"
    rows = (row for row in change.rows if (row.before if kept == "gone" else row.after))
    return format_html(
        '<div class="difference-lines">{}</div>', _all(_one_side(row, kept, pictures or {}) for row in rows)
    )


def _explained(sentence: str) -> SafeString:
    return format_html('<p class="difference-about">{}</p>', sentence) if sentence else mark_safe("")


def _stretches(rows: Sequence[Row]) -> Iterator[tuple[bool, list[Row]]]:
    """Runs of rows, each with whether it is folded away: what is the same and not beside anything that differs."""
    near: set[int] = set()
    for number, row in enumerate(rows):
        if row.state != "same":
            near.update(range(number - BESIDE, number + BESIDE + 1))
    for is_near, numbers in groupby(range(len(rows)), key=near.__contains__):
        stretch = [rows[number] for number in numbers]
        yield not is_near and len(stretch) >= LEAST_FOLDED, stretch


def _fold(rows: list[Row], keep_same: bool, pictures: Pictures) -> SafeString:
    words = f"{len(rows)} lines are the same"
    if not keep_same:
        return format_html('<p class="difference-fold">{}</p>', words)
    inside = _all(_line(row, pictures) for row in rows)
    return format_html('<details class="difference-fold"><summary>{}</summary>{}</details>', words, inside)


def _line(row: Row, pictures: Pictures) -> SafeString:
    words = _marked(row, pictures if row.is_picture else {})
    notes = _all(written.remark(remark) for remark in row.remarks)
    return format_html(
        '<p class="difference-line difference-{}">{}{}{}</p>', row.state, _place(row.place), words, notes
    )


def _marked(row: Row, pictures: Pictures) -> SafeString:
    if row.state in {"gone", "come"} and not row.pieces:
        line = row.before or row.after
        facts = [f"{about.lower()}: {value}" for about, value in line.facts] if line else []
        return written.change(row.state, escape("; ".join(facts) or "nothing written"))
    return _all(
        _group(kind, list(group), pictures)
        for kind, group in groupby(row.pieces, key=lambda piece: piece.kind)
    )


def _group(kind: str, group: list[Piece], pictures: Pictures) -> SafeString:
    text = "".join(piece.run.text for piece in group)
    picture = pictures.get(text)
    if kind == "same":
        return _picture(picture) if picture else _all(written.staying(piece) for piece in group)
    if picture:
        return written.change(kind, _picture(picture))
    if not text.strip():
        return written.change(kind, escape(written.white_space(text)))
    runs = [piece.run for piece in group]
    return written.change(
        kind, _all(written.with_link(run, runs[number:]) for number, run in enumerate(runs, 1))
    )


def _one_side(row: Row, kept: str, pictures: Pictures) -> SafeString:
    line = row.before if kept == "gone" else row.after
    words = _all(_half(piece, row, kept, pictures) for piece in row.pieces if piece.kind in {kept, "same"})
    facts = [remark.before if kept == "gone" else remark.after for remark in row.remarks]
    notes = format_html_join("", ' <span class="difference-note">{}: {}</span>', (
        (remark.about, fact) for remark, fact in zip(row.remarks, facts, strict=True) if fact
    ))  # fmt: skip
    return format_html(
        '<p class="difference-line">{}{}{}</p>', _place(line.place if line else ""), words or "–", notes
    )


def _half(piece: Piece, row: Row, kept: str, pictures: Pictures) -> SafeString:
    """A piece as one of the two sides has it."""
    mine = piece.was if kept == "gone" else piece.run
    picture = pictures.get(mine.text) if row.is_picture else None
    words = _picture(picture) if picture else written.plain(mine)
    if piece.kind == "same" and not piece.is_restyled and row.before and row.after:
        return words
    return written.highlighted(words, mine)


def _place(place: str) -> SafeString:
    if place in PLAIN:
        return mark_safe("")
    return format_html('<span class="difference-place">{}</span> ', place)


def _picture(picture: Picture) -> SafeString:
    if not picture.thumbnail:
        return escape(picture.name)
    return format_html('<img src="{}" alt="" loading="lazy">{}', picture.thumbnail, picture.name)


def _all(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(parts))
