"""Milliseconds that a body of a length takes to be cleaned, to be made ready to read, and to be judged.

python -m benchmarks.cleaning
"""

import sys
import time
from collections.abc import Callable

from articles.body.audit import audit
from articles.body.clean import clean
from articles.body.render import render
from articles.body.text import plain_text

SIZES = (1_000, 10_000, 100_000, 1_000_000)
PASSAGE = (
    '<h2>A crosshead</h2><p>The council <strong>agreed</strong> to <a href="https://example.org/x">sell</a> both of '
    "its offices, and to rent a floor of the library &amp; museum, where its staff had worked since the flood.</p>"
    "<ul><li>The town hall</li><li>The depot</li></ul>"
)
RUNS = 7


def main() -> int:
    print(f"{'characters':>12}{'clean':>10}{'render':>10}{'text':>10}{'audit':>10}   ms")
    for size in SIZES:
        body = PASSAGE * (size // len(PASSAGE) + 1)
        works = (
            lambda b=body: clean(b),
            lambda b=body: render(b, {}),
            lambda b=body: plain_text(b),
            lambda b=body: audit.__wrapped__(b),
        )
        print(f"{len(body):>12}" + "".join(f"{best(work):>10.1f}" for work in works))
    return 0


def best(work: Callable[[], object]) -> float:
    took = []
    for _ in range(RUNS):
        started = time.process_time()
        work()
        took.append(time.process_time() - started)
    return min(took) * 1000


if __name__ == "__main__":
    sys.exit(main())
