"""Drill A2: a worker sleeps past its lease (SIGSTOP), another takes its mail over, and the first one wakes.

Twenty rounds, a lease of five seconds. Passes when nobody is missed, what the one that slept writes changes nothing,
and at most one mail a pause is doubled.

`python -m drills.a2_stopped [ROUNDS]`
"""

import random
import signal
import sys
import time

from benchmarks import _site
from drills import _mailing
from drills._mailing import Copies

LEASE = 5.0
SERVER_SECONDS = 0.2
#: One connection a worker: as much can be in its hands when it stops as in this many mails.
SETTINGS = {"MAIL_CONNECTIONS": "1", "MAIL_UNCERTAIN": "resend"}
MAILS_A_ROUND = 100


def main(rounds: int) -> int:
    rows = [[vendor, *run(vendor, rounds)] for vendor in _site.vendors()]
    _site.table(["database", "mails", "pauses", "lost", "doubled", "names each", "verdict"], rows)
    return any(row[-1] != "passes" for row in rows)


def run(vendor: str, rounds: int) -> list[object]:
    mails = rounds * MAILS_A_ROUND
    with _mailing.alerted(vendor, mails, delay=SERVER_SECONDS) as (site, server):
        workers = [_mailing.worker(site, lease=LEASE, pause=1, **SETTINGS) for _ in range(2)]
        try:
            _mailing.wait_until_taken(server, 10, seconds=60)
            order = random.Random(2)
            for number in range(rounds):
                sleeper = workers[number % 2]
                time.sleep(order.uniform(0.1, 1))
                sleeper.send_signal(signal.SIGSTOP)
                time.sleep(LEASE + 6)  # the other one looks every five seconds
                sleeper.send_signal(signal.SIGCONT)
            found = _mailing.wait_until_settled(site, seconds=120 + mails)
        finally:
            for worker in workers:
                worker.send_signal(signal.SIGCONT)
                _mailing.end(worker)
        copies = Copies.of(server.taken())
        lost = mails - copies.recipients
        passes = lost == 0 and copies.doubled <= rounds and copies.names == 1 and found == {"accepted": mails}
        return [mails, rounds, lost, copies.doubled, copies.names, "passes" if passes else f"FAILS: {found}"]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 20))
