"""The lines of a body: every paragraph, crosshead, item, cell and picture, with what it stands in."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from articles.body.clean import blocks
from articles.body.document import Block, Code, Figure, Heading, List, Paragraph, Quote, Rule, Run, Table
from articles.differences.lines import PARAGRAPH, PICTURE, Fact, Line, named

type Path = tuple[str, ...]


def lines(html: str) -> list[Line]:
    return list(_lines(blocks(html), ()))


def _lines(inside: Sequence[Block], path: Path) -> Iterator[Line]:
    before: Block | None = None
    for block in inside:
        found = _block(block, path)
        yield from _begun_anew(found) if _looks_joined(before, block) else found
        before = block


def _block(block: Block, path: Path) -> Iterator[Line]:
    match block:
        case Paragraph():
            yield Line(_place(path, PARAGRAPH), tuple(block.runs))
        case Heading():
            name = "Crosshead" if block.level == 2 else f"Crosshead of level {block.level}"
            yield Line(_place(path, name), tuple(block.runs))
        case Code():
            yield Line(_place(path, "Code"), (Run(block.text),))
        case Rule():
            yield Line(_place(path, "Rule between passages"))
        case Figure():
            yield from _figure(block, path)
        case Quote():
            yield from _lines(block.blocks, (*path, "Pull quote" if block.pull else "Quotation"))
        case List():
            yield from _list(block, path)
        case Table():
            yield from _table(block, path)


def _place(path: Path, name: str) -> str:
    """Where it stands, from the outside in. A paragraph inside something is told as that something."""
    return ", ".join(path if path and name == PARAGRAPH else (*path, name))


def _figure(figure: Figure, path: Path) -> Iterator[Line]:
    yield named(_place(path, PICTURE), figure.key)
    yield named(_place(path, "Alternative text of the picture"), figure.alt)
    yield replace(named(_place(path, "Caption of the picture"), ""), runs=tuple(figure.caption))


def _list(block: List, path: Path) -> Iterator[Line]:
    name = "Numbered item" if block.ordered else "List item"
    counted: list[Fact] = [("Numbered from", str(block.start))] if block.ordered and block.start != 1 else []
    for item in block.items:
        yield from _part(item, (*path, name), counted)
        counted = []


def _table(block: Table, path: Path) -> Iterator[Line]:
    if block.caption:
        yield Line(_place(path, "Table caption"), (Run(block.caption),))
    for number, row in enumerate(block.rows):
        for column, cell in enumerate(row):
            name = "Table heading" if cell.header else "Table cell"
            spans = (("Rows", cell.rowspan), ("Columns", cell.colspan))
            facts: list[Fact] = [(of, str(span)) for of, span in spans if span != 1]
            facts += [("Part of the table", "head")] if number < block.heads else []
            facts += [("Begins", "a row")] if not column else []
            yield from _part(cell.blocks, (*path, name), facts)


def _part(inside: Sequence[Block], path: Path, facts: Sequence[Fact]) -> Iterator[Line]:
    """An item or a cell. Its first line carries its facts, the others say that they go on in it."""
    found = list(_lines(inside, path)) or [Line(_place(path, PARAGRAPH))]
    yield replace(found[0], facts=(*facts, *found[0].facts))
    for line in found[1:]:
        yield replace(line, facts=(("Goes on in", path[-1].lower()), *line.facts))


def _looks_joined(before: Block | None, block: Block) -> bool:
    """Whether two blocks would be taken for one: two lists, tables or quotations with nothing between."""
    match before, block:
        case (List(), List()) | (Table(), Table()) | (Quote(), Quote()):
            return True
    return False


def _begun_anew(found: Iterator[Line]) -> Iterator[Line]:
    for number, line in enumerate(found):
        yield (
            line
            if number
            else replace(line, facts=(("Begins", "a list, table or quotation of its own"), *line.facts))
        )
