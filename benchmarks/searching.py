"""Milliseconds that a page of search takes, by what is looked for, in archives of every size.

Each page is asked for once in a new process and then RUNS times more: median, worst, the first time, and the time
that processors worked for it, here and in the database, which a busy machine stretches less. The room
that the index takes is told too. Exits with 1 where the commonest word takes longer than GOALS.

python -m benchmarks.searching
"""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import django

from benchmarks import _site, _sizes
from benchmarks._backend import server_seconds
from benchmarks._words import COMMONEST, WORDS

RUNS = 20
INSIDE = "inside"
#: The status of the answer that the search takes too long.
TOO_LONG = 422

#: The rarer the later they stand among the words.
OFTEN, RARE, RAREST = WORDS[200], WORDS[2000], WORDS[-1]
COMMON = "the commonest word"
#: The most milliseconds that the commonest word may take.
GOALS = {"by date": 100, "by relevance": 500}

ASKED: list[tuple[str, dict[str, str]]] = [
    (COMMON, {"q": COMMONEST}),
    ("the commonest of all, a little word", {"q": "the"}),
    ("a word of one story in ten", {"q": OFTEN}),
    ("a word of one in a hundred", {"q": RARE}),
    ("a word of one in a few thousand", {"q": RAREST}),
    ("two common words", {"q": f"{COMMONEST} budget"}),
    ("a common word and a rare one", {"q": f"{COMMONEST} {RARE}"}),
    ("two rare words", {"q": f"{RARE} {WORDS[2001]}"}),
    ("sixteen common words", {"q": " ".join(WORDS[20:36])}),
    ("a common phrase", {"q": f'"{COMMONEST} records"'}),
    ("a phrase nobody says, of common words", {"q": '"council records office digital service"'}),
    ("a common word but not another", {"q": f"{COMMONEST} -budget"}),
    ("a common word but not the commonest", {"q": f"{COMMONEST} -of"}),
    ("a beginning", {"q": "coun*"}),
    ("one letter, as a beginning", {"q": "b*"}),
    ("the commonest word in a section", {"q": COMMONEST, "section": "security"}),
    ("the commonest word on a topic", {"q": COMMONEST, "topic": "topic-7"}),
    ("the commonest word on a rare topic", {"q": COMMONEST, "topic": "topic-40"}),
    ("the commonest word by an author", {"q": COMMONEST, "author": "writer-50"}),
    ("the commonest word in one year", {"q": COMMONEST, "from": "2010-01-01", "to": "2010-12-31"}),
    ("a rare word in one year", {"q": RARE, "from": "2010-01-01", "to": "2010-12-31"}),
    ("a word with a slip: did you mean", {"q": "councip"}),
    ("what nobody says", {"q": "qqxyzzy"}),
]
#: A page far back by date, and the last that can be had by relevance; half of the stories say the word at least.
DEEP = {"before": datetime(2004, 1, 1, tzinfo=UTC)}
LAST_PAGE, A_PAGE = 200, 40


def main() -> int:
    figures = _sizes.measured_inside("searching")
    for vendor, sizes in figures.items():
        for way in GOALS:
            print(
                f"\nMilliseconds of a search {way}, {vendor}: the median of {RUNS}, and more of the largest archive"
            )
            pages = {stories: found["pages"] for stories, found in sizes.items()}
            more = [(f"{name} {way}", name) for name in ("worst", "first", "CPU")]
            columns = [(name, _taken(key)) for key, name in more]
            _sizes.grown(pages, _taken(way), *columns)
        print(f"\nBeside the pages, {vendor}")
        _sizes.beside({stories: found["beside"] for stories, found in sizes.items()})
    missed = list(_missed(figures))
    print(*missed, sep="\n")
    _site.keep("searching", figures)
    return bool(missed)


def _taken(name: str) -> Callable[[dict[str, Any]], Any]:
    return lambda row: row[name]


def _missed(figures: _sizes.Figures) -> Iterator[str]:
    for vendor, sizes in figures.items():
        for stories, found in sizes.items():
            for way, most in GOALS.items():
                if (took := found["pages"][COMMON][way]) > most:
                    yield f"{vendor}, {stories:,} stories: {COMMON} {way} takes {took} ms, at most {most}"


def measured() -> dict[str, Any]:
    django.setup()
    from django.test import Client

    from articles.models import Edition
    from articles.models.search import first_number

    client = Client(headers={"Host": "127.0.0.1"})
    last = min(LAST_PAGE, Edition.objects.count() // A_PAGE)
    rows = {}
    for name, query in ASKED:
        ways = {"by date": {}, "by relevance": {"sort": "relevance"}}
        rows[name] = _row(client, {way: query | more for way, more in ways.items()})
    rows["the commonest word, a page far back"] = _row(
        client,
        {
            "by date": {"q": COMMONEST, "before": str(first_number(DEEP["before"]))},
            "by relevance": {"q": COMMONEST, "sort": "relevance", "page": str(last)},
        },
    )
    return {"pages": rows, "beside": _beside()}


def _row(client: Any, ways: dict[str, dict[str, str]]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for way, query in ways.items():
        times, cpu = _timed(client, f"/search/?{urlencode(query)}")
        row |= {
            way: round(statistics.median(times[1:]), 1),
            f"worst {way}": round(max(times[1:]), 1),
            f"first {way}": round(times[0], 1),
            f"CPU {way}": round(cpu, 1),
        }
    return row


def _timed(client: Any, address: str) -> tuple[list[float], float]:
    """Milliseconds of each run, and those that processors worked for the middle one of them."""
    times, worked = [], []
    for _ in range(RUNS + 1):
        started, before = time.perf_counter(), _cpu()
        response = client.get(address)
        times.append((time.perf_counter() - started) * 1000)
        worked.append((_cpu() - before) * 1000)
        if response.status_code not in (200, TOO_LONG):
            raise SystemExit(f"{address} answered {response.status_code}")
    return times, statistics.median(worked[1:])


def _cpu() -> float:
    """Seconds that this process has worked, and PostgreSQL's for it, where that runs on this machine."""
    return time.process_time() + server_seconds()


def _beside() -> dict[str, float]:
    """What one more story takes, and what the index takes."""
    from django.db import connection

    if connection.vendor == "postgresql":
        size = "pg_total_relation_size('articles_searchdoc'), pg_total_relation_size('articles_searchword')"
    else:
        size = "(SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'articles_searchtext%'), 0"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM articles_searchword")
        words = cursor.fetchone()[0]
        cursor.execute(f"SELECT {size}")
        index, learnt = cursor.fetchone()
    return {
        "words that did-you-mean knows": words,
        "their MB": round(learnt / 1e6),
        "the index of words, MB": round(index / 1e6),
    }


if __name__ == "__main__":
    if sys.argv[1:] == [INSIDE]:
        print(json.dumps(measured()))
    else:
        sys.exit(main())
