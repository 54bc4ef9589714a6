"""Whether a table says what its rows and columns are."""

from collections.abc import Iterator

from articles.body.document import Block, Table, within
from articles.body.faults import Fault, mark
from articles.body.text import shortened, words


def table_faults(blocks: list[Block]) -> Iterator[Fault]:
    """Tables without a header cell (WCAG 2.2, 1.3.1). Those for looks alone do not outlive the cleaner."""
    for block in within(blocks):
        if isinstance(block, Table) and not any(cell.header for row in block.rows for cell in row):
            first = words(block).partition("\n")[0]
            quote = shortened(" ".join(first.split()), 80)
            sentence = (
                f"The table “{quote}” has no header cells: make its first row, or first column, headers."
            )
            yield Fault("table_headers", sentence, mark(first), quote)
