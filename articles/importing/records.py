"""Reads JSON Lines of articles, one record a line, and says plainly what is wrong with a bad one."""

import gzip
import json
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

FORMATS = ("md", "text", "html")
LONGEST_TITLE = 200
LONGEST_LINE = 20_000_000  # characters


class BadRecord(ValueError):
    """A record that cannot be taken in; the message says why."""


@dataclass(frozen=True)
class Record:
    """An article as its source gave it."""

    source: str
    licence: str
    path: str
    title: str
    date: str
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    summary: str
    format: str
    body: str


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """The numbered lines of a file, plain or gzipped, without the empty ones."""
    with _opened(path) as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                yield number, line


def parse(line: str) -> Record:
    """Read one line. Raises BadRecord."""
    if len(line) > LONGEST_LINE:
        raise BadRecord("the record is too large")
    try:
        said = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadRecord(f"this is not JSON: {error}") from error
    if not isinstance(said, dict):
        raise BadRecord("a record is a JSON object")
    record = Record(
        source=_text(said, "source", needed=True, longest=100),
        licence=_text(said, "licence", longest=200),
        path=_text(said, "path", needed=True, longest=500),
        title=_text(said, "title", needed=True),
        date=_text(said, "date"),
        authors=_list(said, "authors"),
        topics=_list(said, "topics"),
        summary=_text(said, "summary"),
        format=_text(said, "format", needed=True),
        body=_text(said, "body"),
    )
    if record.format not in FORMATS:
        raise BadRecord(f"“format” is {record.format!r}; known are {', '.join(FORMATS)}")
    return record


def _opened(path: Path) -> AbstractContextManager[IO[str]]:
    # A line that is not UTF-8 is one bad record, not the end of the run
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8", errors="surrogateescape")
    return path.open(encoding="utf-8", errors="surrogateescape")


def _text(said: dict[str, Any], name: str, *, needed: bool = False, longest: int | None = None) -> str:
    value = said.get(name)
    if value is None:
        value = ""
    if not isinstance(value, str):
        raise BadRecord(f"“{name}” is not text")
    if needed and not value.strip():
        raise BadRecord(f"“{name}” is missing")
    if longest and len(value) > longest:
        raise BadRecord(f"“{name}” is longer than {longest} characters")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise BadRecord(f"“{name}” is not valid UTF-8") from error
    return value.replace("\x00", "")


def _list(said: dict[str, Any], name: str) -> tuple[str, ...]:
    value = said.get(name) or []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BadRecord(f"“{name}” is not a list of texts")
    cleaned = (" ".join(item.replace("\x00", "").split()) for item in value)
    return tuple(dict.fromkeys(item for item in cleaned if item))
