"""Drill A5: the mail server is away for an hour, comes back, and is not run over.

The hour passes by moving the worker's clock. Passes when no mail lost an attempt meanwhile, nobody is missed or
doubled, what had piled up left no faster than MAIL_RATE, and readers' pages took no longer while it was away: nineteen
of twenty in the time they take while nobody sends mail, or a quarter and 3 ms more. They are asked for all the while
that the worker tries again and again.

`python -m drills.a5_outage [MAILS]`
"""

import http.client
import sys
import time
from collections import Counter
from pathlib import Path
from statistics import quantiles

from benchmarks import _site
from drills import _mailing
from drills._mailing import Copies

RATE = 50
AWAY = 3600.0
#: Seconds in which a worker has started, and in which pages are asked for: it tries after 1, 2, 4 and 8.
STARTS, ASKED = 5, 12


def main(mails: int) -> int:
    rows = [[vendor, *run(vendor, mails)] for vendor in _site.vendors()]
    heads = [
        "database",
        "mails",
        "attempts while away",
        "lost",
        "doubled",
        "a second",
        "most in one",
        "p95 ms before",
        "p95 ms while away",
        "verdict",
    ]
    _site.table(heads, rows)
    return any(row[-1] != "passes" for row in rows)


def run(vendor: str, mails: int) -> list[object]:
    with _mailing.alerted(vendor, mails) as (site, server):
        server.process.kill()
        server.process.wait()
        with _site.served(site.environ, "newsroom.wsgi") as web:
            quiet, meanwhile = _p95(web.port), 0.0
            for ahead in (0.0, AWAY / 2):
                worker = _mailing.worker(site, ahead=ahead, MAIL_RATE=str(RATE))
                time.sleep(STARTS)
                meanwhile = max(meanwhile, _p95(web.port))
                assert worker.poll() is None
                _mailing.end(worker)
        tried = int(_mailing.inside(site, "attempts"))
        with _mailing.sink(Path(site.environ["VAR_DIR"]), port=server.port) as back:
            worker = _mailing.worker(site, ahead=AWAY, MAIL_RATE=str(RATE))
            try:
                found = _mailing.wait_until_settled(site, seconds=60 + mails / 10)
            finally:
                _mailing.end(worker)
            taken = back.taken()
    copies, lost = Copies.of(taken), mails - len({mail.to for mail in taken})
    speed = (len(taken) - 1) / max(taken[-1].at - taken[0].at, 0.001)
    most = max(Counter(int(mail.at) for mail in taken).values())
    passes = (
        tried == 0 and lost == 0 and copies.doubled == 0 and found == {"accepted": mails}
        and speed <= RATE * 1.02 and most <= RATE * 1.2 and meanwhile <= quiet * 1.25 + 3
    )  # fmt: skip
    numbers = [tried, lost, copies.doubled, round(speed, 1), most, round(quiet, 1), round(meanwhile, 1)]
    return [mails, *numbers, "passes" if passes else f"FAILS: {found}"]


def _p95(port: int) -> float:
    """Milliseconds in which nineteen of twenty answers came, of the page that readers register on."""
    times = []
    until = time.monotonic() + ASKED
    while time.monotonic() < until:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        began = time.perf_counter()
        connection.request("GET", "/alerts/")
        answer = connection.getresponse()
        assert answer.status == 200 and answer.read()
        times.append((time.perf_counter() - began) * 1000)
        connection.close()
    return quantiles(times, n=20)[-1]


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 2_000))
