"""Drill A11: fifty people register while an alert to a hundred thousand is being sent.

Passes when nineteen of twenty have their confirmation, in the mail server's hands, within ten seconds.

`python -m drills.a11_signups [MAILS [SECONDS]]`
"""

import sys
from statistics import median, quantiles

from benchmarks import _site
from drills import _mailing

SIGN_UPS = 50
SERVER_SECONDS = 0.003
GOAL = 10.0


def main(mails: int, seconds: int) -> int:
    rows = [[vendor, *run(vendor, mails, seconds)] for vendor in _site.vendors()]
    heads = ["database", "mails", "of them sent", "sign-ups", "p50 s", "p95 s", "longest s", "verdict"]
    _site.table(heads, rows)
    return any(row[-1] != "passes" for row in rows)


def run(vendor: str, mails: int, seconds: int) -> list[object]:
    with _mailing.alerted(vendor, mails, delay=SERVER_SECONDS) as (site, server):
        worker = _mailing.worker(site)
        try:
            _mailing.wait_until_taken(server, 100, seconds=120)
            asked = dict(
                line.split() for line in _mailing.inside(site, "sign_up", SIGN_UPS, seconds).splitlines()
            )
            _mailing.wait_until_taken(server, server.count() + 200, seconds=20)
        finally:
            _mailing.end(worker)
        came = {mail.to: mail.at for mail in server.taken("new")}
        sent = len(server.taken())
    waits = [came.get(address, float("inf")) - float(at) for address, at in asked.items()]
    p95 = quantiles(waits, n=20)[-1]
    passes = len(waits) == SIGN_UPS and p95 <= GOAL and sent < mails
    numbers = [round(one, 2) for one in (median(waits), p95, max(waits))]
    return [mails, sent, len(waits), *numbers, "passes" if passes else "FAILS"]


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*(given + [100_000, 60][len(given) :])))
