"""Run every module of a folder (drills, benchmarks), one after the other, and say which of them failed."""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main(folder: str) -> int:
    modules = sorted(path.stem for path in (ROOT / folder).glob("[!_]*.py"))
    if not modules:
        print(f"{folder}/ holds nothing to run yet.")
    failed = []
    for module in modules:
        print(f"== {folder}/{module}", flush=True)
        started = time.monotonic()
        done = subprocess.run([sys.executable, "-m", f"{folder}.{module}"], cwd=ROOT, check=False)
        print(f"   {time.monotonic() - started:.1f} s", flush=True)
        if done.returncode:
            failed.append(module)
    if failed:
        print(f"Failed: {', '.join(failed)}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
