"""Where in a text the words that were looked for stand, marked for readers."""

import unicodedata
from collections.abc import Iterator
from html import escape

from django.utils.safestring import SafeString, mark_safe

from articles.search.query import Clause, Query
from articles.search.terms import Word, vocabulary, words

#: Characters of a text that a result shows.
LENGTH = 240

type Span = tuple[int, int]


def highlighted(text: str, query: Query) -> SafeString:
    """The whole text as HTML, each found word in `<mark>`."""
    text = unicodedata.normalize("NFC", text)
    return _marked(text, _apart(_found(text, query)))


def snippet(text: str, query: Query) -> SafeString:
    """The part of the text that says most of what was looked for; empty where it says nothing of it.

    `text` has an empty line between paragraphs; no part runs from one into the next. Nothing is read beyond the first
    paragraph that says all of it, because a page shows twenty of these.
    """
    said: list[tuple[str, int, list[Span]]] = []
    for part in unicodedata.normalize("NFC", text).split("\n\n"):
        paragraph = " ".join(part.split())
        found = _found(paragraph, query)
        spans = _apart(found)
        said += [(paragraph, start, spans) for start, _ in spans]
        if all(found):
            break
    if not said:
        return mark_safe("")
    paragraph, start, spans = max(said, key=lambda part: _richness(*part))
    begin, end = _window(paragraph, start)
    inside = [(a - begin, b - begin) for a, b in spans if begin <= a and b <= end]
    before, after = "… " if begin else "", " …" if end < len(paragraph) else ""
    return mark_safe(f"{before}{_marked(paragraph[begin:end], inside)}{after}")


def _found(text: str, query: Query) -> list[list[Span]]:
    """Where each clause stands."""
    known = vocabulary(text)
    said = list(words(text)) if any(_begins(clause, known) for clause in query.wanted) else []
    return [list(_of(clause, said)) for clause in query.wanted]


def _begins(clause: Clause, known: set[tuple[str, str]]) -> bool:
    """Whether a text of these words may have the clause."""
    first = clause.stems[0]
    return any(form.startswith(first) if clause.is_prefix else stem == first for stem, form in known)


def _apart(found: list[list[Span]]) -> list[Span]:
    """All of these places, in order and apart from each other."""
    apart: list[Span] = []
    for start, end in sorted({span for spans in found for span in spans}):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]))
        else:
            apart.append((start, end))
    return apart


def _of(clause: Clause, said: list[Word]) -> Iterator[Span]:
    length = len(clause.stems)
    for place, word in enumerate(said):
        if clause.is_prefix:
            if word.form.startswith(clause.stems[0]):
                yield word.start, word.end
        elif word.stem == clause.stems[0]:
            run = said[place : place + length]
            if tuple(each.stem for each in run) == clause.stems:
                yield run[0].start, run[-1].end


def _richness(text: str, start: int, spans: list[Span]) -> tuple[int, int]:
    """How many different words, then how many at all, stand in the part that begins here."""
    inside = [text[a:b].casefold() for a, b in spans if start <= a and b <= start + LENGTH]
    return len(set(inside)), len(inside)


def _window(text: str, start: int) -> Span:
    """A part of about LENGTH characters around `start`, cut between words."""
    begin = max(0, min(start - LENGTH // 4, len(text) - LENGTH))
    if begin:
        begin = text.find(" ", begin, start) + 1 or start
    end = begin + LENGTH
    if end >= len(text):
        return begin, len(text)
    return begin, max(text.rfind(" ", start, end), start + 1) if " " in text[start:end] else end


def _marked(text: str, spans: list[Span]) -> SafeString:
    parts: list[str] = []
    done = 0
    for start, end in spans:
        parts += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    return mark_safe("".join([*parts, escape(text[done:])]))
