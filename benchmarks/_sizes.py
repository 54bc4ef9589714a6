"""Measures the same on archives of every size, on every database, and lays the figures beside each other."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from benchmarks import _kept, _site
from benchmarks._site import SIZES, Scratch

#: By database, by number of stories.
type Figures = dict[str, dict[int, Any]]


def measured(measure: Callable[[Scratch], Any]) -> Figures:
    """Give the figures of every archive; one that is missing is made first."""
    figures: Figures = {}
    for vendor in _site.vendors():
        figures[vendor] = {}
        for stories in SIZES:
            with _kept.lent(vendor, stories) as archive:
                figures[vendor][stories] = measure(archive)
    return figures


def measured_inside(module: str) -> Figures:
    """The same by a module that, told to, measures inside an archive and prints its figures as JSON."""
    return measured(lambda archive: json.loads(archive.run("-m", f"benchmarks.{module}", "inside")))


def grown(
    figures: dict[int, dict[str, Any]], of: Callable[[Any], float], *more: tuple[str, Callable[[Any], Any]]
) -> None:
    """Print a row a name: a figure for each size, the largest as a multiple of the first, and more of the largest."""
    sizes = sorted(figures)
    largest = figures[sizes[-1]]
    heads = ["", *(f"{size:,}" for size in sizes), "growth", *(head for head, _ in more)]
    rows = []
    for name, last in largest.items():
        found = [of(figures[size][name]) for size in sizes]
        growth = f"{found[-1] / found[0]:.2f}" if found[0] else "–"
        rows.append([name, *found, growth, *(value(last) for _, value in more)])
    _site.table(heads, rows)


def beside(figures: dict[int, dict[str, float]]) -> None:
    """Print a row a name, with its figure for each size."""
    sizes = sorted(figures)
    rows = [[name, *(figures[size][name] for size in sizes)] for name in figures[sizes[-1]]]
    _site.table(["", *(f"{size:,}" for size in sizes)], rows)


def beyond(figures: Figures, most: Callable[[str, Any], str]) -> Iterable[str]:
    """What `most` says of a name and its figure, wherever it says anything."""
    for vendor, sizes in figures.items():
        for size, rows in sizes.items():
            for name, row in rows.items():
                if said := most(name, row):
                    yield f"{vendor}, {size:,} stories: {name} {said}"
