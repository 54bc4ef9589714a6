"""Words as common and as rare as words are (Zipf's law): the same list, in the same order, in every run."""

from bisect import bisect
from itertools import accumulate
from random import Random

SIZE = 60_000

#: The words everybody uses come first, then what the title writes about, then made-up ones, ever rarer.
_TEXT = """
the of to and a in for on with from
council records office digital service public money minister report health school local government data open contract
supplier software register staff patient library planning audit election budget transport housing archive standard
review question answer decision member meeting network security identity payment
"""
_COMMON_WORDS = _TEXT.split()
_SYLLABLES = ("ba", "do", "fim", "gul", "kor", "len", "mip", "nas", "rud", "tov", "wex", "zil")
_THREES = [a + b + c for a in _SYLLABLES for b in _SYLLABLES for c in _SYLLABLES]
_FOURS = [three + last for three in _THREES for last in _SYLLABLES]
_ENDED = [f"{word}{ending}" for ending in ("th", "st") for word in _FOURS]

WORDS = [*_COMMON_WORDS, *_THREES, *_FOURS, *_ENDED][:SIZE]
#: Of those that search does not pass over.
COMMONEST = "council"


class Zipf:
    """Draws ranks from 0: the tenth nearly as often as a tenth of the first; less steep at its top with `flat`."""

    def __init__(self, count: int, *, flat: float = 0.0) -> None:
        self._weights = list(accumulate(1 / (rank + flat) for rank in range(1, count + 1)))

    def one(self, order: Random) -> int:
        return min(bisect(self._weights, order.random() * self._weights[-1]), len(self._weights) - 1)

    def dealt[Thing](self, things: list[Thing], slots: int) -> list[Thing]:
        """Each thing as often among so many slots as its rank is drawn: whoever draws a slot draws a rank."""
        total, dealt = self._weights[-1], list[Thing]()
        for thing, until in zip(things, self._weights, strict=True):
            dealt += [thing] * (round(slots * until / total) - len(dealt))
        return dealt


_BITS = 20
_DEALT = Zipf(SIZE, flat=2.7).dealt(WORDS, 1 << _BITS)


def phrase(order: Random, words: int) -> str:
    """So many words, the first with a capital."""
    drawn = memoryview(order.randbytes(4 * words)).cast("I")
    return " ".join([_DEALT[number >> (32 - _BITS)] for number in drawn]).capitalize()


def sentence(order: Random, words: int) -> str:
    return f"{phrase(order, words)}."
