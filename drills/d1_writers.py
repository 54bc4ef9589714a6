"""Drill D1: SQLite, with four processes of the web server and a worker that all write, for a minute.

Four editors save without a pause, a manager publishes, and the worker follows up, works out who is told, and writes
down each mail. Passes when nobody was told "locked", nothing that was saved is lost, mails went out meanwhile, and 99
of 100 saves took at most a second and a half. `python -m drills.d1_writers [SECONDS]`
"""

import json
import sys
import time
from dataclasses import replace
from pathlib import Path

from benchmarks import _site
from drills import _mailing
from drills._editors import Editor
from drills._verdict import verdict
from drills.mixed_load import publishing, working

PROCESSES, EDITORS, SUBSCRIBERS = 4, 4, 2_000
GOAL = 1.5


def main(seconds: float) -> int:
    with _site.scratch("sqlite") as made, _mailing.sink(Path(made.environ["VAR_DIR"])) as sink:
        folder = Path(made.environ["VAR_DIR"])
        environ = {
            "EMAIL_URL": f"smtp://127.0.0.1:{sink.port}",
            "REQUIRE_SECOND_FACTOR": "off",
            "WEB_PROCESSES": str(PROCESSES),
            "LOG_LEVEL": "WARNING",
            "ACCESS_LOG": "off",
        }
        site = replace(made, environ={**made.environ, **environ})
        people = json.loads(site.run("-m", "drills._day", "prepare", str(EDITORS), str(SUBSCRIBERS)))
        log = folder / "log"
        with (
            log.open("w") as said,
            _site.served(site.environ, "newsroom.wsgi:application", stderr=said) as web,
            working(site, stderr=said),
            publishing(site, folder) as done,
        ):
            editors = [Editor(web.port, person, every=0) for person in people]
            for editor in editors:
                editor.start()
            time.sleep(seconds)
            for editor in editors:
                editor.stop()
            for editor in editors:
                editor.join()
        told, out = json.loads(site.run("-m", "drills._day", "say")), done.read_text().split()
        locked, mails = log.read_text().count("locked"), sink.count()
    saved = [headline for editor in editors for headline in editor.saved]
    others = sum(number for one in editors for status, number in one.statuses.items() if status != "302")
    lost = len(set(saved) - set(told["saved"])) + len(set(out) - set(told["published"]))
    times = sorted(taken for editor in editors for taken in editor.times)
    p99 = times[int(len(times) * 0.99)]
    rows = [[len(saved), others, locked, lost, len(told["published"]), mails, p99, times[-1]]]
    _site.table(
        ["saved", "refused", "“locked”", "lost", "published", "mails", "p99 s", "slowest s"],
        rows,
    )
    passes = bool(saved and mails) and not (others or locked or lost) and p99 <= GOAL
    return verdict(passes, f"{len(saved)} saves, {locked} times “locked”, {mails} mails, p99 {p99:.2f} s")


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if sys.argv[1:] else 60))
