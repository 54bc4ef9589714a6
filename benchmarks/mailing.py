"""Mails a second: an alert handed over by one worker to a mail server that takes 3 ms for each.

`python -m benchmarks.mailing [MAILS]`
"""

import sys
from pathlib import Path

from benchmarks import _site
from drills import _mailing

MAILS = 10_000
SERVER_SECONDS = 0.003
#: Sixty seconds for ten thousand.
GOAL = 10_000 / 60


def main(mails: int) -> int:
    figures = {vendor: measure(vendor, mails) for vendor in _site.vendors()}
    heads = ["database", "mails", "seconds", "a second", "worker's CPU s", "worker's RSS MB"]
    _site.table(heads, [[vendor, *row.values()] for vendor, row in figures.items()])
    _site.keep("mailing", figures)
    slowest = min(row["a_second"] for row in figures.values())
    print(f"   at least {slowest:,.0f} mails a second (goal {GOAL:,.0f})")
    return slowest < GOAL


def measure(vendor: str, mails: int) -> dict[str, float]:
    """From the worker's start to the last mail, its start included."""
    with _mailing.alerted(vendor, mails, delay=SERVER_SECONDS) as (site, server):
        worker = _mailing.worker(site)
        try:
            seconds = _mailing.wait_until_taken(server, mails, seconds=mails)
            cpu, rss = _spent(worker.pid)
        finally:
            _mailing.end(worker)
        found = _mailing.states(site)
    if found != {"accepted": mails}:
        raise SystemExit(f"{vendor}: not all were accepted: {found}")
    return {
        "mails": mails,
        "seconds": round(seconds, 1),
        "a_second": round(mails / seconds, 1),
        "cpu_seconds": round(cpu, 1),
        "rss_mb": round(rss / 1e6, 1),
    }


def _spent(pid: int) -> tuple[float, float]:
    """Seconds of the processor, and the most bytes of memory, that a process has had."""
    import os

    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    seconds = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return seconds, int(line.split()[1]) * 1024
    return seconds, 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else MAILS))
