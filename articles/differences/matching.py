"""Which line became which: the equal ones first, then in order those that are most alike."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count

from articles.differences.lines import Line
from articles.differences.steps import Budget, wholly

type Pair = tuple[Line | None, Line | None]

#: Of two lines' words, the least part they must share to be told as one line that was mended.
LEAST_ALIKE = 0.3
#: Pairs of lines that are looked at, and words in them, between two stretches of equal lines.
MOST_PAIRS = 40_000
MOST_WORDS = 1_500_000


def matched(before: Sequence[Line], after: Sequence[Line], budget: Budget) -> Iterator[Pair]:
    """All lines of both, in an order that keeps each side's."""
    numbers: dict[Line, int] = {}
    new = count()
    ours = [numbers[line] if line in numbers else numbers.setdefault(line, next(new)) for line in before]
    theirs = [numbers[line] if line in numbers else numbers.setdefault(line, next(new)) for line in after]
    for name, a, b, c, d in budget.steps(ours, theirs) or wholly(ours, theirs):
        if name == "equal":
            yield from zip(before[a:b], after[c:d], strict=True)
        else:
            yield from _most_alike(before[a:b], after[c:d])


def _most_alike(before: Sequence[Line], after: Sequence[Line]) -> Iterator[Pair]:
    """The pairing in order whose likenesses add up to most; what has no like stands alone."""
    if not before or not after:
        yield from ((line, None) for line in before)
        yield from ((None, line) for line in after)
        return
    found = _Table([_Words(line) for line in before], [_Words(line) for line in after]).pairs()
    here = there = 0
    for i, j in [*found, (len(before), len(after))]:
        yield from ((line, None) for line in before[here:i])
        yield from ((None, line) for line in after[there:j])
        if i < len(before) and j < len(after):
            yield before[i], after[j]
        here, there = i + 1, j + 1


class _Words:
    """A line's words, counted once."""

    def __init__(self, line: Line) -> None:
        words = line.text.split()
        self.line, self.times, self.length = line, Counter(words), len(words)

    def likeness(self, other: "_Words") -> float:
        """0 for what has nothing to do with each other, 1 for the same words; a little more in the same place."""
        here, there = self.line, other.line
        if here.is_named or there.is_named:
            return 1.1 if here.is_named and there.is_named and here.place == there.place else 0.0
        same_place = 0.1 if here.place == there.place else 0.0
        if not self.length and not other.length:
            return 0.5 + same_place if same_place else 0.0
        few, many = (self, other) if len(self.times) < len(other.times) else (other, self)
        shared = sum(min(times, many.times[word]) for word, times in few.times.items() if word in many.times)
        alike = 2 * shared / (self.length + other.length)
        return alike + same_place if alike >= LEAST_ALIKE else 0.0


class _Table:
    """The best sums of likenesses, looked for near the diagonal only where all pairs would be too many."""

    def __init__(self, before: list[_Words], after: list[_Words]) -> None:
        self._before, self._after = before, after
        words = sum(len(line.times) for line in before) / len(before) + 1
        cells = min(MOST_PAIRS, int(MOST_WORDS / words))
        self._reach = max(1, (cells - len(after)) // (2 * len(before)))

    def pairs(self) -> list[tuple[int, int]]:
        rows, taken = [_Row(0, [0.0] * (self._span(0)[1] + 1))], []
        for i, ours in enumerate(self._before):
            start, end = self._span(i)
            row, takes = _Row(start, []), set()
            for j in range(start, end + 1):
                skipped = max(rows[i].at(j), row.at(j - 1))
                likeness = ours.likeness(self._after[j - 1]) if j > start or (j and start) else 0.0
                both = rows[i].at(j - 1) + likeness if likeness else -1.0
                if both > skipped:
                    takes.add(j)
                row.sums.append(max(both, skipped, 0.0))
            rows.append(row)
            taken.append((start, takes))
        return self._walked_back(rows, taken)

    def _walked_back(self, rows: list["_Row"], taken: list[tuple[int, set[int]]]) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        i, j = len(self._before), len(self._after)
        while i and j:
            start, takes = taken[i - 1]
            if j in takes:
                found.append((i - 1, j - 1))
                i, j = i - 1, j - 1
            elif j > start and rows[i].at(j - 1) >= rows[i - 1].at(j):
                j -= 1
            else:
                i -= 1
        return found[::-1]

    def _span(self, i: int) -> tuple[int, int]:
        """How many of the lines after may have been passed when line `i` before has been: from and to."""
        slope = len(self._after) / len(self._before)
        return max(0, int(i * slope) - self._reach), min(
            len(self._after), int((i + 1) * slope) + 1 + self._reach
        )


class _Row:
    """Sums from `start` on; what lies before or behind was not looked at."""

    def __init__(self, start: int, sums: list[float]) -> None:
        self.start, self.sums = start, sums

    def at(self, j: int) -> float:
        place = j - self.start
        if place < 0:
            return -1.0
        return self.sums[min(place, len(self.sums) - 1)] if self.sums else -1.0
