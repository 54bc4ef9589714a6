"""Drill A8: readers leave in the middle of an alert, and a story is withdrawn in the middle of one.

Passes when no mail is begun to anybody who has left, and none of a story that was withdrawn; each must have caught
some mails and come too late for others, or it would prove nothing.

`python -m drills.a8_leaving [MAILS]`
"""

import sys
from collections.abc import Callable

from benchmarks import _site
from drills import _mailing
from drills._mailing import Copies

#: Slow enough that whatever happens meanwhile happens in the midst of it.
SERVER_SECONDS = 0.05
CONNECTIONS = 2


def main(mails: int) -> int:
    rows = [
        [vendor, what.__name__.replace("_", " "), *run(vendor, mails, what)]
        for vendor in _site.vendors()
        for what in (readers_leave, story_withdrawn)
    ]
    heads = ["database", "what", "mails", "begun later", "begun before", "cancelled", "verdict"]
    _site.table(heads, rows)
    return any(row[-1] != "passes" for row in rows)


def run(vendor: str, mails: int, what: Callable[[_site.Scratch, int], dict[str, int]]) -> list[object]:
    with _mailing.alerted(vendor, mails, delay=SERVER_SECONDS) as (site, server):
        worker = _mailing.worker(site, MAIL_CONNECTIONS=str(CONNECTIONS))
        try:
            _mailing.wait_until_taken(server, mails // 10, seconds=60 + mails)
            numbers = what(site, mails)
            found = _mailing.wait_until_settled(site, seconds=60 + mails / 10)
        finally:
            _mailing.end(worker)
        copies = Copies.of(server.taken())
    later, before, cancelled = (numbers[name] for name in ("begun-later", "begun-before", "cancelled"))
    # Whoever has a story that is withdrawn gets one more mail, which says so.
    told_again = before if numbers["of"] == mails else 0
    passes = (
        later == 0 and before and cancelled and before + cancelled == numbers["of"]
        and found == {"accepted": mails - cancelled + told_again, "cancelled": cancelled}
        and copies.recipients == mails - cancelled and copies.most == (2 if told_again else 1)
    )  # fmt: skip
    return [mails, later, before, cancelled, "passes" if passes else f"FAILS: {found}"]


def readers_leave(site: _site.Scratch, mails: int) -> dict[str, int]:
    """A quarter of them, while half of the mails are sent."""
    return _numbers(_mailing.inside(site, "leave", mails // 4, mails * SERVER_SECONDS / CONNECTIONS / 2))


def story_withdrawn(site: _site.Scratch, mails: int) -> dict[str, int]:
    return _numbers(_mailing.inside(site, "withdraw"))


def _numbers(told: str) -> dict[str, int]:
    return {name: int(number) for name, number in (word.split("=") for word in told.split())}


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 2_000))
