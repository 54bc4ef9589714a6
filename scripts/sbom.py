"""Write a bill of materials of pinned, hashed requirements, as CycloneDX 1.6 in JSON: what, which version, which files.

`python scripts/sbom.py requirements.txt …`. It asks nobody: all stands in the files, licences in what is installed.
"""

import json
import re
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


def main(files: list[str]) -> None:
    found = {one["purl"]: one for file in files for one in components(Path(file).read_text())}
    about = {"type": "application", "name": "newsroom", "licenses": [{"license": {"id": "BSD-3-Clause"}}]}
    made = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": about},
        "components": sorted(found.values(), key=lambda one: one["purl"]),
    }
    print(json.dumps(made, indent=1))


def components(text: str) -> list[dict[str, Any]]:
    """One for each requirement of a file that `uv pip compile --generate-hashes` wrote."""
    found = []
    for entry in re.split(r"\n(?=[a-z0-9])", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE)):
        if not entry.strip():
            continue
        wanted = Requirement(entry.split(" \\")[0].strip())
        name, version = canonicalize_name(wanted.name), str(wanted.specifier).removeprefix("==")
        hashes = re.findall(r"--hash=sha256:([0-9a-f]{64})", entry)
        found.append(
            {
                "type": "library",
                "name": name,
                "version": version,
                "purl": f"pkg:pypi/{name}@{version}",
                **_licence(name),
                # Of each file that may be installed: source and built ones.
                "properties": [{"name": "newsroom:sha256", "value": one} for one in hashes],
            }
        )
    return found


def _licence(name: str) -> dict[str, Any]:
    try:
        said = metadata.metadata(name).get("License-Expression")
    except metadata.PackageNotFoundError:  # for another system or Python than this
        return {}
    return {"licenses": [{"expression": said}]} if said else {}


if __name__ == "__main__":
    main(sys.argv[1:])
