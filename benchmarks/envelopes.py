"""Milliseconds of a processor to put a composed letter into an envelope and write it as bytes, and to compose it.

What stands between a worker and 10,000 mails a minute, beside the mail server and the database: 1 ms a mail at most.
`python -m benchmarks.envelopes [MAILS]`
"""

import json
import sys
import time
from collections.abc import Callable
from email import policy
from typing import Any

import django

from benchmarks import _site

MAILS = 2_000
MOST = 1.0


def main(mails: int) -> int:
    with _site.scratch("sqlite") as site:
        found = json.loads(site.run("-m", "benchmarks.envelopes", "inside", str(mails)))
    _site.table(["step", "times", "ms of a processor each"], found["rows"])
    print(f"   a mail has {found['bytes']:,} bytes")
    _site.keep("envelopes", found)
    return found["rows"][0][2] > MOST


def inside(mails: int) -> dict[str, Any]:
    from django.core.mail import EmailMultiAlternatives
    from django.utils import timezone

    from alerts.mails import editions
    from alerts.mails.envelope import write
    from alerts.models import Delivery
    from tests.alerts.mails.outbox import composed, delivery, edition_letter, reader
    from tests.newsdesk import hire, live, picture, published

    now = timezone.now()
    edition = live(published(hire(), now=now, lead_image=picture()), now)
    letter = composed(edition_letter(edition), now)
    sent: Delivery = delivery(letter, reader())

    def ours() -> bytes:
        return bytes(write(sent, because=("Procurement", "Cloud")).message(policy=policy.SMTP).as_bytes())

    def djangos() -> bytes:
        mail = write(sent, because=("Procurement", "Cloud"))
        return EmailMultiAlternatives.message(mail, policy=policy.SMTP).as_bytes()

    rows = [
        ["put into its envelope and written", mails, each(ours, mails)],
        ["the same as Django writes it", mails // 10, each(djangos, mails // 10)],
        ["composed, once a letter", 50, each(lambda: editions.story(edition, now), 50)],
    ]
    return {"rows": rows, "bytes": len(ours())}


def each(work: Callable[[], Any], times: int) -> float:
    work()
    began = time.process_time()
    for _ in range(times):
        work()
    return 1000 * (time.process_time() - began) / times


if __name__ == "__main__":
    if sys.argv[1:2] == ["inside"]:
        django.setup()
        print(json.dumps(inside(int(sys.argv[2]))))
    else:
        sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else MAILS))
