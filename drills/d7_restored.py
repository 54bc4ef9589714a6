"""Drill D7: a newsroom of 100,000 stories is backed up while it is written to, and brought back on a bare machine.

Passes when every table of the copy is as it was at the moment of the backup, every picture is there and whole, the copy
sends no mail before a person lifts the fence and all of it after that, and restoring took at most fifteen minutes. On
each database. `python -m drills.d7_restored [STORIES [DATABASE]]`; tests/newsroom/backups/test_restore.py is it small.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path

import django
from django.utils import timezone

from benchmarks import _kept, _site
from benchmarks._site import ROOT, Scratch
from drills import _mailing
from drills._verdict import verdict
from tests import template

STORIES = 100_000
MOST_SECONDS = 15 * 60
MAILS = 3
WRITE, LOOK = "write", "look"
MODULE = "drills.d7_restored"
HEADS = [
    "database",
    "stories",
    "backup s",
    "again s",
    "restore s",
    "MB",
    "saves meanwhile",
    "wrong",
    "mails",
    "",
]


def main(stories: int, vendors: list[str]) -> int:
    rows = [run(vendor, stories) for vendor in vendors]
    _site.table(HEADS, rows)
    taken = ", ".join(f"{row[4]:.0f} s on {row[0]}" for row in rows)
    mails = " and ".join(str(row[-2]) for row in rows)
    passes = all(row[-1] == "passes" for row in rows)
    return verdict(passes, f"{stories:,} stories restored in {taken}; mails: {mails}")


def run(vendor: str, stories: int) -> list[object]:
    with tempfile.TemporaryDirectory() as folder, _kept.copied(vendor, stories) as site:
        _mailing.inside(site, "prepare", MAILS)
        shelf, server_folder = Path(folder) / "backups", Path(folder) / "mail"
        server_folder.mkdir()
        first, saves = _backed_up(site, shelf)
        again, _ = _backed_up(site, shelf)
        size = sum(path.stat().st_size for path in max(shelf.glob("2*")).rglob("*") if path.is_file())
        with _bare(site, Path(folder)) as bare, _mailing.sink(server_folder) as server:
            copy = replace(bare, environ={**bare.environ, "EMAIL_URL": f"smtp://127.0.0.1:{server.port}"})
            restored = _timed(copy, "restore", str(shelf))
            wrong = copy.run("-m", MODULE, LOOK, str(max(shelf.glob("2*")))).strip()
            # Not for so many seconds: a slow machine's worker may not have come to its mails by then.
            copy.run("manage.py", "worker", "--once")
            before = server.count()
            copy.run("manage.py", "mail", "lift")
            after = _mails_after_a_worker(copy, server, seconds=60)
    good = (wrong, before, after) == ("nothing", 0, MAILS) and saves > 0 and restored <= MOST_SECONDS
    mails = f"{before} fenced, {after} lifted"
    judged = "passes" if good else "FAILS"
    return [vendor, stories, first, again, restored, size // 1_000_000, saves, wrong, mails, judged]


def _backed_up(site: Scratch, shelf: Path) -> tuple[float, int]:
    """Seconds, and how many saves went through meanwhile."""
    command = [sys.executable, "-m", MODULE, WRITE]
    writer = subprocess.Popen(command, cwd=ROOT, env=site.environ, stdout=subprocess.PIPE, text=True)
    assert writer.stdout
    writer.stdout.readline()
    seconds = _timed(site, "backup", str(shelf))
    writer.send_signal(signal.SIGTERM)
    written, _ = writer.communicate(timeout=60)
    return seconds, int(re.findall(r"\d+", written)[-1])


def _timed(site: Scratch, *command: str) -> float:
    began = time.monotonic()
    site.run("manage.py", *command)
    return round(time.monotonic() - began, 1)


@contextmanager
def _bare(site: Scratch, folder: Path) -> Iterator[Scratch]:
    """A machine that has the code and its settings, and nothing else."""
    var = folder / "bare"
    environ = {**site.environ, "VAR_DIR": str(var)}
    if site.vendor == "sqlite":
        yield Scratch(site.vendor, {**environ, "DATABASE_URL": f"sqlite:///{var}/newsroom.sqlite3"})
        return
    with template.empty(_site.POSTGRESQL, f"newsroom_bare_{os.getpid()}") as url:
        yield Scratch(site.vendor, {**environ, "DATABASE_URL": url})


def _mails_after_a_worker(site: Scratch, server: _mailing.Sink, *, seconds: float) -> int:
    worker = subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=ROOT, env=site.environ)
    try:
        _mailing.wait_until_taken(server, MAILS, seconds=seconds + 10)
    finally:
        _mailing.end(worker)
    return server.count()


def write() -> None:
    """Save a draft again and again until told to stop; say how often."""
    from accounts.models import User
    from tests.newsdesk import change, draft, hire

    editor = User.objects.filter(role="editor").first() or hire().editor
    story = draft(editor)
    print("writing", flush=True)
    going = [True]
    signal.signal(signal.SIGTERM, lambda *_: going.clear())
    for number in count(1):
        if not going:
            print(number - 1)
            return
        change(story, by=editor, now=timezone.now(), headline=f"Version {number}")


def look(folder: Path) -> None:
    """Say which tables hold something else than the backup says, but for what is changed on purpose."""
    from django.db import connection

    from newsroom.backups import manifest, media, tables

    changed = {"alerts_stop", "articles_rendition", "articles_workerbeat", "django_session"}
    told = manifest.read(folder)
    rows = [
        one
        for one in tables.differences(told.tables, tables.held(connection))
        if one.split()[0] not in changed
    ]
    stored = Path(os.environ["VAR_DIR"]) / "media"
    listed = media.read_list(folder)
    files = [
        name
        for name, known in listed.items()
        if not (stored / name).is_file() or media.hash_of(stored / name) != known
    ]
    none = (
        []
        if listed and told.tables["articles_edition"].rows
        else ["the backup holds no picture or no edition"]
    )
    print("; ".join([*rows, *files, *none]) or "nothing")


if __name__ == "__main__":
    if sys.argv[1:2] and sys.argv[1] in (WRITE, LOOK):
        django.setup()
        write() if sys.argv[1] == WRITE else look(Path(sys.argv[2]))
        sys.exit(0)
    given = sys.argv[1:]
    sys.exit(main(int(given[0]) if given else STORIES, given[1:] or _site.vendors()))
