"""How much memory processes take as time goes by, and whether that grows."""

import os
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import linear_regression

EACH = 2.0
PAGE = os.sysconf("SC_PAGE_SIZE")


class Memory(threading.Thread):
    """Looks every other second at what all of these take together. `processes` says which they are now."""

    def __init__(self, processes: Callable[[], Iterable[int]]) -> None:
        super().__init__(daemon=True)
        self.processes = processes
        self.times: list[float] = []
        self.megabytes: list[float] = []
        #: Of each process, at those times at which it was there.
        self.of_each: dict[int, tuple[list[float], list[float]]] = {}
        self._done = threading.Event()

    def stop(self) -> None:
        self._done.set()
        self.join()

    def run(self) -> None:
        while not self._done.wait(EACH):
            now, found = time.monotonic(), {process: resident(process) for process in self.processes()}
            self.times.append(now)
            self.megabytes.append(sum(found.values()))
            for process, megabytes in found.items():
                times, sizes = self.of_each.setdefault(process, ([], []))
                times.append(now)
                sizes.append(megabytes)

    def a_minute(self) -> float:
        """Megabytes that came to all of it each minute in the second half: in the first everything is loaded."""
        half = len(self.times) // 2
        return slope(self.times[half:], self.megabytes[half:])

    def at_each_minute(self) -> list[float]:
        return self.megabytes[:: round(60 / EACH)]

    def each_a_minute(self) -> dict[int, tuple[float, float]]:
        """The same of each process that was there all that time; and how many megabytes it had at last."""
        since = self.times[len(self.times) // 2]
        found = {}
        for process, (times, sizes) in self.of_each.items():
            first = sum(at < since for at in times)
            if times[0] <= since and times[-1] == self.times[-1]:
                found[process] = (slope(times[first:], sizes[first:]), sizes[-1])
        return found


def slope(times: list[float], megabytes: list[float]) -> float:
    return 60 * linear_regression(times, megabytes).slope


def resident(process: int) -> float:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE / 1e6
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def children(process: int) -> list[int]:
    try:
        return [int(pid) for pid in Path(f"/proc/{process}/task/{process}/children").read_text().split()]
    except FileNotFoundError:
        return []
