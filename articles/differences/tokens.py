"""A line cut into words and sentences, each with the marks that lie on it."""

import re
from collections.abc import Sequence

from articles.body.document import Run
from articles.body.inline import text_of

type Runs = Sequence[Run]
type Sentence = tuple[tuple[str, ...], int]

_TOKEN = re.compile(r"(\s*)(\w+(?:[.,:’'/-]\w+)*|[^\w\s]|\Z)")


class Text:
    """A line as words, each with the white space before it and its marks."""

    def __init__(self, runs: Runs) -> None:
        self._runs = list(runs)
        self._text = text_of(runs)
        found = list(_TOKEN.finditer(self._text))
        self.words = [token[2] for token in found]
        self._spans = [(token.start(), token.start(2), token.end()) for token in found]
        self._starts = [0]
        for run in runs:
            self._starts.append(self._starts[-1] + len(run.text))
        self._last = 0

    def gap(self, number: int) -> list[Run]:
        start, word, _ = self._spans[number]
        return self._slice(start, word)

    def word(self, number: int) -> list[Run]:
        _, word, end = self._spans[number]
        return self._slice(word, end)

    def between(self, start: int, end: int, *, led: bool) -> list[Run]:
        """The words from one to another; `led` where the white space before the first is told already."""
        if start == end:
            return []
        return self._slice(self._spans[start][1 if led else 0], self._spans[end - 1][2])

    def sentences(self) -> list[Sentence]:
        """Each as its words, with the number of the word after it."""
        found, begun = [], 0
        for number, word in enumerate(self.words, start=1):
            if word in {".", "!", "?", "…", ""}:
                found.append((tuple(self.words[begun:number]), number))
                begun = number
        return [*found, (tuple(self.words[begun:]), len(self.words))] if begun < len(self.words) else found

    def _slice(self, start: int, end: int) -> list[Run]:
        """Asked from left to right, so that the whole costs one walk."""
        if start < self._starts[self._last]:
            self._last = 0
        while self._last < len(self._runs) and self._starts[self._last + 1] <= start:
            self._last += 1
        found, number = [], self._last
        while number < len(self._runs) and self._starts[number] < end:
            run, at = self._runs[number], self._starts[number]
            text = run.text[max(start - at, 0) : end - at]
            if text:
                found.append(run._replace(text=text))
            number += 1
        return found
