"""Drill D2: kill -9 the whole application (web server, worker, whoever publishes) twenty times in 500 saves and
publications.

Passes when on each database, after every kill, the database is whole, no story is half published, and nothing of what
was acknowledged to an editor or a publisher is missing. `python -m drills.d2_killed [KILLS [DATABASE]]`.
tests/newsroom/test_killed.py is it small.
"""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import django

from benchmarks import _site
from benchmarks._site import ROOT, Scratch
from drills._editors import Editor
from drills._verdict import verdict

KILLS, A_ROUND, EDITORS = 20, 25, 4
SAVING, PUBLISHING = 0.1, 0.2
#: Seconds that a round may take to get so far.
PATIENCE = 600
MODULE, LOOK = "drills.d2_killed", "look"
HEADS = ["database", "kills", "saved", "published", "lost saves", "lost publications", "half", "damaged", ""]


def main(kills: int, vendors: list[str]) -> int:
    rows = [run(vendor, kills) for vendor in vendors]
    _site.table(HEADS, rows)
    done = sum(int(str(row[2])) + int(str(row[3])) for row in rows)
    return verdict(
        all(row[-1] == "passes" for row in rows),
        f"{kills} kills on each database in {done} saves and publications",
    )


def run(vendor: str, kills: int) -> list[object]:
    with _site.scratch(vendor) as made:
        site = replace(
            made, environ={**made.environ, "REQUIRE_SECOND_FACTOR": "off", "LOG_LEVEL": "CRITICAL"}
        )
        folder, port, order = Path(site.environ["VAR_DIR"]), _site.free_port(), random.Random(2)
        people = json.loads(site.run("-m", "drills._day", "prepare", str(EDITORS), "0"))
        editors = [Editor(port, person, every=SAVING) for person in people]
        damaged = 0
        for number in range(kills):
            app = _started(site, port, folder / f"published-{number}.txt")
            if number == 0:
                for editor in editors:
                    editor.start()
            _wait_for(editors, folder, (number + 1) * A_ROUND)
            time.sleep(order.uniform(0, 1))
            for process in app:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
            damaged += _is_damaged(site)
        app = _started(site, port, folder / "published-last.txt")
        for editor in editors:
            editor.stop()
        for editor in editors:
            editor.join()
        for process in app:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        out = _published(folder)
        told = json.loads(site.run("-m", MODULE, LOOK))
    saves = [headline for editor in editors for headline in editor.saved]
    lost = [len(set(saves) - set(told["saved"])), len(set(out) - set(told["published"]))]
    wrong = [*lost, len(told["half"]), damaged]
    for words in told["half"][:5]:
        print(f"   {words}")
    return [vendor, kills, len(saves), len(out), *wrong, "FAILS" if any(wrong) else "passes"]


def _started(site: Scratch, port: int, published: Path) -> list[subprocess.Popen[bytes]]:
    """The web server, a worker, and somebody who publishes as fast as it goes; each in a group of its own."""
    environ = {**site.environ, "PORT": str(port)}
    commands = [
        [
            "-m",
            "gunicorn",
            "-c",
            "deploy/gunicorn.conf.py",
            "--log-level=critical",
            "newsroom.wsgi:application",
        ],
        ["manage.py", "worker"],
        ["-m", MODULE, "publish", str(published)],
    ]
    return [
        subprocess.Popen([sys.executable, *words], cwd=ROOT, env=environ, start_new_session=True)
        for words in commands
    ]


def _wait_for(editors: list[Editor], folder: Path, number: int) -> None:
    until = time.monotonic() + PATIENCE
    while sum(len(editor.saved) for editor in editors) + len(_published(folder)) < number:
        if time.monotonic() > until:
            raise SystemExit(f"only {sum(len(one.saved) for one in editors)} saves went through")
        time.sleep(0.1)


def _published(folder: Path) -> list[str]:
    return [line for path in folder.glob("published-*.txt") for line in path.read_text().split()]


def _is_damaged(site: Scratch) -> bool:
    """PostgreSQL was not killed; of SQLite, whoever opens it next has to put it in order."""
    if site.vendor != "sqlite":
        return False
    with closing(sqlite3.connect(Path(site.environ["VAR_DIR"]) / "newsroom.sqlite3", timeout=30)) as raw:
        told = [row[0] for row in raw.execute("PRAGMA integrity_check")]
    if told != ["ok"]:
        print(f"   {told[0]}")
    return told != ["ok"]


def publish(published: str) -> None:
    """Until killed. A line is written when the publication is out, as an answer would be."""
    from django.utils import timezone

    from tests.newsdesk import hire
    from tests.newsdesk import published as take_through

    cast = hire()
    while True:
        slug = f"out-{time.time_ns()}"
        take_through(cast, now=timezone.now(), headline=f"Out {slug}", slug=slug)
        with Path(published).open("a") as file:
            file.write(f"{slug}\n")
        time.sleep(PUBLISHING)


def look() -> None:
    """What is there, and what of it is not whole."""
    print(json.dumps({"saved": saved(), "published": there(), "half": half()}))


def saved() -> list[str]:
    from articles.models import Revision

    return [row.as_dict()["headline"] for row in Revision.objects.filter(story__headline__startswith="Desk ")]


def there() -> list[str]:
    from articles.models import Edition

    return list(Edition.objects.values_list("slug", flat=True))


def half() -> list[str]:
    """Editions that lack what is written with them, and whatever the record says of itself."""
    from articles.desk.verification import parts
    from articles.models import Edition, EditionTag

    out = Edition.objects.filter(removal_kind="").exclude(origin=Edition.Origin.IMPORTED)
    lacking = [
        f"{slug} has no rendering" for slug in out.filter(rendering=None).values_list("slug", flat=True)
    ]
    lacking += [
        f"{edition.slug} is not listed under its topics"
        for edition in out
        if len(edition.topics) != EditionTag.objects.filter(edition=edition).count()
    ]
    return lacking + [str(finding) for part in parts() for finding in part.verify()]


if __name__ == "__main__":
    if sys.argv[1:2] in (["look"], ["publish"]):
        django.setup()
        look() if sys.argv[1] == LOOK else publish(sys.argv[2])
        sys.exit(0)
    given = sys.argv[1:]
    sys.exit(main(int(given[0]) if given else KILLS, given[1:] or _site.vendors()))
