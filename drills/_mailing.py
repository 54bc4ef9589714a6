"""A mail server, an alert to many readers and a worker that sends it, for the drills and the benchmark of mail."""

import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from benchmarks import _site
from benchmarks._site import ROOT, Scratch

#: No mail of these can still become something else.
ENDS = {"accepted", "uncertain", "suppressed", "failed", "cancelled"}


@dataclass(frozen=True)
class Taken:
    """One mail that the server accepted."""

    name: str
    to: str
    at: float


@dataclass(frozen=True)
class Sink:
    """The mail server: what it took is in `log`, a line a mail, whatever becomes of it."""

    port: int
    answers: str
    log: Path
    process: subprocess.Popen[str]

    def taken(self, to: str = "reader") -> list[Taken]:
        """What it took for those whose addresses begin like this."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        mails = [Taken(name, recipient, float(at)) for name, recipient, at in (x.split("\t") for x in lines)]
        return [mail for mail in mails if mail.to.startswith(to)]

    def count(self) -> int:
        """How many it took for readers: staff are told of the story too."""
        return self.log.read_bytes().count(b"\treader") if self.log.exists() else 0


@dataclass(frozen=True)
class Copies:
    """How often each recipient got the mail."""

    recipients: int
    doubled: int
    most: int
    #: The most Message-IDs that one recipient got.
    names: int

    @classmethod
    def of(cls, taken: list[Taken]) -> "Copies":
        copies = Counter(mail.to for mail in taken)
        names: dict[str, set[str]] = defaultdict(set)
        for mail in taken:
            names[mail.to].add(mail.name)
        return cls(
            len(copies),
            sum(number > 1 for number in copies.values()),
            max(copies.values(), default=0),
            max(map(len, names.values()), default=0),
        )


@contextmanager
def sink(folder: Path, *, port: int = 0, **flags: float) -> Iterator[Sink]:
    """Serve, in a process of its own; what an earlier one took in this folder stays in the log."""
    port, answers, log = port or _site.free_port(), _site.free_port(), folder / "taken.log"
    words = [f"--{name}={value}" for name, value in {"answers-port": answers, **flags}.items()]
    command = [sys.executable, "-m", "tests.mailserver", f"--port={port}", f"--log={log}", *words]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        process.stdout.readline()
        yield Sink(port, f"http://127.0.0.1:{answers}/accepted/{{message_id}}", log, process)
    finally:
        process.kill()
        process.wait()


@contextmanager
def alerted(vendor: str, recipients: int, **flags: float) -> Iterator[tuple[Scratch, Sink]]:
    """A newsroom whose readers are owed one alert, and the server it is sent by."""
    with _site.scratch(vendor) as made, sink(Path(made.environ["VAR_DIR"]), **flags) as server:
        site = replace(made, environ={**made.environ, "EMAIL_URL": f"smtp://127.0.0.1:{server.port}"})
        inside(site, "prepare", recipients)
        yield site, server


def inside(site: Scratch, what: str, *arguments: object) -> str:
    """Do something of `drills._alerted` there."""
    return site.run("-m", "drills._alerted", what, *map(str, arguments))


def worker(
    site: Scratch,
    *,
    lease: float = 120,
    pause: float = 45,
    ahead: float = 0,
    stderr: IO[str] | None = None,
    **environ: str,
) -> subprocess.Popen[bytes]:
    """One worker: seconds of its lease and of its first pause, and how far its clock is ahead."""
    command = [sys.executable, "-m", "drills._alerted", "work", *map(str, (lease, pause, ahead))]
    return subprocess.Popen(command, cwd=ROOT, env={**site.environ, **environ}, stderr=stderr)


def end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(timeout=60)


def states(site: Scratch) -> dict[str, int]:
    """How many of the alert's mails are in which state."""
    words = inside(site, "states").split()
    return {name: int(number) for name, number in (word.split("=") for word in words)}


def wait_until_taken(server: Sink, number: int, *, seconds: float) -> float:
    """Until the server took so many mails; how long that was."""
    started = time.monotonic()
    while time.monotonic() - started < seconds and server.count() < number:
        time.sleep(0.05)
    return time.monotonic() - started


def wait_until_settled(site: Scratch, *, seconds: float) -> dict[str, int]:
    """Until no mail waits, or is in anybody's hands; what became of them."""
    until = time.monotonic() + seconds
    while (found := states(site)).keys() - ENDS and time.monotonic() < until:
        time.sleep(3)
    return found
