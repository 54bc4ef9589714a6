"""Drill A4: a mail server that refuses a fifth of all mails for now, drops one in a hundred connections after the mail,
and knows nothing of two in a hundred mailboxes.

The first pause is half a second here, and grows as it does elsewhere. Passes when everybody who exists is mailed,
nobody else is, those are suppressed, no mail had more than eight attempts, and - as the server can be asked - nobody
got a mail twice.

`python -m drills.a4_faults [MAILS]`
"""

import random
import sys

from benchmarks import _site
from drills import _mailing
from drills._mailing import Copies

LATER, DROP, UNKNOWN = 0.2, 0.01, 0.02


def main(mails: int) -> int:
    rows = [[vendor, *run(vendor, mails)] for vendor in _site.vendors()]
    heads = ["database", "mails", "no mailbox", "accepted", "failed", "doubled", "most attempts", "verdict"]
    _site.table(heads, rows)
    return any(row[-1] != "passes" for row in rows)


def run(vendor: str, mails: int) -> list[object]:
    flags = {"later": LATER, "drop": DROP, "unknown": UNKNOWN}
    with _mailing.alerted(vendor, mails, **flags) as (site, server):
        worker = _mailing.worker(site, pause=0.5, MAIL_ACCEPTED_URL=server.answers)
        try:
            found = _mailing.wait_until_settled(site, seconds=300 + mails / 5)
        finally:
            _mailing.end(worker)
        attempts = int(_mailing.inside(site, "attempts"))
        copies = Copies.of(server.taken())
    unknown = sum(_is_unknown(f"reader{number}@mail{number % 20}.example") for number in range(mails))
    passes = (
        found == {"accepted": mails - unknown, "failed": unknown}
        and copies.recipients == mails - unknown
        and copies.doubled == 0
        and attempts <= 8
    )
    numbers = [unknown, found.get("accepted", 0), found.get("failed", 0), copies.doubled, attempts]
    return [mails, *numbers, "passes" if passes else f"FAILS: {found}"]


def _is_unknown(address: str) -> bool:
    """As the server decides it."""
    return random.Random(address).random() < UNKNOWN


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 10_000))
