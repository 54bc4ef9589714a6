"""Runs of marked text in their one canonical form: merged, spaced, and split where a writer left an empty line."""

from collections.abc import Iterable

from articles.body.characters import spaced
from articles.body.document import BREAK, Run


def paragraphs(runs: Iterable[Run]) -> list[list[Run]]:
    """Split at two or more line breaks, as old HTML and Word write paragraphs; leave out what is empty."""
    found: list[list[Run]] = [[]]
    for line in _lines(runs):
        if line:
            found[-1] += [BREAK, *line] if found[-1] else line
        elif found[-1]:
            found.append([])
    return [part for part in found if part]


def one_line(runs: Iterable[Run], *, without: str = "") -> list[Run]:
    """Put everything on one line, with the mark `without` taken off."""
    plain = [Run(" ") if run == BREAK else Run(run.text, run.marks - {without}, run.href) for run in runs]
    return _tidy(plain)


def text_of(runs: Iterable[Run]) -> str:
    return "".join(run.text for run in runs)


def without_start(runs: list[Run], length: int) -> list[Run]:
    """Drop the first `length` characters."""
    for i, run in enumerate(runs):
        if length < len(run.text):
            return [run._replace(text=run.text[length:]), *runs[i + 1 :]]
        length -= len(run.text)
    return []


def _lines(runs: Iterable[Run]) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for run in runs:
        if run == BREAK:
            lines.append([])
        else:
            lines[-1].append(run)
    return [_tidy(line) for line in lines]


def _tidy(runs: list[Run]) -> list[Run]:
    """Canonical runs of one line: white space at an edge belongs to the marks that both sides share."""
    tidied: list[Run] = []
    gap = False
    for text, marks, href in _merged(runs):
        words = spaced(text)
        core = words.strip()
        if not core:
            gap = gap or bool(words)
            continue
        run = Run(core, marks, href)
        if tidied and (gap or not words.startswith(core[0])):
            tidied.append(_space_between(tidied[-1], run))
        tidied.append(run)
        gap = not words.endswith(core[-1])
    return _merged(tidied)


def _space_between(left: Run, right: Run) -> Run:
    return Run(" ", left.marks & right.marks, left.href if left.href == right.href else "")


def _merged(runs: Iterable[Run]) -> list[Run]:
    merged: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        if merged and merged[-1][1:] == run[1:]:
            merged[-1] = Run(merged[-1].text + run.text, run.marks, run.href)
        else:
            merged.append(run)
    return merged
