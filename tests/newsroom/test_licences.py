"""Whatever runs in production may be used, changed and passed on under a BSD licence."""

import re
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent.parent

PERMISSIVE = re.compile(
    r"\b(MIT|BSD|ISC|Apache|PSF|Python Software Foundation|MPL|Mozilla|HPND|MIT-CMU|LGPL|Lesser General"
    r"|Unlicense|Zlib|0BSD|CC0)\b",
    re.IGNORECASE,
)
STRONG = re.compile(r"\b(A?GPL|Affero|(?<!Lesser )General Public)\b", re.IGNORECASE)

# Looked at one by one: what the package says of itself is missing or unclear.
REVIEWED: dict[str, str] = {}


def runtime() -> list[str]:
    lines = (ROOT / "requirements.txt").read_text().splitlines()
    wanted = [Requirement(line.rstrip(" \\")) for line in lines if re.match(r"[a-z]", line)]
    return [one.name for one in wanted if one.marker is None or one.marker.evaluate()]


def licence(name: str) -> str:
    about = metadata.metadata(name)
    classifiers = [line for line in about.get_all("Classifier") or () if line.startswith("License ::")]
    return about.get("License-Expression") or "; ".join(classifiers) or (about.get("License") or "")[:100]


@pytest.mark.parametrize("name", runtime())
class TestEachDependency:
    def test_has_a_licence_that_asks_nothing_of_our_own(self, name):
        found = REVIEWED.get(name) or licence(name)
        assert PERMISSIVE.search(found), f"{name}: {found!r}"
        assert not STRONG.search(found), f"{name}: {found!r}"
