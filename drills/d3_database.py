"""Drill D3: PostgreSQL is restarted, crashes and stays away, under a hundred requests a second; a cluster of its own.

Passes when every request was answered within five seconds, by a page or by 503 with a Retry-After of at most five;
pages are back within five seconds of the database; and the worker, the same process, goes on by itself. Where one
process serves, which was asked for every page before, each of those has to be answered by the page; of several, one may
not have made a page yet.
`python -m drills.d3_database [SECONDS AWAY]`
"""

import http.client
import re
import subprocess
import sys
import time
from collections.abc import Callable
from random import Random
from typing import Any, NamedTuple

from benchmarks import _site
from drills._cluster import Cluster, cluster
from drills._public import Readers, ask
from drills._verdict import verdict

RATE, STORIES = 100, 200
PATIENCE = 5.0
BEAT = 30.0
HEADS = [
    *("what", "answers", "200", "503", "503 for kept", "others", "dropped", "no Retry-After"),
    *("slowest s", "back after s"),
]
KEPT = HEADS.index("503 for kept")


def main(away: float) -> int:
    acts: dict[str, Callable[[Cluster], float]] = {
        "restart": lambda one: gone(one, "fast", 0),
        "crash": lambda one: gone(one, "immediate", 0),
        f"away {away:g} s": lambda one: gone(one, "fast", away),
    }
    with cluster() as server, _site.scratch("postgresql", server=server.url) as site:
        site.run("-m", "benchmarks._archive", str(STORIES))
        environ = {**site.environ, "LOG_LEVEL": "CRITICAL"}
        worker = subprocess.Popen([sys.executable, "manage.py", "worker"], cwd=_site.ROOT, env=environ)
        try:
            several = rows_of(server, environ, acts)
            one = rows_of(server, {**environ, "WEB_PROCESSES": "1"}, acts)
            beats = several.beats and one.beats and worker.poll() is None
        finally:
            worker.terminate()
            worker.wait(timeout=60)
    _site.table(HEADS, [*several.rows, *one.rows])
    rows = several.rows + one.rows
    good = all(others == dropped == silent == 0 for *_, others, dropped, silent, _, _ in rows)
    kept = sum(row[KEPT] for row in one.rows)
    slowest, back = max(row[-2] for row in rows), max(row[-1] for row in rows)
    passes = good and not kept and slowest <= PATIENCE and back <= PATIENCE and beats
    words = (
        f"slowest answer {slowest:.1f} s, back after {back:.1f} s, {kept} kept pages not given,"
        f" worker {'goes on' if beats else 'is gone'}"
    )
    return verdict(passes, words)


class Rows(NamedTuple):
    rows: list[list[Any]]
    beats: bool


def rows_of(server: Cluster, environ: dict[str, str], acts: dict[str, Callable[[Cluster], float]]) -> Rows:
    """Serve, and do each act; whether the worker was heard of afterwards."""
    processes = environ.get("WEB_PROCESSES") or "as usual"
    with _site.served(environ, "newsroom.wsgi:application") as web:
        rows = [
            [f"{name}, processes: {processes}", *under_load(server, web.port, act)]
            for name, act in acts.items()
        ]
        return Rows(rows, wait_for_beat(web.port))


def gone(server: Cluster, mode: str, seconds: float) -> float:
    """Stop the database so, and have it back after a while; when it was."""
    server.stop(mode)
    time.sleep(seconds)
    server.start()
    return time.monotonic()


def under_load(server: Cluster, port: int, act: Callable[[Cluster], float]) -> list[Any]:
    for path in ["/", *(f"/articles/story-{number}/" for number in range(STORIES))]:
        ask(port, path)
    with Readers(port, some_path, rate=RATE) as load:
        time.sleep(3)
        returned = act(server)
        time.sleep(10)
    answers, statuses = load.answers, load.statuses()
    others = sum(number for status, number in statuses.items() if status not in (200, 503))
    silent = sum(answer.status == 503 and not 0 < answer.retry_after <= 5 for answer in answers)
    failed = [answer.at + answer.seconds for answer in answers if answer.status == 503]
    back = max(0.0, max(failed, default=0.0) - returned)
    kept = sum(answer.status == 503 and not answer.path.startswith("/search/") for answer in answers)
    numbers = [len(answers), statuses[200], statuses[503], kept, others, len(load.dropped), silent]
    return [*numbers, round(load.slowest(), 2), round(back, 2)]


def some_path(dice: Random) -> str:
    """Pages that were read before, and searches that nobody made before."""
    article = f"/articles/story-{dice.randrange(STORIES)}/"
    return dice.choice([article, "/", f"/search/?q=council+{dice.random()}"])


def wait_for_beat(port: int) -> bool:
    """Whether the worker is heard of within half a minute of the database's return."""
    until = time.monotonic() + BEAT
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/metrics")
        text = connection.getresponse().read().decode()
        age = re.search(r"^newsroom_worker_heartbeat_age_seconds (\S+)$", text, re.MULTILINE)
        if age and float(age[1]) < 5:
            return True
        time.sleep(1)
    return False


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if sys.argv[1:] else 10))
