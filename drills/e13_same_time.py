"""Drill E13: 200 pairs of a known and an unknown address, each asked to register and asked for a lost link.

Passes when the two answers are alike and the median of their gaps is at most 5 ms, on each database.
`python -m drills.e13_same_time [PAIRS]`
"""

import json
import os
import random
import sys
import time
from collections.abc import Callable
from statistics import median
from typing import Any

from benchmarks import _site

GOAL_MS = 5.0


def main(pairs: int) -> int:
    rows = []
    for vendor in _site.vendors():
        with _site.scratch(vendor) as site:
            told = json.loads(site.run("-m", "drills.e13_same_time", "--here", str(pairs)))
        rows += [[vendor, asked, *figures] for asked, figures in told.items()]
    _site.table(["database", "asked", "pairs", "known ms", "unknown ms", "median gap ms", "verdict"], rows)
    return any(row[-1] != "passes" for row in rows)


def here(pairs: int) -> dict[str, list[object]]:
    """In this process, on its database, through every layer of the site."""
    import django

    django.setup()
    from django.test import Client

    client = Client(headers={"host": "127.0.0.1"})
    form = {"everything": "on", "frequency": "daily"}
    asked: dict[str, Callable[[str, str], Any]] = {
        "to register": lambda address, network: client.post(
            "/alerts/", {"address": address, **form}, REMOTE_ADDR=network
        ),
        "for a lost link": lambda address, network: client.post(
            "/alerts/manage/", {"address": address}, REMOTE_ADDR=network
        ),
    }
    return {what: _timed(ask, what[:3], pairs) for what, ask in asked.items()}


def _timed(ask: Callable[[str, str], Any], name: str, pairs: int) -> list[object]:
    from tests.alerts.readers import reader

    dice, times, alike = random.Random(13), {"known": [], "unknown": []}, True
    for number in range(pairs):
        name_of = f"{name.strip()}{number}"
        reader(f"known-{name_of}@mail.example")
        answers = {}
        for which in dice.sample(sorted(times), 2):
            network = f"10.{number}.{len(which)}.{len(name_of)}"  # nobody asks from one network too often
            began = time.perf_counter()
            answer = ask(f"{which}-{name_of}@mail.example", network)
            times[which].append((time.perf_counter() - began) * 1000)
            answers[which] = (answer.status_code, answer.content, answer.headers.get("Location"))
        alike = alike and answers["known"] == answers["unknown"] and answer.status_code == 302
    known, unknown = median(times["known"]), median(times["unknown"])
    gap = abs(median(one - other for one, other in zip(times["known"], times["unknown"], strict=True)))
    verdict = "passes" if alike and gap <= GOAL_MS else "FAILS"
    return [pairs, round(known, 2), round(unknown, 2), round(gap, 2), verdict]


if __name__ == "__main__":
    given = next((int(word) for word in sys.argv[1:] if word.isdigit()), 200)
    if "--here" in sys.argv:
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
        print(json.dumps(here(given)))
    else:
        sys.exit(main(given))
