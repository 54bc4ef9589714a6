"""A small load generator: a few connections kept alive, each asking as soon as it was answered.

It shares the machine with the server and costs it about 20 µs a request, so beside requests a second it reports
the server's own processor time a request, which the load cannot distort.
"""

import multiprocessing
import os
import random
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from benchmarks._site import Server

CONNECTIONS = 8
PATIENCE = 60.0
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Load:
    requests: int
    seconds: float
    cpu_seconds: float
    slowest: float

    @property
    def a_second(self) -> float:
        return self.requests / self.seconds

    @property
    def cpu_milliseconds(self) -> float:
        return 1000 * self.cpu_seconds / self.requests


def press(server: Server, paths: list[str], *, seconds: float) -> Load:
    """Ask for `paths` at random for so long."""
    before = cpu_seconds(server.pid)
    jobs = [_askers().submit(_ask_on, seed, server.port, paths, seconds) for seed in range(CONNECTIONS)]
    done = [job.result(timeout=seconds + PATIENCE) for job in jobs]
    return Load(
        requests=sum(count for count, _ in done),
        seconds=seconds,
        cpu_seconds=cpu_seconds(server.pid) - before,
        slowest=max(slowest for _, slowest in done),
    )


@cache
def _askers() -> ProcessPoolExecutor:
    """Keep the processes that ask, one a connection, for the whole run."""
    return ProcessPoolExecutor(CONNECTIONS, mp_context=multiprocessing.get_context("forkserver"))


def cpu_seconds(process: int) -> float:
    """Add up what a process and its children have used; 0 where there is no /proc."""
    return sum(map(_used, [process, *_children(process)]))


def _used(process: int) -> float:
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0
    return (int(fields[11]) + int(fields[12])) / TICKS


def _children(process: int) -> Iterator[int]:
    path = Path(f"/proc/{process}/task/{process}/children")
    if path.exists():
        yield from map(int, path.read_text().split())


def _ask_on(seed: int, port: int, paths: list[str], seconds: float) -> tuple[int, float]:
    order = random.Random(seed)
    asked = [f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode() for path in paths]
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.settimeout(30)
        count, slowest = 0, 0.0
        until = time.perf_counter() + seconds
        while (began := time.perf_counter()) < until:
            connection.sendall(asked[order.randrange(len(asked))])
            _read(connection)
            slowest = max(slowest, time.perf_counter() - began)
            count += 1
    return count, slowest


def _read(connection: socket.socket) -> None:
    """Read one answer, and refuse anything but a 200 with its length."""
    got = _more(connection)
    while (end := got.find(b"\r\n\r\n")) < 0:
        got += _more(connection)
    if not got.startswith(b"HTTP/1.1 200"):
        raise RuntimeError(got[:200].decode(errors="replace"))
    head = got[:end].lower()
    at = head.index(b"content-length:") + 15
    missing = int(head[at : head.find(b"\r", at) if b"\r" in head[at:] else None]) - (len(got) - end - 4)
    while missing > 0:
        missing -= len(_more(connection))


def _more(connection: socket.socket) -> bytes:
    if not (got := connection.recv(262144)):
        raise ConnectionError("the server hung up")
    return got
