"""Drill C4: eight people save one story in the same moment, a hundred times over, on each database.

Passes when of each eight one save wins and the seven others get the conflict page with both texts, the version goes up
by one, and an approval that races with a save never stands for a text its manager did not read.
`python -m drills.c4_races [RACES]`; tests/articles/admin/test_conflicts.py runs it small.
"""

import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.utils.html import strip_tags

PEOPLE = 8


def run(races: int, *, people: int = PEOPLE) -> dict[str, int]:
    """Race. Raises AssertionError when the drill fails."""
    from articles.models import Story
    from tests.articles.admin.posting import change, filled
    from tests.newsdesk import draft, hire

    cast = hire()
    story = draft(cast.editor)
    clients = [Client(SERVER_NAME=settings.ALLOWED_HOSTS[0]) for _ in range(people)]
    for client in clients:
        client.force_login(cast.editor)
    told: Counter[int] = Counter()
    for race in range(races):
        story = Story.objects.get(pk=story.pk)
        posts = [filled(story, headline=f"Race {race}, lane {lane}") for lane in range(people)]
        answers = at_once(
            [
                partial(client.post, change(story), post, secure=True)
                for client, post in zip(clients, posts, strict=True)
            ]
        )
        told.update(_judged(answers, story))
    return {"races": races, "saved": told[302], "conflicts": told[409]}


def _judged(answers: list[Any], before: Any) -> list[int]:
    """One won, and every other has both texts before them."""
    from articles.models import Story

    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [302] + [409] * (len(answers) - 1), statuses
    now = Story.objects.get(pk=before.pk)
    assert (now.version, before.revisions.count()) == (before.version + 1, before.version + 1)
    for lane, answer in enumerate(answers):
        if answer.status_code == 409:
            words = strip_tags(answer.content.decode())
            assert f"lane {lane}" in words and now.headline.rpartition(" ")[2] in words
    return statuses


def run_against_approval(races: int) -> dict[str, int]:
    """A save and an approval in the same moment: whichever comes first, nobody approves what they did not read."""
    from articles.desk import workflow
    from articles.desk.refusals import Refused
    from articles.models import Story
    from tests.newsdesk import NOW, change, hire, submitted

    cast = hire()
    story = submitted(cast)
    told: Counter[str] = Counter()

    def save() -> str:
        with transaction.atomic():
            mine = Story.objects.select_for_update().get(pk=story.pk)
            change(mine, by=cast.editor, now=NOW, headline=f"Changed after revision {mine.version}")
        return "saved"

    def approve() -> str:
        try:
            workflow.perform(story_of_the_manager, "approve", by=cast.manager, now=NOW, revision=read)
        except Refused:
            return "refused"
        return "approved"

    for _ in range(races):
        story.refresh_from_db()
        if story.state == Story.State.DRAFT:
            workflow.perform(story, "submit", by=cast.editor, now=NOW)
        read = story.version
        story_of_the_manager = Story.objects.get(pk=story.pk)
        told.update(at_once([save, approve]))
        story.refresh_from_db()
        assert story.state != Story.State.APPROVED, "a save leaves no approval standing"
        last = story.events.done("approve").first()
        assert last is None or last.revision is None or last.revision.number <= read
    return {"races": races, **told}


def at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    """What each call answers, all begun together, each on a connection of its own."""
    start = threading.Barrier(len(calls))
    answers: list[Any] = [None] * len(calls)

    def one(number: int) -> None:
        try:
            start.wait()
            answers[number] = calls[number]()
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def main() -> None:
    if "--here" in sys.argv:
        import django

        django.setup()
        races = int(sys.argv[-1])
        started = time.monotonic()
        print(f"   {run(races)}, {run_against_approval(races)}, {time.monotonic() - started:.0f} s: passed")
        return
    from benchmarks import _site

    races = sys.argv[1] if len(sys.argv) > 1 else "100"
    for vendor in _site.vendors():
        with _site.scratch(vendor) as site:
            print(f"   {vendor}", flush=True)
            site.run("-m", "drills.c4_races", "--here", races, quiet=False)


if __name__ == "__main__":
    main()
