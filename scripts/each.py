"""Run every module of a folder (drills, benchmarks), one after the other, and end with a table of how each went.

`python scripts/each.py drills [NAME…]`: those whose names begin so. The figure of each is its last line.
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WORDS = ("PASS", "FAIL")
WIDEST = 110


@dataclass(frozen=True)
class Run:
    module: str
    passed: bool
    figure: str
    seconds: float

    def __str__(self) -> str:
        return f"{self.module:<20} {WORDS[not self.passed]} {self.seconds:>7.0f} s  {self.figure}"


def main(folder: str, *names: str) -> int:
    modules = sorted(
        path.stem for path in (ROOT / folder).glob("[!_]*.py") if path.stem.startswith(names or "")
    )
    if not modules:
        print(f"{folder}/ holds nothing to run of that name.")
    runs = []
    for module in modules:
        print(f"== {folder}/{module}", flush=True)
        runs.append(run(folder, module))
        print(f"   {runs[-1].seconds:.1f} s", flush=True)
    print("", *runs, sep="\n")
    return not all(one.passed for one in runs)


def run(folder: str, module: str) -> Run:
    """Show what it prints as it comes, and keep the last of it."""
    began, last = time.monotonic(), ""
    command = [sys.executable, "-m", f"{folder}.{module}"]
    environ = {**os.environ, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            print(line, end="", flush=True)
            last = line.strip() or last
    return Run(module, process.returncode == 0, figure_of(last), time.monotonic() - began)


def figure_of(line: str) -> str:
    """The last line of a drill, less the verdict: that is its exit's to give."""
    first, _, rest = line.partition(" ")
    return " ".join((rest if first in WORDS else line).split())[:WIDEST]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
