"""Two lines as one, word by word: what stays, goes and comes, and what only looks or leads otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from articles.body.document import Run
from articles.body.inline import text_of
from articles.differences.steps import Budget, Step, wholly
from articles.differences.tokens import Runs, Text

#: Of the words, the least part that must be the same for a text to be told as the old one mended.
LEAST_KEPT = 0.25


class Piece(NamedTuple):
    """A stretch of words. Of those that stay, `was` is how they were marked and where they led before."""

    kind: str
    """"same", "gone" or "come"."""
    run: Run
    was: Run

    @property
    def is_restyled(self) -> bool:
        return self.run != self.was


@dataclass
class _Chunk:
    """Words that stay, or else words and what stands there instead; each with its marks, before and after."""

    stays: bool
    before: list[Run] = field(default_factory=list)
    after: list[Run] = field(default_factory=list)


def pieces(before: Runs, after: Runs, budget: Budget) -> tuple[Piece, ...]:
    """Reading the same and the gone gives the text before, the same and the come the text after."""
    chunks = _joined(_chunks(before, after, budget))
    kept = sum(len(_words(chunk.before)) for chunk in chunks if chunk.stays)
    most = max(len(_words(before)), len(_words(after)))
    if kept < LEAST_KEPT * most and text_of(before) != text_of(after):
        chunks = [_Chunk(False, list(before), list(after))]
    return tuple(piece for chunk in chunks for piece in _told(chunk))


def _words(runs: Runs) -> str:
    return "".join(filter(str.isalnum, text_of(runs)))


def _chunks(before: Runs, after: Runs, budget: Budget) -> Iterator[_Chunk]:
    ours, theirs = Text(before), Text(after)
    for name, a, b, c, d in _steps(ours, theirs, budget):
        if name == "equal":
            for here, there in zip(range(a, b), range(c, d), strict=True):
                yield from _gap(ours, here, theirs, there)
                yield _Chunk(True, ours.word(here), theirs.word(there))
            continue
        led = a < b and c < d
        if led:
            yield from _gap(ours, a, theirs, c)
        yield _Chunk(False, ours.between(a, b, led=led), theirs.between(c, d, led=led))


def _gap(ours: Text, here: int, theirs: Text, there: int) -> Iterator[_Chunk]:
    """The white space before a word counts too: a line break, or a space that does not break."""
    left, right = ours.gap(here), theirs.gap(there)
    if left or right:
        yield _Chunk(text_of(left) == text_of(right), left, right)


def _steps(ours: Text, theirs: Text, budget: Budget) -> list[Step]:
    """Word by word; a text too long for that sentence by sentence, and word by word where sentences differ."""
    found = budget.steps(ours.words, theirs.words)
    if found is not None:
        return found
    mine, others = ours.sentences(), theirs.sentences()
    coarse = budget.steps([words for words, _ in mine], [words for words, _ in others])
    if coarse is None:
        return wholly(ours.words, theirs.words)
    ends, stops = [0, *(end for _, end in mine)], [0, *(end for _, end in others)]
    spans = [(name, ends[i], ends[j], stops[k], stops[m]) for name, i, j, k, m in coarse]
    return list(_finer(spans, ours, theirs, budget))


def _finer(coarse: list[Step], ours: Text, theirs: Text, budget: Budget) -> Iterator[Step]:
    for name, a, b, c, d in coarse:
        inside = budget.steps(ours.words[a:b], theirs.words[c:d]) if name == "replace" else None
        if inside is None:
            yield (name, a, b, c, d)
        for kind, e, f, g, h in inside or []:
            yield (kind, e + a, f + a, g + c, h + c)


def _joined(chunks: Iterator[_Chunk]) -> list[_Chunk]:
    """Neighbours as one; what lies between two changes and is no word changes with them."""
    joined: list[_Chunk] = []
    for chunk in chunks:
        if joined and joined[-1].stays == chunk.stays:
            joined[-1].before += chunk.before
            joined[-1].after += chunk.after
            continue
        if len(joined) > 1 and not chunk.stays and not _words(joined[-1].before):
            between = joined.pop()
            joined[-1].before += between.before + chunk.before
            joined[-1].after += between.after + chunk.after
            continue
        joined.append(_Chunk(chunk.stays, list(chunk.before), list(chunk.after)))
    return joined


def _told(chunk: _Chunk) -> Iterator[Piece]:
    if chunk.stays:
        yield from _side_by_side(_merged(chunk.before), _merged(chunk.after))
        return
    yield from (Piece("gone", run, run) for run in _merged(chunk.before))
    yield from (Piece("come", run, run) for run in _merged(chunk.after))


def _side_by_side(before: list[Run], after: list[Run]) -> Iterator[Piece]:
    """The same words with two sets of marks, cut where either changes."""
    here = there = 0
    done = passed = 0
    while here < len(before) and there < len(after):
        was, run = before[here], after[there]
        length = min(len(was.text) - done, len(run.text) - passed)
        text = run.text[passed : passed + length]
        yield Piece("same", run._replace(text=text), was._replace(text=text))
        done, passed = done + length, passed + length
        if done == len(was.text):
            here, done = here + 1, 0
        if passed == len(run.text):
            there, passed = there + 1, 0


def _merged(runs: list[Run]) -> list[Run]:
    texts: list[tuple[list[str], Run]] = []
    for run in runs:
        if texts and texts[-1][1][1:] == run[1:]:
            texts[-1][0].append(run.text)
        else:
            texts.append(([run.text], run))
    return [run._replace(text="".join(parts)) for parts, run in texts]
