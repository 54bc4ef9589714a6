"""Counts what happens in all processes of one web server, for the price of an addition each time.

The numbers lie in memory that the server's first process makes before it forks the others, so whoever is asked for
them sees all of them. Each process has a row of its own there and is the only one that writes it: no lock, no file.
A row outlives its process and goes on from where it stands under the next one, so a count never falls. A server that
imports the newsroom only after it forked counts for each process alone.

What is counted is declared when its module is imported, which has to be before the fork: in middleware, say.
"""

import os
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from mmap import mmap
from typing import Final

ROWS: Final = 64
CELLS: Final = 2048
_BYTES: Final = 8

# Anonymous and shared; the system gives memory to the pages that are written and to no others.
_table = memoryview(mmap(-1, ROWS * CELLS * _BYTES)).cast("Q")
_row = _table[:CELLS]
_maker = os.getpid()

# The first cell of a row says whose it is.
_OWNER: Final = 0
_BEING_BORN: Final = 2**63
_row[_OWNER] = _maker
_next_cell = 1
_next_row = 0

FAMILIES: list["Family"] = []


class Family:
    """Numbers of one name, told apart by their labels; `kind` is Prometheus' word for how they are read."""

    kind: str

    def __init__(self, name: str, words: str) -> None:
        self.name, self.words = name, words
        FAMILIES.append(self)

    def samples(self) -> Iterator[tuple[str, dict[str, str], float]]:
        """What is added to the name, the labels, and the number over all processes."""
        raise NotImplementedError


class Counter(Family):
    """Something that happens, in each of the ways it may: `HITS.add("stale")`.

    >>> HITS = Counter("newsroom_cache_total", "Pages asked of the cache.", result=("hit", "miss"))
    """

    kind = "counter"

    def __init__(self, name: str, words: str, **ways: tuple[str, ...]) -> None:
        super().__init__(name, words)
        self.label, names = next(iter(ways.items()), ("", ("",)))
        first = _reserve(len(names))
        self._cells = {name: first + number for number, name in enumerate(names)}

    def add(self, way: str = "", number: int = 1) -> None:
        """Python lets no other thread in between reading and writing here: it does at calls and loops alone."""
        _row[self._cells[way]] += number

    def samples(self) -> Iterator[tuple[str, dict[str, str], float]]:
        for way, cell in self._cells.items():
            yield "", {self.label: way} if self.label else {}, total(cell)


class Histogram(Family):
    """How long something takes, under two labels: how often it took at most so long, and seconds in all."""

    kind = "histogram"

    def __init__(self, name: str, words: str, *, bounds: tuple[float, ...], **labels: Iterable[str]) -> None:
        super().__init__(name, words)
        (self._first, firsts), (self._second, seconds) = labels.items()
        self._bounds = bounds
        self._microseconds = tuple(int(bound * 1_000_000) for bound in bounds)
        self._size = len(bounds) + 2  # one for what took longer, one for the sum
        pairs = [(first, second) for first in firsts for second in seconds]
        begin = _reserve(len(pairs) * self._size)
        self._begins = {pair: begin + number * self._size for number, pair in enumerate(pairs)}

    def observe(self, first: str, second: str, microseconds: int) -> None:
        begin = self._begins[first, second]
        _row[begin + bisect_left(self._microseconds, microseconds)] += 1
        _row[begin + self._size - 1] += microseconds

    def samples(self) -> Iterator[tuple[str, dict[str, str], float]]:
        """Leave out what never happened, so that a page of numbers stays short."""
        for (first, second), begin in self._begins.items():
            *counts, microseconds = [total(begin + number) for number in range(self._size)]
            if not any(counts):
                continue
            labels, so_far = {self._first: first, self._second: second}, 0
            for bound, count in zip((*self._bounds, float("inf")), counts, strict=True):
                so_far += count
                yield "_bucket", {**labels, "le": f"{bound:g}".replace("inf", "+Inf")}, so_far
            yield "_sum", labels, microseconds / 1_000_000
            yield "_count", labels, so_far


def total(cell: int) -> int:
    """Add one cell up over every row that anybody ever had."""
    return sum(_table[start + cell] for start in range(0, ROWS * CELLS, CELLS) if _table[start + _OWNER])


def _reserve(number: int) -> int:
    global _next_cell
    if os.getpid() != _maker:
        raise RuntimeError("What is counted has to be declared before the web server forks its workers.")
    first, _next_cell = _next_cell, _next_cell + number
    if _next_cell > CELLS:
        raise RuntimeError(f"There are no more than {CELLS} cells to count in.")
    return first


def _choose_row() -> None:
    """In the first process, before it forks: a row whose last owner is gone, or one that nobody had."""
    global _next_row  # noqa: PLW0603  (handed to the child, which is its parent's copy)
    free = (row for row in range(1, ROWS) if not _has_living_owner(_table[row * CELLS + _OWNER]))
    if os.getpid() == _maker:
        # With more processes than rows the last is shared by some, who may lose a count now and then.
        _next_row = next(free, ROWS - 1)
        _table[_next_row * CELLS + _OWNER] = _BEING_BORN


def _take_row() -> None:
    """In the child. Its own children, if it has any, go on in its row."""
    global _row  # noqa: PLW0603  (a process has one)
    if os.getppid() == _maker:
        _row = _table[_next_row * CELLS : (_next_row + 1) * CELLS]
        _row[_OWNER] = os.getpid()


def _has_living_owner(owner: int) -> bool:
    if owner in (0, _BEING_BORN):
        return owner == _BEING_BORN
    try:
        os.kill(owner, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's, who has got the number since
        return False
    return True


os.register_at_fork(before=_choose_row, after_in_child=_take_row)
