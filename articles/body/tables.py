"""Tables: read from any markup, and made a rectangle whose header cells say what they head."""

from collections.abc import Callable, Iterator

from articles.body.document import Block, Cell, Paragraph, Run, Table
from articles.body.inline import one_line, text_of
from articles.body.reading import Element
from articles.body.schema import MAX_SPAN

_MAX_CELLS = 20_000

Inside = Callable[[Element], list[Block]]


def only_cell(element: Element) -> Element | None:
    """The one cell of a table that is there for its looks, as newsletters and old pages have them."""
    if any(_parts(element, {"caption"})):
        return None
    cells = [part for row in _rows(element) for part in row.children if isinstance(part, Element)]
    return cells[0] if len(cells) == 1 else None


def table(element: Element, inside: Inside) -> Table | None:
    """Return the table, or nothing if it is empty; `inside` makes a cell's blocks."""
    rows = [row for row in (_cells(row, inside) for row in _rows(element)) if row]
    if not any(cell.rowspan > 1 for row in rows for cell in row):
        rows = [row for row in rows if any(cell.blocks for cell in row)]
    if not any(cell.blocks for row in rows for cell in row):
        return None
    caption = " ".join(part.text() for part in _parts(element, {"caption"}))
    caption = text_of(one_line([Run(caption)]))
    return squared(Table(caption, rows, _heads(rows)))


def _rows(element: Element) -> Iterator[Element]:
    yield from _parts(element, {"tr"})


def _parts(element: Element, names: set[str]) -> Iterator[Element]:
    """The table's own parts of these names, not those of a table inside."""
    for child in element.children:
        if isinstance(child, Element):
            if child.name in names:
                yield child
            elif child.name in ("thead", "tbody", "tfoot"):
                yield from _parts(child, names)


def _cells(row: Element, inside: Inside) -> list[Cell]:
    return [
        _cell(part, inside)
        for part in row.children
        if isinstance(part, Element) and part.name in ("th", "td")
    ]


def _cell(part: Element, inside: Inside) -> Cell:
    blocks = inside(part)
    header = part.name == "th" and bool(blocks)
    if header:
        for block in blocks:
            if isinstance(block, Paragraph):
                block.runs = one_line(block.runs, without="strong")
    return Cell(blocks, header, _span(part, "colspan"), _span(part, "rowspan"))


def _span(part: Element, name: str) -> int:
    value = part.attributes.get(name, "")
    return min(max(int(value), 1), MAX_SPAN) if value.isascii() and value.isdigit() and len(value) < 8 else 1


def _heads(rows: list[list[Cell]]) -> int:
    """How many rows at the start hold nothing but headers (an empty corner aside); one row at least is the body."""
    count = 0
    for row in rows[:-1]:
        headers = sum(cell.header for cell in row)
        empty = sum(not cell.blocks for cell in row)
        if headers + empty < len(row) or not headers or (empty and headers < 2):
            break
        count += 1
    return count


def squared(table: Table) -> Table:
    """Cut spans that overlap or overhang, and fill rows that are short. Head and body are each a rectangle."""
    width = 0
    for part in (table.rows[: table.heads], table.rows[table.heads :]):
        width = max(width, _cut_spans(part))
    if width * len(table.rows) <= _MAX_CELLS:
        for part in (table.rows[: table.heads], table.rows[table.heads :]):
            _fill(part, width)
    return table


def _cut_spans(rows: list[list[Cell]]) -> int:
    taken: dict[int, int] = {}
    width = 0
    for i, row in enumerate(rows):
        column = 0
        for cell in row:
            while taken.get(column, 0) > i:
                column += 1
            free = 1
            while free < cell.colspan and taken.get(column + free, 0) <= i:
                free += 1
            cell.colspan = free
            cell.rowspan = min(cell.rowspan, len(rows) - i)
            for taking in range(column, column + free):
                taken[taking] = i + cell.rowspan
            column += free
        width = max(width, column)
    return width


def _fill(rows: list[list[Cell]], width: int) -> None:
    taken: dict[int, int] = {}
    for i, row in enumerate(rows):
        column = 0
        for cell in row:
            while taken.get(column, 0) > i:
                column += 1
            for taking in range(column, column + cell.colspan):
                taken[taking] = i + cell.rowspan
            column += cell.colspan
        missing = sum(1 for free in range(column, width) if taken.get(free, 0) <= i)
        row.extend(Cell([]) for _ in range(missing))
