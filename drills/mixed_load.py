"""Twenty minutes of a newsroom's day at once, on a stack as deployed, on SQLite and on a PostgreSQL of its own.

Readers and searches, editors who save on the desk, a publication every ten seconds, and an alert of each to every
reader. In between the worker is killed (and started again, as systemd would), and PostgreSQL is restarted.

Passes when no public page was answered with 5xx or not at all, every save and publication that was acknowledged is
there, every reader was sent every alert once, and memory stays flat: in the second half less than half a megabyte a
minute comes to all processes together. Three minutes of many more readers go before, so that what is bounded is full.
What leaks more slowly, twenty minutes do not show.
`python -m drills.mixed_load [MINUTES [sqlite|postgresql]]`
"""

import json
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import IO, Any

from benchmarks import _site
from benchmarks._site import Scratch
from drills import _mailing
from drills._cluster import Cluster, cluster
from drills._editors import Editor
from drills._memory import Memory, children
from drills._public import Readers
from drills._verdict import verdict

STORIES, SUBSCRIBERS, EDITORS = 3000, 200, 4
#: Requests a second of readers; seconds between two saves of one editor, and between two publications.
RATE, SAVING, PUBLISHING = 20.0, 2.0, 10.0
#: When, as a share of the time, the worker is killed and the database restarted: before memory is measured, as new
#: processes and connections take some.
KILLED, RESTARTED = 0.2, 0.4
#: Megabytes a minute that are flat, of all processes together.
FLAT = 0.5
#: Megabytes of pages that a process keeps, and kilobytes of the database that each connection of the worker does on
#: SQLite (else 64, and 20 MB): few, so that they are full in minutes. What is kept for the first time would look like
#: a leak for an hour, and hide one.
PAGES, CACHED, TOPICS = 4, 1000, 200
#: Requests a second, and seconds of them, before the day begins: they fill what is remembered of lines, feeds and
#: templates (articles/remembering.py), which the day alone does not do in an hour.
FILLING, FILLED = 200.0, 180
#: Seconds without a mail that leaves, after which those that are left count as lost.
SETTLING = 300


def main(minutes: float, vendors: list[str]) -> int:
    rows, passes = [], True
    for vendor in vendors:
        row, fine = day(vendor, minutes * 60)
        rows.append([vendor, *row, "passes" if fine else "FAILS"])
        passes = passes and fine
    _site.table(HEADS, rows)
    return verdict(
        passes, f"{minutes:g} minutes of mixed load: {', '.join(f'{row[0]} {row[-1]}' for row in rows)}"
    )


HEADS = [
    *("database", "pages", "5xx", "dropped", "p99 s", "saves", "lost", "published", "lost", "mails", "lost"),
    *("doubled", "MB", "MB/min", "verdict"),
]


def day(vendor: str, seconds: float) -> tuple[list[object], bool]:
    with ExitStack() as stack:
        server = stack.enter_context(cluster()) if vendor == "postgresql" else None
        made = stack.enter_context(_site.scratch(vendor, **({"server": server.url} if server else {})))
        folder = Path(made.environ["VAR_DIR"])
        sink = stack.enter_context(_mailing.sink(folder, delay=0.003))
        environ = {
            "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
            "MAIL_ACCEPTED_URL": sink.answers,
            "REQUIRE_SECOND_FACTOR": "off",
            "LOG_LEVEL": "CRITICAL",
            "PAGE_CACHE_MB": str(PAGES),
            "SQLITE_CACHE_KB": str(CACHED),
        }
        site = replace(made, environ={**made.environ, **environ})
        site.run("-m", "benchmarks._archive", str(STORIES))
        people = json.loads(site.run("-m", "drills._day", "prepare", str(EDITORS), str(SUBSCRIBERS)))
        web = stack.enter_context(_site.served(site.environ, "newsroom.wsgi:application"))
        with Readers(web.port, some_path, rate=FILLING) as first:
            time.sleep(FILLED)
        with working(site) as workers, publishing(site, folder) as done:
            memory = Memory(lambda: [web.pid, *children(web.pid), *workers])
            memory.start()
            editors = [Editor(web.port, person, every=SAVING) for person in people]
            with Readers(web.port, some_path, rate=RATE) as readers:
                for editor in editors:
                    editor.start()
                disturb(seconds, workers, server)
                for editor in editors:
                    editor.stop()
            for editor in editors:
                editor.join()
            memory.stop()
        with working(site):
            told = settled(site)
        tell_of_each(memory, {web.pid: "master", **dict.fromkeys(children(web.pid), "web")})
        return judged([first, readers], editors, done, told, sink, memory)


def some_path(dice: Random) -> str:
    """Half articles, a third lists and feeds, the rest searches, most of which nobody made before."""
    kind, topic = dice.random(), dice.randrange(TOPICS)
    if kind < 0.5:
        return f"/articles/story-{int(STORIES * dice.random() ** 3)}/"
    if kind < 0.65:
        return dice.choice(["/", "/articles/", "/sections/health/", "/feeds/latest.rss", "/news-sitemap.xml"])
    if kind < 0.8:
        return f"/topics/topic-{topic}/{dice.choice(['', 'feed.rss'])}"
    return f"/search/?q={dice.choice(['council', 'records', 'health'])}+{dice.randrange(300)}"


