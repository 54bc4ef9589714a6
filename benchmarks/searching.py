"""Milliseconds that a page of search takes, by what is looked for, in an archive of BENCH_STORIES (100,000) stories.

Each page is asked for once in a new process and then RUNS times more: median, worst, the first time, and the time
that processors worked for it, here and in the database, which a busy machine stretches less. What publishing one
story takes, and the room the index takes, is told too.

python -m benchmarks.searching
"""

import json
import os
import statistics
import sys
import time
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import django

from benchmarks import _archive, _large, _site

STORIES = int(os.environ.get("BENCH_STORIES") or 100_000)
RUNS = 20
INSIDE = "inside"
#: The status of the answer that the search takes too long.
TOO_LONG = 422

#: "the" stands in every story, "council" in nine of ten; the words of _large are the rarer the later they come.
COMMON, OFTEN, RARE, RAREST = "council", _large.WORDS[300], _large.WORDS[3000], _large.WORDS[-1]

ASKED: list[tuple[str, dict[str, str]]] = [
    ("the commonest word", {"q": COMMON}),
    ("the commonest of all, a little word", {"q": "the"}),
    ("a word of one story in ten", {"q": OFTEN}),
    ("a word of one in a hundred", {"q": RARE}),
    ("a word of one in a few thousand", {"q": RAREST}),
    ("two common words", {"q": f"{COMMON} budget"}),
    ("a common word and a rare one", {"q": f"{COMMON} {RARE}"}),
    ("two rare words", {"q": f"{RARE} {_large.WORDS[3001]}"}),
    ("sixteen common words", {"q": " ".join(_large.WORDS[20:36])}),
    ("a common phrase", {"q": f'"{COMMON} records"'}),
    ("a phrase nobody says, of common words", {"q": '"council records office digital service"'}),
    ("a common word but not another", {"q": f"{COMMON} -budget"}),
    ("a common word but not the commonest", {"q": f"{COMMON} -of"}),
    ("a beginning", {"q": "coun*"}),
    ("one letter, as a beginning", {"q": "b*"}),
    ("the commonest word in a section", {"q": COMMON, "section": "security"}),
    ("the commonest word on a topic", {"q": COMMON, "topic": "topic-7"}),
    ("the commonest word on a rare topic", {"q": COMMON, "topic": "topic-399"}),
    ("the commonest word by an author", {"q": COMMON, "author": "writer-90"}),
    ("the commonest word in one year", {"q": COMMON, "from": "2010-01-01", "to": "2010-12-31"}),
    ("a rare word in one year", {"q": RARE, "from": "2010-01-01", "to": "2010-12-31"}),
    ("a word with a slip: did you mean", {"q": "councip"}),
    ("what nobody says", {"q": "qqxyzzy"}),
]
#: A page far back by date, and the last that can be had by relevance.
DEEP = {"before": datetime(2012, 1, 1, tzinfo=UTC)}
LAST_PAGE = "200"


def main() -> int:
    figures: dict[str, Any] = {}
    for vendor in _site.vendors():
        with _site.scratch(vendor) as site:
            started = time.monotonic()
            site.run("-m", "benchmarks._large", str(STORIES))
            print(f"{vendor}: {STORIES:,} stories written in {time.monotonic() - started:.0f} s")
            figures[vendor] = json.loads(site.run("-m", "benchmarks.searching", INSIDE))
        report(figures[vendor])
    _site.keep("searching", figures)
    return 0


def report(found: dict[str, Any]) -> None:
    print("   milliseconds: median, worst of the runs, and the first time")
    rows = found["pages"]
    _site.table(list(rows[0]), [list(row.values()) for row in rows])
    for name, figure in found["beside"].items():
        print(f"   {name}: {figure}")


def measured() -> dict[str, Any]:
    django.setup()
    from django.test import Client

    from articles.models.search import first_number

    client = Client(headers={"Host": "127.0.0.1"})
    rows = []
    for name, query in ASKED:
        ways = {"by date": {}, "by relevance": {"sort": "relevance"}}
        rows.append(_row(client, name, {way: query | more for way, more in ways.items()}))
    deep = {
        "by date": {"q": COMMON, "before": str(first_number(DEEP["before"]))},
        "by relevance": {"q": COMMON, "sort": "relevance", "page": LAST_PAGE},
    }
    rows.append(_row(client, "the commonest word, a page far back", deep))
    return {"beside": _beside(), "pages": rows}


def _row(client: Any, name: str, ways: dict[str, dict[str, str]]) -> dict[str, Any]:
    row: dict[str, Any] = {"looked for": name}
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
    return time.process_time() + (_of(_backend()) if _backend() else 0.0)


@cache
def _backend() -> int:
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def _of(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9
    except OSError:
        return 0.0


def _beside() -> dict[str, str]:
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
    publishing = [_published(number) for number in range(RUNS)]
    return {
        "publishing one story, ms: median and worst": f"{statistics.median(publishing):.1f} {max(publishing):.1f}",
        "words that did-you-mean knows": f"{words:,} ({learnt / 1e6:.0f} MB)",
        "the index of words": f"{index / 1e6:,.0f} MB",
    }


def _published(number: int) -> float:
    """Take in one more story, published now, and take it back."""
    from django.db import transaction
    from django.utils import timezone

    from articles.desk.intake import take_in
    from articles.models import Byline, Section, Story, Tag
    from articles.models.authors import Author

    told = _large.told(
        10_000_000 + number,
        _archive.Furniture(
            list(Section.objects.order_by("order")),
            list(Tag.objects.order_by("pk")),
            list(Author.objects.order_by("pk")),
            [None],
        ),
    )
    with transaction.atomic():
        story = Story.objects.create(
            headline=told.said["headline"],
            standfirst=told.said["standfirst"],
            body=told.said["body"],
            section=told.section,
            slug=f"one-more-{number}",
        )
        story.topics.set(told.topics)
        Byline.objects.create(story=story, author=told.author, position=0)
        now, started = timezone.now(), time.perf_counter()
        with transaction.atomic():
            take_in(story, now=now, published_at=now)
        took = (time.perf_counter() - started) * 1000
        transaction.set_rollback(True)
    return took


if __name__ == "__main__":
    if sys.argv[1:] == [INSIDE]:
        print(json.dumps(measured()))
    else:
        sys.exit(main())
