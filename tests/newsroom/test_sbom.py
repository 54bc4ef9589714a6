"""Drill E20, the supply chain: whatever is installed is pinned, hashed, and named in the bill of materials."""

from pathlib import Path

import pytest

from scripts.sbom import components

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.mark.parametrize("path", sorted(ROOT.glob("requirements*.txt")), ids=lambda path: path.stem)
def test_each_package_has_one_version_and_the_hashes_of_its_files(path):
    found = components(path.read_text())
    assert len(found) == sum(line[:1].isalnum() for line in path.read_text().splitlines())
    for one in found:
        assert one["purl"] == f"pkg:pypi/{one['name']}@{one['version']}"
        assert one["version"][0].isdigit()
        assert one["properties"]


def test_django_is_there_with_its_licence():
    (django,) = [
        one for one in components((ROOT / "requirements.txt").read_text()) if one["name"] == "django"
    ]
    assert django["licenses"] == [{"expression": "BSD-3-Clause"}]
