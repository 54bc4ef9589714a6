"""Drill D8: a site is upgraded from an earlier version to this one under load, and its code taken back again.

As docs/operations.md says: two releases, each with packages of its own, behind a link `current`; the database is
migrated under the old code, both versions serve it at once, the web server takes up the new version, and the old one
again. Readers ask fifty times a second all the while; somebody holds a transaction open; the new version is HEAD. The
database is a copy of a kept archive (benchmarks/_kept.py), migrated back to what the old version knows.

Passes when no answer was anything but the page, none was lost, and nobody waited for a lock for more than two seconds
(on SQLite: to write). `python -m drills.d8_upgrade [STORIES] [COMMIT]`: 100,000 stories, which are 1.7 million rows,
and the newest commit that knows fewer migrations.
"""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from benchmarks import _kept, _site
from benchmarks._site import ROOT
from drills._steady import Readers, Seen
from drills._verdict import verdict

RATE, LONGEST_LOCK, TOGETHER = 50, 2.0, 8.0
#: Fewer answers than that were no load.
FEWEST = 500
FOLDER = ROOT / "var" / "bench" / "releases"


def main(stories: int, commit: str) -> int:
    commit = commit or _before()
    with _release("old", commit) as old, _release("new", "HEAD") as new:
        done = [upgrade(vendor, old, new, stories, commit) for vendor in _site.vendors()]
    fewer, more = (len(_migrations(one)) for one in (commit, "HEAD"))
    print(f"   from {commit[:9]} with {fewer} migrations to {more}; {stories:,} stories")
    faults = sum(one.readers.faults + len(one.readers.dropped) for one in done)
    answers, longest = min(one.readers.answers[200] for one in done), max(one.lock for one in done)
    rows = min(one.rows for one in done)
    figure = f"{faults} of {answers:,} answers lost or none, longest wait for a lock {longest:.2f} s, {rows:,} rows"
    return verdict(faults == 0 and answers >= FEWEST and longest <= LONGEST_LOCK, figure)


@dataclass
class Done:
    readers: Seen
    lock: float
    rows: int


