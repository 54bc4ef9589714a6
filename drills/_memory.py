"""How much memory processes take as time goes by, and whether that grows."""

import os
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import linear_regression, median

EACH = 2.0
PAGE = os.sysconf("SC_PAGE_SIZE")


class Memory(threading.Thread):
    """Looks every other second at what all of these take together. `processes` says which they are now."""

    def __init__(self, processes: Callable[[], Iterable[int]]) -> None:
        super().__init__(daemon=True)
        self.processes = processes
        self.times: list[float] = []
        self.megabytes: list[float] = []
        self._done = threading.Event()

    def stop(self) -> None:
        self._done.set()
        self.join()

    def run(self) -> None:
        while not self._done.wait(EACH):
            self.times.append(time.monotonic())
            self.megabytes.append(sum(map(resident, self.processes())))

    def a_minute(self) -> float:
        """Megabytes that came to it each minute in the second half."""
        half = len(self.times) // 2
        return 60 * linear_regression(self.times[half:], self.megabytes[half:]).slope

    def growth(self) -> float:
        """From the second quarter to the last, as a share: in the first everything is loaded."""
        quarter = max(1, len(self.megabytes) // 4)
        return median(self.megabytes[-quarter:]) / median(self.megabytes[quarter : 2 * quarter]) - 1


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
