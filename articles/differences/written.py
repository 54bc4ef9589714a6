"""Words written as HTML: everything escaped, and every mark said in words for those who cannot see it."""

from collections.abc import Iterator

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from articles.body.document import Run
from articles.body.schema import MARK_ORDER
from articles.differences.difference import Remark
from articles.differences.words import Piece

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


def change(kind: str, words: SafeString) -> SafeString:
    """Words that are "gone" or have "come"."""
    begin, end = _SAID[kind]
    return format_html(
        '<{0}><span class="difference-hidden">{1}</span>{2}<span class="difference-hidden">{3}</span></{0}>',
        mark_safe(_TAGS[kind]), begin, words, end,
    )  # fmt: skip


def staying(piece: Piece) -> SafeString:
    """Words that stay, with what became of their formatting and their link."""
    if not piece.is_restyled:
        return plain(piece.run)
    was, now = piece.was, piece.run
    notes = [*_link_notes(was.href, now.href), *_mark_notes(was, now)]
    return format_html(
        '<span class="difference-restyled">{}</span> <span class="difference-note">({})</span>',
        plain(now, seen=True),
        format_html_join("; ", "{}", ((note,) for note in notes)),
    )


def with_link(run: Run, following: list[Run]) -> SafeString:
    """Words put in or taken out; after the last of a link, where it leads."""
    words = plain(run)
    if not run.href or (following and following[0].href == run.href):
        return words
    return format_html('{} <span class="difference-note">(link to {})</span>', words, run.href)


def highlighted(words: SafeString, run: Run) -> SafeString:
    style = ", ".join(filter(None, [f"link to {run.href}" if run.href else "", _marks(run.marks)]))
    note = format_html(' <span class="difference-note">({})</span>', style) if style else ""
    return format_html('<mark><span class="difference-hidden">different: </span>{}</mark>{}', words, note)


def remark(about: Remark) -> SafeString:
    """A fact about a line: what it was and what it is; a side that has none is left out."""
    sides = [_gone(about.before) if about.before else "", _come(about.after) if about.after else ""]
    said = format_html_join(" ", "{}", ((one,) for one in sides if one))
    return format_html(' <span class="difference-note">({}: {})</span>', about.about, said)


def plain(run: Run, *, seen: bool = False) -> SafeString:
    """Words with their formatting. White space alone is named where it is what is to be `seen`."""
    if seen and not run.text.strip():
        words = escape(white_space(run.text))
    else:
        words = mark_safe(escape(run.text).replace("\n", "<br>"))
    for mark in reversed([mark for mark in MARK_ORDER if mark in run.marks]):
        words = format_html("<{0}>{1}</{0}>", mark_safe(mark), words)
    return format_html('<span class="difference-link">{}</span>', words) if run.href else words


def white_space(text: str) -> str:
    named = {" ": "space", "\xa0": "no-break space", "\n": "line break"}
    return ", ".join(named.get(sign, f"white space {ord(sign):04X}") for sign in text)


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


def _gone(words: str) -> SafeString:
    return change("gone", escape(words))


def _come(words: str) -> SafeString:
    return change("come", escape(words))
