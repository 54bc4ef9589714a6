"""Milliseconds that the desk's pages and acts take, in archives of every size: lists, queue, saving to publishing.

Each page is asked for, and each form sent, as a browser does, in a transaction that is taken back. Each act is done to
RUNS stories, the way from a new one to a published one; the lists are asked for as often.

python -m benchmarks.desk
"""

import json
import statistics
import sys
import time
from collections import defaultdict
from http import HTTPStatus
from random import Random
from typing import Any

import django

from benchmarks import _site, _sizes
from benchmarks._words import phrase, sentence

RUNS = 10
INSIDE = "inside"

STORIES = "/admin/articles/story/"
#: The newest of the archive's own.
TAKEN_IN = "story-0"
PAGES = {
    "my desk": "/admin/",
    "the list of all stories": STORIES,
    "the list, its last page": f"{STORIES}?p=last",
    "the list, searched": f"{STORIES}?q=council",
    "the list, of one section": f"{STORIES}?section=health",
    "the list, in review": f"{STORIES}?state=in_review",
    "the list, approved and not out": f"{STORIES}?desk=approved",
    "the list, by an author": f"{STORIES}?author=writer-0",
    "the queue": f"{STORIES}queue/",
    "the calendar": f"{STORIES}calendar/",
    "the library of pictures": "/admin/articles/image/",
    "the list of topics": "/admin/articles/tag/",
    "topics, looked for": f"{STORIES}topics/?term=ba",
}


def main() -> int:
    figures = _sizes.measured_inside("desk")
    for vendor, sizes in figures.items():
        print(
            f"\nMilliseconds at the desk, {vendor}: the median of {RUNS}, and of the largest archive the worst"
        )
        more = [(name, lambda row, name=name: row[name]) for name in ("worst", "queries")]
        _sizes.grown(sizes, lambda row: row["median"], *more)
    _site.keep("desk", figures)
    return 0


def measured() -> dict[str, Any]:
    django.setup()
    from django.db import transaction
    from django.test import override_settings

    with transaction.atomic(), override_settings(REQUIRE_SECOND_FACTOR=False):
        desk = _Desk()
        desk.look_round()
        for number in range(RUNS):
            desk.publish_one(number)
        transaction.set_rollback(True)
    return desk.figures()


class _Desk:
    """An editor and a manager in their browsers, with a watch."""

    def __init__(self) -> None:
        self.editor, self.manager = map(_signed_in, ("editor", "manager"))
        self.times: dict[str, list[float]] = defaultdict(list)
        self.queries: dict[str, int] = {}

    def look_round(self) -> None:
        from articles.admin.filters import MOST_LISTED
        from articles.admin.lists import ListMixin
        from articles.models import Story

        last = (min(Story.objects.count(), MOST_LISTED) - 1) // ListMixin.list_per_page + 1
        for name, address in PAGES.items():
            for _ in range(RUNS):
                self._timed(name, self.manager, "get", address.replace("p=last", f"p={last}"))

    def publish_one(self, number: int) -> None:
        from articles.models import Author, Section, Story, Tag
        from tests.articles.admin import posting
        from tests.articles.admin.desk_pages import seen, url

        order = Random(number)
        fields = {
            "headline": phrase(order, 8),
            "standfirst": sentence(order, 18),
            "body": "".join(f"<p>{sentence(order, 40)}</p>" for _ in range(5)),
            "section": Section.objects.all()[0].pk,
            "topics": list(Tag.objects.filter(slug__in=("topic-0", "topic-9")).values_list("pk", flat=True)),
            "byline": list(Author.objects.order_by("pk")[:1]),
        }
        self._timed("open an empty form", self.editor, "get", posting.ADD)
        self._timed("save a new story", self.editor, "post", posting.ADD, posting.filled(**fields))
        story = Story.objects.latest("pk")
        self._timed("open it", self.editor, "get", posting.change(story))
        changed = posting.filled(story, **fields | {"standfirst": sentence(order, 18)})
        self._timed("save it again", self.editor, "post", posting.change(story), changed)
        self._timed("submit it", self.editor, "post", url("act", story, "submit"), {})
        self._timed("open its review", self.manager, "get", url("review", story))
        self._timed("approve it", self.manager, "post", url("act", story, "approve"), seen(story))
        self._timed("publish it", self.manager, "post", url("act", story, "publish"), seen(story))
        old = Story.objects.get(slug=TAKEN_IN)
        self._timed("open one of the archive", self.editor, "get", posting.change(old))
        changed = posting.filled(old, standfirst=sentence(order, 18))
        self._timed("save one of the archive", self.editor, "post", posting.change(old), changed)

    def figures(self) -> dict[str, Any]:
        return {
            name: {
                "median": round(statistics.median(times), 1),
                "worst": round(max(times), 1),
                "queries": self.queries[name],
            }
            for name, times in self.times.items()
        }

    def _timed(self, name: str, client: Any, method: str, address: str, data: Any = None) -> None:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        started = time.perf_counter()
        with CaptureQueriesContext(connection) as queries:
            answer = getattr(client, method)(address, data)
        self.times[name].append((time.perf_counter() - started) * 1000)
        self.queries[name] = len(queries)
        expected = HTTPStatus.OK if method == "get" else HTTPStatus.FOUND
        if answer.status_code != expected:
            raise SystemExit(
                f"{name}: {address} answered {answer.status_code}\n{answer.content[:3000].decode()}"
            )


def _signed_in(name: str) -> Any:
    from django.test import Client

    from accounts.models import User

    client = Client(headers={"Host": "127.0.0.1"})
    client.force_login(User.objects.get(email=f"{name}@newsroom.example"))
    return client


if __name__ == "__main__":
    if sys.argv[1:] == [INSIDE]:
        print(json.dumps(measured()))
    else:
        sys.exit(main())
