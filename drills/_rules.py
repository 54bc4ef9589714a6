"""Reads deploy/alerts.yml, and says which of its rules a page of metrics fulfils.

Of Prometheus' language only the plainest: a number compared with another. A rule that asks for more (how fast a number
grows, say) is read for its names alone.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import yaml

FILE = Path(__file__).resolve().parent.parent / "deploy" / "alerts.yml"

_PLAIN = re.compile(r"(abs\()?(newsroom_\w+)\)? (>|==) ([\d.]+)")
_NAMES = re.compile(r"newsroom_\w+")


@dataclass(frozen=True)
class Rule:
    name: str
    expression: str
    lasting: timedelta

    @property
    def names(self) -> list[str]:
        return _NAMES.findall(self.expression)

    @property
    def is_plain(self) -> bool:
        return _PLAIN.fullmatch(self.expression) is not None

    def holds(self, numbers: dict[str, float]) -> bool:
        """Whether it holds now; it fires once it has held for `lasting`."""
        if (found := _PLAIN.fullmatch(self.expression)) is None or found[2] not in numbers:
            return False
        number, wanted = numbers[found[2]], float(found[4])
        number = abs(number) if found[1] else number
        return number > wanted if found[3] == ">" else number == wanted


def rules() -> list[Rule]:
    (group,) = yaml.safe_load(FILE.read_text())["groups"]
    return [
        Rule(rule["alert"], rule["expr"], timedelta(minutes=int(rule.get("for", "0m").removesuffix("m"))))
        for rule in group["rules"]
    ]


def numbers_of(text: str) -> dict[str, float]:
    """Those that have no labels."""
    lines = [line for line in text.splitlines() if line and line[0] != "#" and "{" not in line]
    return {name: float(value) for name, _, value in (line.partition(" ") for line in lines)}


def holding(text: str) -> set[str]:
    numbers = numbers_of(text)
    return {rule.name for rule in rules() if rule.holds(numbers)}
