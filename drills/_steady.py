"""Readers who go on asking, evenly, while something is done to the server; what they got, and what they did not.

Half of them keep their connection, as a proxy does; the others come anew each time. One more of each kind is slow: it
sends half of its request, and the rest a second later.
"""

import http.client
import random
import socket
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from types import TracebackType

READERS = 10
HOST = "127.0.0.1"
#: Seconds. On a machine that has too much to do a server may take half a minute to start; that drops nobody.
PATIENCE = 120


@dataclass
class Seen:
    answers: Counter[int] = field(default_factory=Counter)
    #: Requests that got no answer, each with what came instead.
    dropped: list[str] = field(default_factory=list)
    longest: float = 0.0

    @property
    def faults(self) -> int:
        """Answers that no reader should get: whatever is asked for is there."""
        return sum(number for status, number in self.answers.items() if status != 200)

    def __str__(self) -> str:
        total = sum(self.answers.values())
        answers = ", ".join(f"{number:,} x {status}" for status, number in sorted(self.answers.items()))
        reasons = "".join(f"; {reason}" for reason in sorted(set(self.dropped)))
        return f"{total:,} answers ({answers}), {len(self.dropped)} dropped{reasons}, longest {self.longest:.2f} s"


class Readers:
    """`with Readers(port, paths, rate=50) as seen: …`; `seen` is complete after the block."""

    def __init__(self, port: int, paths: list[str], *, rate: float) -> None:
        self.port, self.paths = port, paths
        self.pause = READERS / rate
        self.seen = Seen()
        self._stop, self._lock = threading.Event(), threading.Lock()
        self._threads = [
            threading.Thread(target=self._read, args=(number, number % 2 == 0)) for number in range(READERS)
        ]
        self._threads.append(threading.Thread(target=self._read_slowly))

    def __enter__(self) -> Seen:
        for thread in self._threads:
            thread.start()
        return self.seen

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _read(self, seed: int, keeps: bool) -> None:
        order = random.Random(seed)
        connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        due = time.monotonic() + order.random() * self.pause
        while not self._stop.wait(max(0.0, due - time.monotonic())):
            due += self.pause
            with _Noted(self.seen, self._lock) as note:
                connection.request("GET", order.choice(self.paths))
                answer = connection.getresponse()
                answer.read()
                note.status = answer.status
            if not keeps or note.status == 0:
                connection.close()

    def _read_slowly(self) -> None:
        head = f"GET {self.paths[0]} HTTP/1.1\r\nHost: {HOST}\r\n".encode()
        while not self._stop.is_set():
            with (
                _Noted(self.seen, self._lock, patient=1) as note,
                socket.create_connection((HOST, self.port)) as slow,
            ):
                slow.settimeout(PATIENCE)
                slow.sendall(head)
                time.sleep(1)
                slow.sendall(b"Connection: close\r\n\r\n")
                answer = http.client.HTTPResponse(slow)
                answer.begin()
                answer.read()
                note.status = answer.status


class _Noted:
    """Writes down what became of one request; a connection that breaks is a request dropped."""

    def __init__(self, seen: Seen, lock: threading.Lock, *, patient: float = 0) -> None:
        self.seen, self.lock, self.patient, self.status = seen, lock, patient, 0

    def __enter__(self) -> "_Noted":
        self.began = time.monotonic()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> bool:
        with self.lock:
            self.seen.longest = max(self.seen.longest, time.monotonic() - self.began - self.patient)
            if isinstance(fault, OSError | http.client.HTTPException):
                self.seen.dropped.append(repr(fault)[:120])
                return True
            self.seen.answers[self.status] += 1
        return False
