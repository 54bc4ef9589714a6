"""Blanks words in a text for good: in plain lines, in bodies across their markup, and in what holds both."""

import re
from typing import Any

from articles.body.clean import blocks, clean
from articles.body.document import Block, Code, Figure, Heading, List, Paragraph, Quote, Run, Table
from articles.body.inline import text_of
from articles.body.write import write

#: Stands where the words stood. In plain letters, so that it reads the same on paper, aloud, in a feed and in a title.
MARK = "[redacted]"

#: Addresses, keys and codes: nobody reads words in them, and what refers to them would be lost.
NOT_WORDS = frozenset({"slug", "key", "kind", "change_kind", "format", "at", "hash"})


class Blank:
    """Blanks the same words wherever it is handed a text, and counts them in `found`.

    They are found as whole words, in capitals or not, with any white space between them, straight or curly
    apostrophes in them, and markup across them.
    """

    def __init__(self, words: str) -> None:
        self.found = 0
        self._pattern = _pattern(words)

    def line(self, text: str) -> str:
        """A text without markup."""
        blanked, times = self._pattern.subn(MARK, text)
        self.found += times
        return blanked

    def body(self, html: str) -> str:
        """A body in its HTML. One without the words comes back letter for letter."""
        before, parts = self.found, blocks(html)
        for block in parts:
            self._block(block)
        return html if self.found == before else clean(write(parts))

    def value(self, value: Any, name: str = "") -> Any:
        """Everything inside a JSON value; what is named `body` is one."""
        match value:
            case str() if name == "body":
                return self.body(value)
            case str() if name not in NOT_WORDS:
                return self.line(value)
            case list():
                return [self.value(one, name) for one in value]
            case dict():
                return {key: self.value(one, key) for key, one in value.items()}
        return value

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph() | Heading():
                block.runs = self._runs(block.runs)
            case Code():
                block.text = self.line(block.text)
            case Figure():
                block.alt, block.caption = self.line(block.alt), self._runs(block.caption)
            case Table():
                block.caption = self.line(block.caption)
        for inside in _inside(block):
            self._block(inside)

    def _runs(self, runs: list[Run]) -> list[Run]:
        """Marked text; the mark takes the marks of the first blanked letter."""
        spans = [found.span() for found in self._pattern.finditer(text_of(runs))]
        self.found += len(spans)
        place, kept = 0, []
        for run in runs:
            cut = _cut(run.text, place, spans)
            place += len(run.text)
            if cut:
                kept.append(run._replace(text=cut, href=self._href(run.href)))
        return kept

    def _href(self, href: str) -> str:
        """A link that spells out the words is a link no more."""
        found = self._pattern.search(href)
        self.found += bool(found)
        return "" if found else href


def _cut(text: str, place: int, spans: list[tuple[int, int]]) -> str:
    """A run's text, which begins at `place` of the whole, without the spans; the mark where one of them begins."""
    kept, done = "", 0
    for start, end in spans:
        first, last = max(start - place, done), min(end - place, len(text))
        if first >= len(text) or last <= 0:
            continue
        kept += text[done:first] + (MARK if start >= place else "")
        done = last
    return kept + text[done:]


def _inside(block: Block) -> list[Block]:
    match block:
        case Quote():
            return block.blocks
        case List():
            return [inside for item in block.items for inside in item]
        case Table():
            return [inside for row in block.rows for cell in row for inside in cell.blocks]
    return []


def _pattern(words: str) -> re.Pattern[str]:
    parts = [re.sub(r"['’ʼ]", "['’ʼ]", re.escape(part)) for part in words.split()]
    if not parts:
        raise ValueError("there is nothing to blank")
    before = r"(?<!\w)" if words.strip()[0].isalnum() else ""
    after = r"(?!\w)" if words.strip()[-1].isalnum() else ""
    return re.compile(before + r"\s+".join(parts) + after, re.IGNORECASE)
