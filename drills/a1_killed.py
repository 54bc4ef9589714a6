"""Drill A1: kill -9 the worker at fifty random points of an alert to ten thousand.

On each database, in each way of settling doubt. Passes when nobody is missed, nobody gets more copies than allowed,
and every copy has the same Message-ID: `resend` may double one mail a kill and connection; `hold` none, and says of
the others that they are uncertain; where the mail server can be asked, everybody gets exactly one.

`python -m drills.a1_killed [MAILS [KILLS]]`
"""

import random
import signal
import sys
import time

from benchmarks import _site
from drills import _mailing
from drills._mailing import Copies, Sink

SERVER_SECONDS = 0.003
LEASE = 10.0
CONNECTIONS = 2
MODES = ("resend", "hold", "queryable")


def main(mails: int, kills: int) -> int:
    rows = [[vendor, mode, *run(vendor, mode, mails, kills)] for vendor in _site.vendors() for mode in MODES]
    heads = [
        "database",
        "mode",
        "lost",
        "doubled",
        "most copies",
        "names each",
        "uncertain",
        "kills",
        "verdict",
    ]
    _site.table(heads, rows)
    return any(row[-1] != "passes" for row in rows)


def run(vendor: str, mode: str, mails: int, kills: int) -> list[object]:
    with _mailing.alerted(vendor, mails, delay=SERVER_SECONDS) as (site, server):
        settings = {"MAIL_CONNECTIONS": str(CONNECTIONS)}
        if mode == "queryable":
            settings["MAIL_ACCEPTED_URL"] = server.answers
        else:
            settings["MAIL_UNCERTAIN"] = mode
        done = _killed(site, server, mails, kills, settings)
        worker = _mailing.worker(site, lease=LEASE, pause=1, **settings)
        try:
            found = _mailing.wait_until_settled(site, seconds=120 + mails / 20)
        finally:
            _mailing.end(worker)
        return [*_judged(mode, mails, done, found, Copies.of(server.taken()))]


def _killed(site: _site.Scratch, server: Sink, mails: int, kills: int, settings: dict[str, str]) -> int:
    """Kill the worker whenever it comes past the next of the points. The next one starts before that."""
    order = random.Random(1)
    points = sorted(order.sample(range(mails), kills))
    workers = [_mailing.worker(site, lease=LEASE, pause=1, **settings)]
    for point in points:
        workers.append(_mailing.worker(site, lease=LEASE, pause=1, **settings))
        _mailing.wait_until_taken(server, point, seconds=60)
        time.sleep(order.uniform(0, 0.05))
        one = workers.pop(0)
        one.send_signal(signal.SIGKILL)
        one.wait()
    for one in workers:
        one.kill()
        one.wait()
    return len(points) + len(workers)


def _judged(mode: str, mails: int, kills: int, found: dict[str, int], copies: Copies) -> list[object]:
    lost, uncertain = mails - copies.recipients, found.get("uncertain", 0)
    passes = {
        "resend": lost == 0 and copies.doubled <= kills * CONNECTIONS and copies.most <= 3,
        "hold": copies.doubled == 0 and found.get("accepted", 0) + uncertain == mails,
        "queryable": lost == 0 and copies.doubled == 0 and found == {"accepted": mails},
    }[mode] and copies.names == 1
    words = "passes" if passes else f"FAILS: {found}"
    return [lost, copies.doubled, copies.most, copies.names, uncertain, kills, words]


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(given + [10_000, 50][len(given) :])))
