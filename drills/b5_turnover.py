"""Drill B5: through nginx, a scheduled story is never there before its second, and one second later it always is.

The front page, a list, a feed and the story's own page are asked for five times a second, from before until after.
Until then no answer may let a browser or a CDN keep it beyond that second.
`python -m drills.b5_turnover [SECONDS AHEAD]`
"""

import re
import sys
import time

from benchmarks import _site
from drills import _nginx
from drills._verdict import verdict

PAGES = ("/", "/articles/", "/feeds/latest.rss", "/articles/appears-in-its-second/")
EACH, LATEST = 0.2, 1.0
#: nginx counts in whole seconds: what it keeps for one may be almost two old.
COUNTED = 2.0
WORDS = b"Appears in its second"

SCHEDULE = """
import sys, django; django.setup()
from datetime import UTC, datetime
from django.utils import timezone
from tests.newsdesk import hire, scheduled
at, now = datetime.fromtimestamp(float(sys.argv[1]), UTC), timezone.now()
scheduled(hire(), at=at, now=now, headline="Appears in its second", slug="appears-in-its-second")
"""


def main(ahead: float) -> int:
    with _site.scratch("sqlite") as site:
        site.run("-m", "benchmarks._archive", "100")
        with (
            _site.served(site.environ, "newsroom.wsgi:application") as web,
            _nginx.in_front_of(web.port) as port,
        ):
            return verdict(*judged(site, port, ahead))


def judged(site: _site.Scratch, port: int, ahead: float) -> tuple[bool, str]:
    at = float(int(time.time() + ahead))
    site.run("-c", SCHEDULE, str(at))
    early, late, beyond, first = [], [], [], {}
    while (now := time.time()) < at + 4:
        for page in PAGES:
            asked = time.time()
            answer = _nginx.ask(port, page)
            is_there = WORDS in answer.body
            answered = time.time()
            if answered < at < asked + may_be_kept(answer) - COUNTED:
                beyond.append(page)
            if is_there and answered < at:
                early.append(page)
            if is_there:
                first.setdefault(page, asked - at)
            elif asked > at + LATEST:
                late.append(page)
        time.sleep(max(0.0, now + EACH - time.time()))
    seen = max(first.values(), default=float("inf"))
    passes = not (early or late or beyond) and len(first) == len(PAGES)
    told = (
        f"{len(early)} early, {len(late)} later than {LATEST:g} s, {len(beyond)} to be kept beyond its second"
    )
    return passes, f"{told}; whoever asked {seen:.2f} s after had it"


def may_be_kept(answer: _nginx.Answer) -> int:
    """Seconds for which its headers let anybody give it away."""
    said = answer.headers.get("Cache-Control", "")
    return sum(map(int, re.findall(r"(?:max-age|stale-while-revalidate)=(\d+)", said)))


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if sys.argv[1:] else 420))
