"""Where in a text the words that were looked for stand, marked for readers."""

import unicodedata
from collections.abc import Iterator

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from articles.search.query import Clause, Query
from articles.search.terms import Word, words

#: Characters of a text that a result shows.
LENGTH = 240

type Span = tuple[int, int]


def highlighted(text: str, query: Query) -> SafeString:
    """The whole text as HTML, each found word in `<mark>`."""
    text = unicodedata.normalize("NFC", text)
    return _marked(text, _spans(text, query))


def snippet(text: str, query: Query) -> SafeString:
    """The part of the text that says most of what was looked for; empty where it says nothing of it.

    `text` has an empty line between paragraphs; no part runs from one into the next.
    """
    paragraphs = [" ".join(part.split()) for part in unicodedata.normalize("NFC", text).split("\n\n")]
    said = [
        (paragraph, start, spans) for paragraph in paragraphs for start, spans in _parts(paragraph, query)
    ]
    if not said:
        return mark_safe("")
    paragraph, start, spans = max(said, key=lambda part: _richness(*part))
    begin, end = _window(paragraph, start)
    inside = [(a - begin, b - begin) for a, b in spans if begin <= a and b <= end]
    before, after = "… " if begin else "", " …" if end < len(paragraph) else ""
    return format_html("{}{}{}", before, _marked(paragraph[begin:end], inside), after)


def _parts(paragraph: str, query: Query) -> Iterator[tuple[int, list[Span]]]:
    """Where a part of the paragraph could begin: at each place that says something."""
    spans = _spans(paragraph, query)
    return ((start, spans) for start, _ in spans)


def _spans(text: str, query: Query) -> list[Span]:
    """Where the clauses stand, in order and apart from each other."""
    said = list(words(text))
    found = sorted({span for clause in query.wanted for span in _of(clause, said)})
    apart: list[Span] = []
    for start, end in found:
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
        parts += [conditional_escape(text[done:start]), format_html("<mark>{}</mark>", text[start:end])]
        done = end
    return mark_safe("".join([*parts, conditional_escape(text[done:])]))
