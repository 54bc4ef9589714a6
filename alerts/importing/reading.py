"""Reads a spreadsheet as programs save it: commas, semicolons or tabs, with or without a byte-order mark."""

import codecs
import csv
import io
from collections.abc import Iterator
from typing import IO, NamedTuple

from alerts.spreadsheets import plain

COLUMNS = ("address", "follows", "frequency", "consented_at", "how")
#: Lines of one file, and letters of one cell.
MOST, LONGEST = 50_000, 2_000
_LONGEST_LINE = 100_000
_A_CHUNK = 64 * 1024


class Unreadable(ValueError):
    """Nothing of the file can be taken, and the sentence that says why."""


class Line(NamedTuple):
    """`number` is the line's in the file, as a spreadsheet counts them."""

    number: int
    cells: dict[str, str]


def lines(file: IO[bytes]) -> Iterator[Line]:
    """Give the lines below the columns' names one by one; raise Unreadable. The file stays open."""
    text = io.TextIOWrapper(file, _encoding(file), newline="")
    try:
        yield from _lines(text)
    except csv.Error as fault:
        raise Unreadable(f"The file is no table: {fault}.") from fault
    except UnicodeError as fault:
        raise Unreadable("Some letters of the file cannot be read. Save it as “CSV UTF-8”.") from fault
    finally:
        text.detach()


def _lines(text: io.TextIOWrapper) -> Iterator[Line]:
    head = _short(text.readline())
    between = max(",;\t", key=head.count)
    names = [
        name.strip().casefold().replace(" ", "_") for name in next(csv.reader([head], delimiter=between), [])
    ]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise Unreadable(f"The first line has to name the columns. Missing: {', '.join(missing)}.")
    rows = csv.reader(_without_nul(text), delimiter=between)
    found = 0
    for row in rows:
        if not any(cell.strip() for cell in row):
            continue
        found += 1
        if found > MOST:
            raise Unreadable(
                f"The file has more than {MOST:,} lines. Divide it: each part can be imported by itself."
            )
        cells = zip(names, [plain(cell.strip())[:LONGEST] for cell in row], strict=False)
        yield Line(rows.line_num + 1, dict(cells))


def _without_nul(text: io.TextIOWrapper) -> Iterator[str]:
    for line in text:
        yield _short(line).replace("\0", "")


def _short(line: str) -> str:
    """The line, unless taking it apart would take all of the memory there is."""
    if len(line) > _LONGEST_LINE:
        raise Unreadable(f"The file is no table: a line has more than {_LONGEST_LINE:,} letters.")
    return line


def _encoding(file: IO[bytes]) -> str:
    """UTF-8 or UTF-16 by their marks; else UTF-8 if it is, and what Excel writes on Windows if not."""
    file.seek(0)
    start = file.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        found = "utf-16"
    else:
        file.seek(0)
        found = "utf-8-sig" if _is_utf8(file) else "cp1252"
    file.seek(0)
    return found


def _is_utf8(file: IO[bytes]) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        while chunk := file.read(_A_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
