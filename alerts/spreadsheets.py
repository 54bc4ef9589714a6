"""Cells for spreadsheets: a text that a program would take for a formula is written so that it is a text."""

from collections.abc import Iterable, Iterator
from csv import writer
from typing import Any

#: What begins a formula, or ends a cell early, in one program or another (OWASP, CSV injection); wide letters too.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_QUOTE = "'"


def safe(cell: object) -> str:
    """With an apostrophe before it, which spreadsheets show as text."""
    text = str(cell)
    return _QUOTE + text if text.lstrip().startswith(_DANGEROUS) or text.startswith(_DANGEROUS) else text


def plain(cell: str) -> str:
    """A cell as it was before `safe`."""
    return cell[1:] if cell.startswith(_QUOTE) and safe(cell[1:]) == cell else cell


def lines(rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Comma-separated lines one by one (RFC 4180), with the mark that tells Excel that they are UTF-8."""
    out = writer(_Echo())
    yield "\ufeff"
    for row in rows:
        yield out.writerow([safe(cell) for cell in row])


class _Echo:
    def write(self, line: str) -> Any:
        return line
