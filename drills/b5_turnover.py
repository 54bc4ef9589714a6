"""Drill B5: through nginx, a scheduled story is never there before its second, and one second later it always is.

The front page, a list, a feed and the story's own page are asked for five times a second, from before until after.
`python -m drills.b5_turnover [SECONDS AHEAD]`
"""

import sys
import time

from benchmarks import _site
from drills import _nginx
from drills._verdict import verdict

PAGES = ("/", "/articles/", "/feeds/latest.rss", "/articles/appears-in-its-second/")
EACH, LATEST = 0.2, 1.0
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
    early, late, first = [], [], {}
    while (now := time.time()) < at + 4:
        for page in PAGES:
            asked = time.time()
            is_there = WORDS in _nginx.ask(port, page).body
            answered = time.time()
            if is_there and answered < at:
                early.append(page)
            if is_there:
                first.setdefault(page, asked - at)
            elif asked > at + LATEST:
                late.append(page)
        time.sleep(max(0.0, now + EACH - time.time()))
    seen = max(first.values(), default=float("inf"))
    passes = not early and not late and len(first) == len(PAGES)
    return (
        passes,
        f"{len(early)} early, {len(late)} later than {LATEST:g} s; whoever asked {seen:.2f} s after had it",
    )


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]) if sys.argv[1:] else 420))