def upgrade(vendor: str, old: Path, new: Path, stories: int, commit: str) -> Done:
    current = FOLDER / "current"
    paths = ["/", "/articles/", *(f"/articles/story-{n}/" for n in range(0, stories, max(1, stories // 50)))]
    with _before_it(vendor, old, new, stories, commit) as environ:
        _leads_to(current, old)
        lock = Locks(environ["DATABASE_URL"])
        with _served(current, environ) as web, Readers(web.port, paths, rate=RATE) as seen, lock:
            time.sleep(2)
            migrated = _timed(new, environ, "manage.py", "migrate", "--verbosity=0")
            collected = _timed(new, environ, "manage.py", "collectstatic", "--no-input", "--verbosity=0")
            time.sleep(TOGETHER)
            with _served(new, environ) as other, Readers(other.port, paths, rate=RATE) as beside:
                time.sleep(TOGETHER)
            _leads_to(current, new)
            taken_up = web.take_up()
            time.sleep(2)
            _leads_to(current, old)
            taken_back = web.take_up()
            time.sleep(2)
    print(f"   {vendor}: migrated in {migrated:.1f} s, static files in {collected:.1f} s")
    print(f"   {vendor}: new version taken up in {taken_up:.1f} s, old code again in {taken_back:.1f} s")
    print(f"   {vendor}: longest wait for a lock {lock.longest:.2f} s")
    print(f"   {vendor}: {seen}")
    print(f"   {vendor}, the new version beside it: {beside}", flush=True)
    seen.answers += beside.answers
    seen.dropped += beside.dropped
    return Done(seen, lock.longest, _kept.made(vendor, stories)["rows"])


class Web:
    """A web server started through a link, so that it can start what the link leads to by then."""

    def __init__(self, at: Path, environ: dict[str, str]) -> None:
        self.port = _site.free_port()
        self.pid_file = Path(environ["VAR_DIR"]) / f"web-{self.port}.pid"
        python = at / ".venv" / "bin" / "python"
        command = [str(python), str(python.with_name("gunicorn")), "-c", "deploy/gunicorn.conf.py"]
        more = [f"--pid={self.pid_file}", "--log-level=error", "newsroom.wsgi"]
        # As a systemd unit does it; the shell's name for where it is decides what the next one is started from.
        given = {**environ, "PORT": str(self.port), "PWD": str(at)}
        self.process = subprocess.Popen([*command, *more], cwd=at, env=given, start_new_session=True)
        until = time.monotonic() + 60
        while not self.master and time.monotonic() < until:
            time.sleep(0.05)

    @property
    def master(self) -> int:
        with suppress(FileNotFoundError, ValueError):
            return int(self.pid_file.read_text())
        return 0

    def take_up(self) -> float:
        """Seconds until what `current` leads to serves alone."""
        began, before = time.monotonic(), self.master
        os.kill(before, signal.SIGUSR2)
        while self.master in (0, before):
            if time.monotonic() - began > 90:
                raise SystemExit("the new version does not take over")
            time.sleep(0.05)
        return time.monotonic() - began

    def stop(self) -> None:
        os.kill(self.master, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=5)
        while self.master:
            time.sleep(0.1)


class Locks(threading.Thread):
    """Asks again and again how long somebody has waited for a lock; holds a transaction open beside it."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url, self.longest, self._end = url, 0.0, threading.Event()

    def __enter__(self) -> "Locks":
        self.start()
        return self

    def __exit__(self, *fault: object) -> None:
        self._end.set()
        self.join()

    def run(self) -> None:
        if self.url.startswith("sqlite:"):
            self._writing(self.url.removeprefix("sqlite:///"))
        else:
            self._watching()

    def _writing(self, path: str) -> None:
        while not self._end.wait(0.1):
            connection = sqlite3.connect(path, timeout=30, isolation_level=None)
            began = time.monotonic()
            connection.execute("BEGIN IMMEDIATE")
            self.longest = max(self.longest, time.monotonic() - began)
            connection.rollback()
            connection.close()

    def _watching(self) -> None:
        waited = "extract(epoch FROM clock_timestamp() - waitstart)"
        # An index that is made or dropped in peace waits for transactions to end (virtualxid), with nobody behind it.
        behind = "NOT granted AND locktype <> 'virtualxid'"
        asked = f"SELECT coalesce(max({waited}), 0) FROM pg_locks WHERE {behind}"
        with psycopg.connect(self.url, autocommit=True) as watch, psycopg.connect(self.url) as reader:
            began = time.monotonic()
            while not self._end.wait(0.05):
                (seconds,) = watch.execute(asked).fetchone() or (0,)
                self.longest = max(self.longest, float(seconds))
                reader.execute("SELECT 1 FROM articles_edition LIMIT 1")
                if time.monotonic() - began > 4:
                    reader.rollback()
                    began = time.monotonic()


@contextmanager
def _release(name: str, commit: str) -> Iterator[Path]:
    """A version as it was committed, with its packages."""
    folder = FOLDER / name
    _git("worktree", "prune")
    shutil.rmtree(folder, ignore_errors=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    _git("worktree", "add", "--detach", "--force", str(folder), commit)
    try:
        uv, venv = str(ROOT / ".tools" / "bin" / "uv"), folder / ".venv"
        subprocess.run([uv, "venv", "-q", "--python", sys.executable, str(venv)], check=True)
        wanted = ["--require-hashes", str(folder / "requirements.txt")]
        subprocess.run(
            [uv, "pip", "sync", "-q", "--python", str(venv / "bin" / "python"), *wanted], check=True
        )
        yield folder
    finally:
        _git("worktree", "remove", "--force", str(folder))


@contextmanager
def _before_it(vendor: str, old: Path, new: Path, stories: int, commit: str) -> Iterator[dict[str, str]]:
    """A newsroom of the old version, with its tables and, by its own last word, its triggers."""
    with _kept.copied(vendor, stories) as site:
        for app, last in _last_known(commit).items():
            _manage(new, site.environ, "manage.py", "migrate", "--verbosity=0", app, last)
        _manage(old, site.environ, "manage.py", "migrate", "--verbosity=0")
        _manage(old, site.environ, "manage.py", "collectstatic", "--no-input", "--verbosity=0")
        yield site.environ


@contextmanager
def _served(at: Path, environ: dict[str, str]) -> Iterator[Web]:
    web = Web(at, environ)
    try:
        yield web
    finally:
        web.stop()


def _manage(release: Path, environ: dict[str, str], *arguments: str) -> None:
    subprocess.run(
        [str(release / ".venv" / "bin" / "python"), *arguments], cwd=release, env=environ, check=True
    )


def _timed(release: Path, environ: dict[str, str], *arguments: str) -> float:
    began = time.monotonic()
    _manage(release, environ, *arguments)
    return time.monotonic() - began


def _leads_to(link: Path, release: Path) -> None:
    """Change where it leads in one step: there is never none."""
    following = link.with_name("following")
    following.unlink(missing_ok=True)
    following.symlink_to(release)
    following.replace(link)


def _before() -> str:
    """The newest commit that knows fewer migrations."""
    now = _migrations("HEAD")
    for commit in _git("rev-list", "--first-parent", "HEAD").split():
        if _migrations(commit) < now:
            return commit
    raise SystemExit("no earlier version has fewer migrations: is this a whole clone?")


def _last_known(commit: str) -> dict[str, str]:
    """Of each app that has migrations the commit does not know: its last one there, or `zero`."""
    known, more = _migrations(commit), _migrations("HEAD") - _migrations(commit)
    return {app: max((name for one, name in known if one == app), default="zero") for app, _ in sorted(more)}


def _migrations(commit: str) -> set[tuple[str, str]]:
    paths = _git("ls-tree", "-r", "--name-only", commit)
    return set(re.findall(r"^(?:\w+/)*(\w+)/migrations/(0\w+)\.py$", paths, re.MULTILINE))


def _git(*words: str) -> str:
    return subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(int(given[0]) if given else 100_000, given[1] if len(given) > 1 else ""))
