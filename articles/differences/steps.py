"""What two sequences have the same and what not, found in bounded time.

The stock comparison takes seconds for a thousand words that repeat, and hours for a text of many short paragraphs:
one person's story would hold up everybody's desk. What would take too long is told as different throughout.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from difflib import SequenceMatcher

#: Steps in the worst case, for all that one budget pays for: about a second.
MOST_STEPS = 20_000_000

type Step = tuple[str, int, int, int, int]


class Budget:
    """The steps that one comparison may still take."""

    def __init__(self, most: int = MOST_STEPS) -> None:
        self._left = most

    def steps(self, before: Sequence[Hashable], after: Sequence[Hashable]) -> list[Step] | None:
        """The opcodes of `difflib`; None where finding them would take too long."""
        start, end = _shared_ends(before, after)
        ours, theirs = before[start : len(before) - end], after[start : len(after) - end]
        cost = _cost(ours, theirs)
        if cost > self._left:
            return None
        self._left -= cost
        found: list[Step] = [("equal", 0, start, 0, start)] if start else []
        for name, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
            found.append((name, a + start, b + start, c + start, d + start))
        if end:
            found.append(("equal", len(before) - end, len(before), len(after) - end, len(after)))
        return found


def wholly(before: Sequence[Hashable], after: Sequence[Hashable]) -> list[Step]:
    """One step that says: all of this became all of that."""
    return [("replace", 0, len(before), 0, len(after))]


def _shared_ends(before: Sequence[Hashable], after: Sequence[Hashable]) -> tuple[int, int]:
    """How many parts are the same at the beginning, and how many of the others at the end."""
    most = min(len(before), len(after))
    start = next((place for place in range(most) if before[place] != after[place]), most)
    most -= start
    end = next((place for place in range(most) if before[-1 - place] != after[-1 - place]), most)
    return start, end


def _cost(before: Sequence[Hashable], after: Sequence[Hashable]) -> int:
    """Every pair of equal parts may be looked at again for each run of parts that is found."""
    times = Counter(after)
    return sum(times[part] for part in before) * min(len(before), len(after))
