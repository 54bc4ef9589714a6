"""Drill A3: kill -9 the worker between a publication and its fan-out, and at twenty points inside it.

Passes when, on each database, the recipients of every story are those who followed it at the moment it was published,
each once. `python -m drills.a3_fan_out [READERS]`
"""

import signal
import subprocess
import sys

from benchmarks import _site

#: The follow-up's transaction, then each stretch of recipients twice: before it is committed, and after.
POINTS = 20
MODULE = "drills._fan_out"


def main(readers: str = "10000") -> int:
    failed = 0
    for vendor in _site.vendors():
        with _site.scratch(vendor) as site:
            site.run("-m", MODULE, "hire", readers)
            told = [killed_at(site, point) for point in range(1, POINTS + 1)]
        wrong = [one for one in told if "nothing wrong" not in one]
        print(
            f"   {vendor}: {readers} readers, killed at {POINTS} points; {told[0]}, {wrong or 'at each'}",
            flush=True,
        )
        failed += bool(wrong)
    return bool(failed)


def killed_at(site: _site.Scratch, point: int) -> str:
    """Have the worker killed at a point of telling of the story of that number; start another, and judge."""
    environ = {**site.environ, "DEBUG": "on", "NEWSROOM_FAILPOINT": f"fan_out:{point}"}
    killed = subprocess.run([sys.executable, "-m", MODULE, "work"], cwd=_site.ROOT, env=environ, check=False)
    told = site.run("-m", MODULE, "end", str(point)).strip()
    return told if killed.returncode == -signal.SIGKILL else f"point {point} was never reached"


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
