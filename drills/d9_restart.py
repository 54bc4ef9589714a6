"""Drill D9: the server is replaced and the worker is told to stop, while readers read and mail goes out.

The server three times in each way that docs/operations.md knows: SIGHUP (its processes), SIGUSR2 (a new version beside
the old one), SIGTERM to one process that serves, and stop and start again on a socket that somebody else holds open, as
systemd does. The worker in the midst of an alert, to a mail server that takes its time.

Passes when no request was dropped or failed, the worker was gone within ten seconds, no mail was left in anybody's
hands, and nobody got one twice. `python -m drills.d9_restart [ROUNDS]`
"""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import _site
from drills import _mailing
from drills._steady import Readers, Seen
from drills._verdict import verdict

RATE, STORIES, MAILS = 60, 200, 2_000
_WORKER = ("went in time", "FAILED")
#: Seconds in which the worker has to be gone, and for which the mail server thinks about each mail.
GONE, THINKS = 10.0, 0.05
#: Hands the socket on as systemd does: number 3, for the process that is about to be gunicorn.
HANDED_ON = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); "
    "os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS='1'); os.execv(sys.argv[2], sys.argv[2:])"
)


def main(rounds: int) -> int:
    failed, readers = False, list[Seen]()
    for vendor in _site.vendors():
        with _site.scratch(vendor) as site:
            site.run("-m", "benchmarks._archive", str(STORIES))
            readers += [_replaced(site, vendor, name, act, rounds) for name, act in ACTS.items()]
        failed |= _worker_stopped(vendor)
    dropped = sum(len(seen.dropped) + seen.faults for seen in readers)
    answers = sum(seen.answers[200] for seen in readers)
    read = all(seen.answers[200] >= RATE for seen in readers)
    longest = max(seen.longest for seen in readers)
    return verdict(
        not failed and not dropped and read,
        f"{dropped} of {answers + dropped:,} requests dropped or failed, longest {longest:.1f} s;"
        f" the worker {_WORKER[failed]}",
    )


class Web:
    """The newsroom's gunicorn on a socket that outlives it."""

    def __init__(self, site: _site.Scratch, listening: socket.socket) -> None:
        self.site, self.listening = site, listening
        self.pid_file = Path(site.environ["VAR_DIR"]) / "gunicorn.pid"
        self.process = self.start()

    @property
    def port(self) -> int:
        return int(self.listening.getsockname()[1])

    @property
    def master(self) -> int:
        """Its number stands in a file that SIGHUP and SIGUSR2 write anew: for a moment there is none."""
        _until(lambda: self.pid_file.exists() and bool(self.pid_file.read_text()))
        return int(self.pid_file.read_text())

    def start(self) -> subprocess.Popen[bytes]:
        there = self.listening.fileno()
        gunicorn = [str(Path(sys.executable).with_name("gunicorn")), "-c", "deploy/gunicorn.conf.py"]
        more = [f"--pid={self.pid_file}", "--log-level=error", "newsroom.wsgi"]
        command = [sys.executable, "-c", HANDED_ON, str(there), *gunicorn, *more]
        self.process = subprocess.Popen(
            command, cwd=_site.ROOT, env=self.site.environ, pass_fds=[there], start_new_session=True
        )
        self.master  # noqa: B018  (waits for it)
        return self.process

    def processes(self) -> list[int]:
        """Those that serve."""
        return [
            int(pid) for pid in Path(f"/proc/{self.master}/task/{self.master}/children").read_text().split()
        ]

    def stop(self) -> None:
        master = self.master
        os.kill(master, signal.SIGTERM)
        _until(lambda: not _lives(master))
        if self.process.poll() is None:
            self.process.wait()


def hang_up(web: Web) -> None:
    before = set(web.processes())
    os.kill(web.master, signal.SIGHUP)
    _until(lambda: before.isdisjoint(web.processes()))


def new_version(web: Web) -> None:
    before = web.master
    os.kill(before, signal.SIGUSR2)
    _until(lambda: not _lives(before) and web.master != before)


def one_process(web: Web) -> None:
    before = web.processes()[0]
    os.kill(before, signal.SIGTERM)
    _until(lambda: before not in web.processes())


def stop_and_start(web: Web) -> None:
    web.stop()
    web.start()


ACTS: dict[str, Callable[[Web], None]] = {
    "SIGHUP": hang_up,
    "SIGUSR2": new_version,
    "SIGTERM to one process": one_process,
    "stop and start, the socket kept": stop_and_start,
}


def _replaced(site: _site.Scratch, vendor: str, name: str, act: Callable[[Web], None], rounds: int) -> Seen:
    paths = ["/", *(f"/articles/story-{number}/" for number in range(0, STORIES, 10))]
    with _served(site) as web:
        with Readers(web.port, paths, rate=RATE) as seen:
            time.sleep(1)
            for _ in range(rounds):
                act(web)
                time.sleep(1)
        print(f"   {vendor}, {name}, {rounds} times: {seen}", flush=True)
    return seen


def _worker_stopped(vendor: str) -> bool:
    with _mailing.alerted(vendor, MAILS, delay=THINKS) as (site, server):
        worker = _mailing.worker(site)
        _mailing.wait_until_taken(server, MAILS // 20, seconds=60)
        told = time.monotonic()
        worker.terminate()
        worker.wait(timeout=60)
        seconds = time.monotonic() - told
        left = _mailing.states(site)
        worker = _mailing.worker(site)
        found = _mailing.wait_until_settled(site, seconds=60 + MAILS * THINKS)
        _mailing.end(worker)
        copies = _mailing.Copies.of(server.taken())
    held = left.get("sending", 0) + left.get("uncertain", 0)
    print(
        f"   {vendor}, worker: gone after {seconds:.1f} s, with {held} mails in its hands; "
        f"then {found}, {copies.recipients:,} recipients, {copies.doubled} of them twice",
        flush=True,
    )
    return seconds > GONE or bool(held) or copies.doubled > 0 or copies.recipients != MAILS


@contextmanager
def _served(site: _site.Scratch) -> Iterator[Web]:
    with socket.create_server(("127.0.0.1", _site.free_port()), backlog=1024) as listening:
        web = Web(site, listening)
        try:
            yield web
        finally:
            web.stop()


def _lives(pid: int) -> bool:
    """A process that ended but was not waited for yet (Z) does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _until(holds: Callable[[], bool], *, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            raise SystemExit("it did not come to that within a minute")
        time.sleep(0.05)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 3))