@contextmanager
def working(site: Scratch, *, stderr: IO[str] | None = None) -> Iterator[list[int]]:
    """A worker that is started again whenever it ends; its number in the list."""
    done, pids = threading.Event(), list[int]()

    def keep() -> None:
        while not done.is_set():
            one = _mailing.worker(site, lease=10, pause=1, stderr=stderr)
            pids[:] = [one.pid]
            while one.poll() is None and not done.wait(0.2):
                pass
            if one.poll() is None:
                _mailing.end(one)

    thread = threading.Thread(target=keep)
    thread.start()
    try:
        yield pids
    finally:
        done.set()
        thread.join()


@contextmanager
def publishing(site: Scratch, folder: Path) -> Iterator[Path]:
    """A newsroom that publishes; what is out stands in the file."""
    done = folder / "published.txt"
    done.touch()
    command = [sys.executable, "-m", "drills._day", "publish", str(PUBLISHING), str(done)]
    process = subprocess.Popen(command, cwd=_site.ROOT, env=site.environ)
    try:
        yield done
    finally:
        process.terminate()
        process.wait()


def disturb(seconds: float, workers: list[int], server: Cluster | None) -> None:
    """Let it run for so long; kill and restart at their times."""
    time.sleep(seconds * KILLED)
    subprocess.run(["kill", f"-{signal.SIGKILL:d}", str(workers[0])], check=True)
    print(f"   worker killed after {seconds * KILLED:.0f} s", flush=True)
    time.sleep(seconds * (RESTARTED - KILLED))
    if server is not None:
        print(f"   database restarted: away for {server.restart():.1f} s", flush=True)
    time.sleep(seconds * (1 - RESTARTED))


def settled(site: Scratch) -> dict[str, Any]:
    """What is there once every alert has been worked out and sent."""
    until, before = time.monotonic() + SETTLING, -1
    while True:
        told: dict[str, Any] = json.loads(site.run("-m", "drills._day", "say"))
        ended = sum(number for state, number in told["mails"].items() if state in _mailing.ENDS)
        if ended != before:
            until, before = time.monotonic() + SETTLING, ended
        if (ended >= told["owed"] and not told["to work out"]) or time.monotonic() > until:
            return told
        time.sleep(3)


def tell_of_each(memory: Memory, names: dict[int, str]) -> None:
    print(
        f"   MB of all at each minute: {', '.join(f'{megabytes:.0f}' for megabytes in memory.at_each_minute())}"
    )
    for process, (a_minute, at_last) in memory.each_a_minute().items():
        print(f"   {names.get(process, 'worker')}: {at_last:.0f} MB at last, {a_minute:+.2f} MB a minute")


def judged(
    readers: list[Readers],
    editors: list[Editor],
    done: Path,
    told: dict[str, Any],
    sink: _mailing.Sink,
    memory: Memory,
) -> tuple[list[object], bool]:
    answers = [answer for some in readers for answer in some.answers]
    dropped = [fault for some in readers for fault in some.dropped]
    statuses = Counter(answer.status for answer in answers)
    faults = sum(number for status, number in statuses.items() if status >= 500)
    acknowledged = done.read_text().split()
    unpublished = set(acknowledged) - set(told["published"])
    saves = [headline for editor in editors for headline in editor.saved]
    unsaved = set(saves) - set(told["saved"])
    undone = [one for one in editors if one.saved and not {one.saved[-1], *one.unanswered} & set(told["now"])]
    copies = Counter(mail.name for mail in sink.taken())
    lost = told["owed"] - told["mails"].get("accepted", 0)
    doubled = sum(number > 1 for number in copies.values())
    adds_up = len(copies) == told["owed"] == sum(told["mails"].values())
    failed = Counter(answer.path.partition("?")[0] for answer in answers if answer.status >= 500)
    print(f"   5xx: {failed.most_common(5) or 'none'}")
    print(f"   pages {dict(statuses)}, saves {dict(sum((one.statuses for one in editors), Counter()))}")
    print(f"   mails owed {told['owed']}, taken by the server {len(copies)}, in the books {told['mails']}")
    print(f"   dropped: {Counter(dropped).most_common(3)}; slowest page {readers[-1].slowest():.1f} s")
    row = [
        *(len(answers), faults, len(dropped), round(readers[-1].slowest(0.99), 2)),
        *(len(saves), len(unsaved) + len(undone), len(acknowledged), len(unpublished)),
        *(len(copies), lost, doubled, round(memory.megabytes[-1]), round(memory.a_minute(), 2)),
    ]
    nothing_lost = not (unpublished or unsaved or undone or lost or doubled) and adds_up
    happened = bool(saves and acknowledged and statuses[200])
    return row, happened and nothing_lost and not faults and not dropped and memory.a_minute() <= FLAT


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(float(given[0]) if given else 20, given[1:] or ["sqlite", "postgresql"]))
