"""Milliseconds that the difference on the review screen takes to be found and written, typical and at its worst.

python -m benchmarks.reviewing
"""

import random
import sys
import time
from typing import Any

from articles.differences.difference import difference
from articles.differences.html import told

DICE = random.Random(1)
WORDS = [f"word{number}" for number in range(600)]
RUNS = 3


def main() -> int:
    print(f"{'':<44}{'characters':>12}{'find':>9}{'write':>9}   ms")
    for name, (before, after) in texts().items():
        found, written = best({"body": before}, {"body": after})
        print(f"{name:<44}{len(after):>12}{found:>9.1f}{written:>9.1f}")
    return 0


def texts() -> dict[str, tuple[str, str]]:
    story = [words(70) for _ in range(15)]
    long = [words(90) for _ in range(60)]
    return {
        "typical: three sentences of a story": (body(story), body([*story[:-3], *map(mended, story[-3:])])),
        "60 paragraphs, a third of the words new": (body(long), body([mended(one) for one in long])),
        "60 paragraphs, all new": (body(long), body([words(90) for _ in long])),
        "100 kB in one paragraph, all new": (body([words(15_000)]), body([words(15_000)])),
        "one word 40,000 times": (body(["a " * 40_000]), body(["b a " * 20_000])),
        "5,000 paragraphs of one word": (body(["a"] * 5_000), body(["b", "a"] * 2_500)),
        "5,000 paragraphs that are alike": tuple(  # type: ignore[dict-item]
            body([f"{sign}{number} y" for number in range(5_000)]) for sign in "xz"
        ),
    }


def words(length: int) -> str:
    return " ".join(DICE.choices(WORDS, k=length))


def mended(text: str) -> str:
    return " ".join(DICE.choice(WORDS) if DICE.random() < 0.3 else word for word in text.split())


def body(paragraphs: list[str]) -> str:
    return "\n".join(f"<p>{words}</p>" for words in paragraphs)


def best(before: dict[str, Any], after: dict[str, Any]) -> tuple[float, float]:
    took = []
    for _ in range(RUNS):
        started = time.process_time()
        found = difference(before, after)
        between = time.process_time()
        told(found)
        took.append((between - started, time.process_time() - between))
    found_in, written_in = min(took, key=sum)
    return found_in * 1000, written_in * 1000


if __name__ == "__main__":
    sys.exit(main())
