"""The outline of a body: whether its crossheads make sense to somebody who moves from heading to heading."""

import re
from dataclasses import dataclass

_HEADING = re.compile(r"<h([23])\b[^>]*>(.*?)</h\1>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class OutlineFault:
    """One thing wrong with the crossheads, and the name of the rule."""

    rule: str
    sentence: str


def outline_faults(html: str) -> list[OutlineFault]:
    """Faults in a cleaned body's crossheads (WCAG 2.2, 1.3.1 and 2.4.6). The headline is the h1 above them."""
    level, faults = 1, []
    for number, inner in _HEADING.findall(html):
        if int(number) > level + 1:
            words = " ".join(_TAG.sub("", inner).split())
            sentence = f"The crosshead “{words}” is a level too deep: put a main crosshead before it."
            faults.append(OutlineFault("heading_order", sentence))
        level = int(number)
    return faults
