"""Differences written as HTML: everything escaped, and every mark said in words for those who cannot see it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from articles.body.document import Run
from articles.body.schema import MARK_ORDER
from articles.differences.difference import Change, Remark, Row
from articles.differences.lines import PICTURE, PLAIN
from articles.differences.words import Piece

#: Lines that are the same are folded away, but for this many beside what differs.
BESIDE = 1
LEAST_FOLDED = 3

_TAGS = {"gone": "del", "come": "ins"}
_SAID = {"gone": ("removed: ", " (end of removed words) "), "come": ("added: ", " (end of added words) ")}
_MARKS = {
    "strong": "bold",
    "em": "italic",
    "sub": "below the line",
    "sup": "above the line",
    "code": "set as code",
    "br": "a line break",
}

#: From a picture's key to the address of a small copy.
type Thumbnail = Callable[[str], str]


def told(
    changes: Iterable[Change], *, heading: int = 3, keep_same: bool = True, thumbnail: Thumbnail | None = None
) -> SafeString:
    """A section for each field, its name in a heading of this level.

    `keep_same` keeps what is the same in a fold to be opened; without it only the number of lines is told.
    """
    return _all(
        format_html(
            '<section class="difference"><h{0} class="difference-field">{1}</h{0}>{2}</section>',
            heading,
            change.label,
            told_alone(change, keep_same=keep_same, thumbnail=thumbnail),
        )
        for change in changes
    )


def told_alone(change: Change, *, keep_same: bool = True, thumbnail: Thumbnail | None = None) -> SafeString:
    """One field without its name."""
    found = (
        _fold(rows, keep_same, thumbnail) if folded else _all(_line(row, thumbnail) for row in rows)
        for folded, rows in _stretches(change.rows)
    )
    return format_html('<div class="difference-lines">{}</div>', _all(found))


def side(change: Change, which: str, *, thumbnail: Thumbnail | None = None) -> SafeString:
    """One field as it was `before` or is `after`, whole, with what the other does not have marked."""
    kept = "gone" if which == "before" else "come"
    rows = (row for row in change.rows if (row.before if kept == "gone" else row.after))
    return format_html(
        '<div class="difference-lines">{}</div>', _all(_one_side(row, kept, thumbnail) for row in rows)
    )


def _stretches(rows: Sequence[Row]) -> Iterator[tuple[bool, list[Row]]]:
    """Runs of rows, each with whether it is folded away: what is the same and not beside anything that differs."""
    near: set[int] = set()
    for number, row in enumerate(rows):
        if row.state != "same":
            near.update(range(number - BESIDE, number + BESIDE + 1))
    for is_near, numbers in groupby(range(len(rows)), key=near.__contains__):
        stretch = [rows[number] for number in numbers]
        yield not is_near and len(stretch) >= LEAST_FOLDED, stretch


def _fold(rows: list[Row], keep_same: bool, thumbnail: Thumbnail | None) -> SafeString:
    words = f"{len(rows)} lines are the same"
    if not keep_same:
        return format_html('<p class="difference-fold">{}</p>', words)
    inside = _all(_line(row, thumbnail) for row in rows)
    return format_html('<details class="difference-fold"><summary>{}</summary>{}</details>', words, inside)


def _line(row: Row, thumbnail: Thumbnail | None) -> SafeString:
    words = _marked(row, thumbnail)
    notes = _all(_remark(remark) for remark in row.remarks)
    return format_html(
        '<p class="difference-line difference-{}">{}{}{}</p>', row.state, _place(row.place), words, notes
    )


def _one_side(row: Row, kept: str, thumbnail: Thumbnail | None) -> SafeString:
    line = row.before if kept == "gone" else row.after
    mine = [piece for piece in row.pieces if piece.kind in {kept, "same"}]
    parts = [_words(piece.was if kept == "gone" else piece.run) for piece in mine]
    words = _all(
        _highlighted(part, piece.run if kept == "come" else piece.was)
        if piece.kind != "same" or piece.is_restyled or row.before is None or row.after is None
        else part
        for part, piece in zip(parts, mine, strict=True)
    )
    facts = [remark.before if kept == "gone" else remark.after for remark in row.remarks]
    notes = format_html_join("", ' <span class="difference-note">{}: {}</span>', (
        (remark.about, fact) for remark, fact in zip(row.remarks, facts, strict=True) if fact
    ))  # fmt: skip
    picture = _picture(line.text, thumbnail) if line and line.place.endswith(PICTURE) else ""
    place = _place(line.place if line else "")
    return format_html('<p class="difference-line">{}{}{}{}</p>', place, picture, words or "–", notes)


def _highlighted(words: SafeString, run: Run) -> SafeString:
    style = _style(run)
    note = format_html(' <span class="difference-note">({})</span>', style) if style else ""
    return format_html('<mark><span class="difference-hidden">different: </span>{}</mark>{}', words, note)


def _place(place: str) -> SafeString:
    if place in PLAIN:
        return mark_safe("")
    return format_html('<span class="difference-place">{}</span> ', place)


def _marked(row: Row, thumbnail: Thumbnail | None) -> SafeString:
    if row.state in {"gone", "come"} and not row.pieces:
        line = row.before or row.after
        facts = [f"{about.lower()}: {value}" for about, value in line.facts] if line else []
        return _change(row.state, escape("; ".join(facts) or "nothing written"))
    is_picture = row.place.endswith(PICTURE)
    return _all(
        _group(kind, list(group), thumbnail if is_picture else None)
        for kind, group in groupby(row.pieces, key=lambda piece: piece.kind)
    )


def _group(kind: str, group: list[Piece], thumbnail: Thumbnail | None) -> SafeString:
    if kind == "same":
        picture = _picture("".join(piece.run.text for piece in group), thumbnail)
        return picture + _all(_staying(piece) for piece in group)
    runs = [piece.run for piece in group]
    text = "".join(run.text for run in runs)
    if not text.strip():
        return _change(kind, escape(_white_space(text)))
    picture = _picture(text, thumbnail)
    return _change(kind, picture + _all(_with_link(run, runs[number:]) for number, run in enumerate(runs, 1)))


def _change(kind: str, words: SafeString) -> SafeString:
    begin, end = _SAID[kind]
    return format_html(
        '<{0}><span class="difference-hidden">{1}</span>{2}<span class="difference-hidden">{3}</span></{0}>',
        mark_safe(_TAGS[kind]), begin, words, end,
    )  # fmt: skip


def _with_link(run: Run, following: list[Run]) -> SafeString:
    """Words put in or taken out; after the last of a link, where it leads."""
    words = _words(run)
    if not run.href or (following and following[0].href == run.href):
        return words
    return format_html('{} <span class="difference-note">(link to {})</span>', words, run.href)


def _staying(piece: Piece) -> SafeString:
    if not piece.is_restyled:
        return _words(piece.run)
    was, now = piece.was, piece.run
    notes = [*_link_notes(was.href, now.href), *_mark_notes(was, now)]
    return format_html(
        '<span class="difference-restyled">{}</span> <span class="difference-note">({})</span>',
        _words(now, seen=True),
        format_html_join("; ", "{}", ((note,) for note in notes)),
    )


def _link_notes(was: str, now: str) -> Iterator[SafeString]:
    if was and now and was != now:
        yield format_html("the link led to {}, now leads to {}", _gone(was), _come(now))
    elif was and not now:
        yield format_html("no longer a link to {}", _gone(was))
    elif now and not was:
        yield format_html("now a link to {}", _come(now))


def _mark_notes(was: Run, now: Run) -> Iterator[SafeString]:
    if lost := _marks(was.marks - now.marks):
        yield format_html("no longer {}", _gone(lost))
    if won := _marks(now.marks - was.marks):
        yield format_html("now {}", _come(won))


def _marks(marks: frozenset[str]) -> str:
    return ", ".join(_MARKS.get(mark, mark) for mark in sorted(marks))


def _style(run: Run) -> str:
    return ", ".join(filter(None, [f"link to {run.href}" if run.href else "", _marks(run.marks)]))


def _remark(remark: Remark) -> SafeString:
    """A fact about a line: what it was and what it is; a side that has none is left out."""
    sides = [_gone(remark.before) if remark.before else "", _come(remark.after) if remark.after else ""]
    said = format_html_join(" ", "{}", ((one,) for one in sides if one))
    return format_html(' <span class="difference-note">({}: {})</span>', remark.about, said)


def _gone(words: str) -> SafeString:
    return _change("gone", escape(words))


def _come(words: str) -> SafeString:
    return _change("come", escape(words))


def _picture(key: str, thumbnail: Thumbnail | None) -> SafeString:
    if thumbnail is None or not key:
        return mark_safe("")
    return format_html('<img src="{}" alt="" loading="lazy">', thumbnail(key))


def _words(run: Run, *, seen: bool = False) -> SafeString:
    """Words with their formatting. White space alone is named where it is what is to be `seen`."""
    if seen and not run.text.strip():
        words = escape(_white_space(run.text))
    else:
        words = mark_safe(escape(run.text).replace("\n", "<br>"))
    for mark in reversed([mark for mark in MARK_ORDER if mark in run.marks]):
        words = format_html("<{0}>{1}</{0}>", mark_safe(mark), words)
    return format_html('<span class="difference-link">{}</span>', words) if run.href else words


def _white_space(text: str) -> str:
    named = {" ": "space", "\xa0": "no-break space", "\n": "line break"}
    return ", ".join(named.get(sign, f"white space {ord(sign):04X}") for sign in text)


def _all(parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(parts))
