"""Readers who go on asking, so many times a second, and note when, how long and with what each was answered."""

import http.client
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

READERS = 20


@dataclass(frozen=True)
class Answer:
    at: float
    seconds: float
    status: int
    retry_after: int
    path: str


def ask(port: int, path: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    began = time.monotonic()
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
    finally:
        connection.close()
    wait = int(answer.headers.get("Retry-After", 0))
    return Answer(began, time.monotonic() - began, answer.status, wait, path)


class Readers:
    """`path` makes up what one asks for next."""

    def __init__(self, port: int, path: Callable[[Random], str], *, rate: float) -> None:
        self.port, self.path, self.pause = port, path, READERS / rate
        self.answers: list[Answer] = []
        self.dropped: list[str] = []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._read, args=(seed,)) for seed in range(READERS)]

    def __enter__(self) -> "Readers":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def statuses(self) -> Counter[int]:
        return Counter(answer.status for answer in self.answers)

    def slowest(self, share: float = 1.0) -> float:
        """Seconds in which that share of the answers came."""
        times = sorted(answer.seconds for answer in self.answers)
        return times[min(int(len(times) * share), len(times) - 1)] if times else 0.0

    def _read(self, seed: int) -> None:
        dice, due = Random(seed), time.monotonic()
        while not self._stop.wait(max(0.0, due - time.monotonic())):
            # Who was kept waiting makes up for a second of it, not for all.
            due = max(due + self.pause, time.monotonic() - 1)
            try:
                self.answers.append(ask(self.port, self.path(dice)))
            except (OSError, http.client.HTTPException) as fault:
                self.dropped.append(repr(fault))
