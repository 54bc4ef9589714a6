"""Passages of plain words: where one stands in a body, and other words in its place with the markup round them kept."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from articles.body.characters import permitted, spaced
from articles.body.clean import blocks, clean
from articles.body.document import BREAK, Run, runs_within
from articles.body.inline import text_of
from articles.body.text import words
from articles.body.write import write

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
#: Each for each, so that places stay where they are: a passage is compared by its words, not by its spaces.
_SPACES = str.maketrans({"\xa0": " ", "\n": " "})

type Edit = tuple[int, int, str]


class MarkupInTheWay(ValueError):
    """The new words would stand partly in a link or emphasis, and nobody has said which of them."""


def one_line(text: str) -> str:
    """Words as a passage holds them: no controls, each stretch of white space one space."""
    return spaced(permitted(text)).strip()


def places(text: str, passage: str) -> list[int]:
    """Where the passage begins in a line of text, overlapping ones too."""
    text, passage = text.translate(_SPACES), passage.translate(_SPACES)
    found, at = [], text.find(passage) if passage else -1
    while at >= 0:
        found.append(at)
        at = text.find(passage, at + 1)
    return found


def stands_in(html: str, passage: str) -> bool:
    """Whether a reader of the body finds these words, be it across paragraphs."""
    return _plain(passage) in _plain(" ".join(map(words, blocks(html))))


def times(html: str, passage: str) -> int:
    """How often the passage stands within a paragraph, crosshead or caption of the body."""
    return sum(len(places(text_of(line), passage)) for line in runs_within(blocks(html)))


def replaced(html: str, passage: str, new: str) -> str:
    """Return the body with `new` in the passage's place, everywhere it stands; only words that differ are touched.

    Raises MarkupInTheWay where that would not be exactly the words asked for, or their markup is anybody's guess.
    """
    body = blocks(html)
    for line in runs_within(body):
        for at in reversed(places(text_of(line), passage)):
            line[:] = _reworded(line, at, at + len(passage), new)
    wanted, written = " ".join(map(words, body)), clean(write(body))
    if _plain(wanted) != _plain(" ".join(map(words, blocks(written)))):
        raise MarkupInTheWay
    return written


def _reworded(line: list[Run], start: int, end: int, new: str) -> list[Run]:
    old = text_of(line)[start:end].translate(_SPACES)
    for begin, stop, said in reversed(list(_edits(old, new))):
        line = _spliced(line, start + begin, start + stop, said)
    return line


def _edits(old: str, new: str) -> Iterator[Edit]:
    """What differs, word by word and as little as can be, as places in `old`."""
    ours, theirs = _TOKEN.findall(old), _TOKEN.findall(new)
    starts = [0]
    for token in ours:
        starts.append(starts[-1] + len(token))
    for name, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if name != "equal":
            yield _trimmed(starts[a], old[starts[a] : starts[b]], "".join(theirs[c:d]))


def _trimmed(start: int, old: str, new: str) -> Edit:
    """Without the letters that both begin and end with."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return start + head, start + len(old) - tail, new[head : len(new) - tail]


def _spliced(line: list[Run], start: int, end: int, new: str) -> list[Run]:
    before, rest = _split(line, start)
    gone, after = _split(rest, end - start)
    if not new:
        return [*before, *after]
    styles = {run[1:] for run in gone} or {_shared(before[-1:], after[:1])}
    if len(styles) > 1 or BREAK in gone:
        raise MarkupInTheWay
    return [*before, Run(new, *styles.pop()), *after]


def _split(line: list[Run], at: int) -> tuple[list[Run], list[Run]]:
    left: list[Run] = []
    for number, run in enumerate(line):
        if at < len(run.text):
            parts = [run._replace(text=run.text[:at])] if at else []
            return [*left, *parts], [run._replace(text=run.text[at:]), *line[number + 1 :]]
        left.append(run)
        at -= len(run.text)
    return left, []


def _shared(before: list[Run], after: list[Run]) -> tuple[frozenset[str], str]:
    """The marks of words put between two runs: those both have. At an edge a link does not grow."""
    sides = [run for run in (*before, *after) if run != BREAK]
    if not sides:
        return frozenset(), ""
    links = {run.href for run in sides}
    marks = frozenset.intersection(*(run.marks for run in sides))
    return marks, links.pop() if len(sides) == 2 and len(links) == 1 else ""


def _plain(text: str) -> str:
    return " ".join(text.split())
