"""Knows how numbers are written for Prometheus.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from newsroom.counting import Family

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(frozen=True)
class Gauge:
    """A number as it is now."""

    name: str
    words: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


def of_gauges(gauges: Iterable[Gauge]) -> Iterator[str]:
    for gauge in gauges:
        yield from _head(gauge.name, gauge.words, "gauge")
        yield f"{gauge.name}{_braced(gauge.labels)} {written(gauge.value)}\n"


def of_families(families: Iterable[Family]) -> Iterator[str]:
    for family in families:
        yield from _head(family.name, family.words, family.kind)
        for ending, labels, value in family.samples():
            yield f"{family.name}{ending}{_braced(labels)} {written(value)}\n"


def written(value: float) -> str:
    return "+Inf" if value == float("inf") else f"{value:.15g}"


def _head(name: str, words: str, kind: str) -> Iterator[str]:
    yield f"# HELP {name} {words}\n# TYPE {name} {kind}\n"


def _braced(labels: Mapping[str, str]) -> str:
    """Every label is a word of ours, so none needs escaping."""
    inside = ",".join(f'{name}="{value}"' for name, value in labels.items())
    return f"{{{inside}}}" if inside else ""
