"""The shape of a body once it has been understood: blocks, and runs of marked text inside them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple


class Run(NamedTuple):
    """Text that is marked the same way throughout. A line break is a run of its own."""

    text: str
    marks: frozenset[str] = frozenset()
    href: str = ""


BREAK = Run("\n", frozenset({"br"}))


@dataclass
class Paragraph:
    runs: list[Run]


@dataclass
class Heading:
    level: int
    runs: list[Run]


@dataclass
class Code:
    text: str


@dataclass
class Rule:
    pass


@dataclass
class Figure:
    key: str
    alt: str
    caption: list[Run]


@dataclass
class Quote:
    blocks: "list[Block]"
    pull: bool = False


@dataclass
class List:
    items: "list[list[Block]]"
    ordered: bool = False
    start: int = 1


@dataclass
class Cell:
    blocks: "list[Block]"
    header: bool = False
    colspan: int = 1
    rowspan: int = 1


@dataclass
class Table:
    caption: str
    rows: list[list[Cell]]
    heads: int = 0
    """How many of the first rows are the table's head."""


Block = Paragraph | Heading | Code | Rule | Figure | Quote | List | Table


def within(blocks: list[Block]) -> Iterator[Block]:
    """All blocks, each before those inside it."""
    for block in blocks:
        yield block
        match block:
            case Quote():
                yield from within(block.blocks)
            case List():
                for item in block.items:
                    yield from within(item)
            case Table():
                for row in block.rows:
                    for cell in row:
                        yield from within(cell.blocks)


def runs_within(blocks: list[Block]) -> Iterator[list[Run]]:
    """Every line of marked text, captions too."""
    for block in within(blocks):
        match block:
            case Paragraph() | Heading():
                yield block.runs
            case Figure():
                yield block.caption
