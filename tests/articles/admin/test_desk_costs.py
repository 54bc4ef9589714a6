"""What the pages that list stories ask of the database does not grow with what is open about the stories."""

from copy import copy
from datetime import timedelta

from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from articles.desk import heartbeat, workflow
from articles.models import Story
from tests.articles.admin.desk_pages import LATER, signed_in
from tests.newsdesk import NOW, Cast, approved, draft, published, scheduled, submitted

LIST, QUEUE = "/admin/articles/story/", "/admin/articles/story/queue/"

#: The most queries each page may ask, session and person among them.
BUDGETS = {
    "/admin/": 28,
    QUEUE: 7,
    f"{QUEUE}?assignee=me&reading=me&due=overdue&sort=due": 7,
    LIST: 9,
    **{f"{LIST}?desk={value}": 10 for value in ("held", "owed", "approved", "overdue", "embargoed")},
    f"{LIST}?state=in_review": 10,
    f"{LIST}?mine=open": 10,
}


def one_of_each(cast: Cast) -> list[Story]:
    """A story of each sort that there is something open about."""
    waiting = submitted(cast, assignee=cast.manager, due_at=NOW)
    workflow.perform(waiting, "add_note", by=cast.manager, now=NOW, note="Who pays?")
    workflow.perform(waiting, "claim", by=cast.manager, now=NOW)
    held = submitted(cast, embargo_at=LATER + timedelta(days=1))
    workflow.perform(held, "hold", by=cast.manager, now=NOW, note="The lawyer reads it.")
    rushed, before = draft(cast.editor), NOW - timedelta(days=2)
    workflow.perform(rushed, "publish_unreviewed", by=cast.manager, now=before, note="Noon.", revision=1)
    return [waiting, held, rushed, approved(cast)]


def copy_out(story: Story, times: int) -> None:
    """The same again, with events, notes and byline: written at once, as the workflow takes a minute for fifty."""
    told = [*story.events.all(), *story.notes.all(), *story.bylines.all()]
    for _ in range(times):
        another = copied(story)
        another.save()
        for row in told:
            new = copied(row)
            new.story = another
            new.save(force_insert=True)


def copied[M: Model](row: M) -> M:
    new = copy(row)
    new.pk, new._state.adding = None, True
    return new


def asked(pages: dict[str, int], cast: Cast) -> dict[str, int]:
    client, found = signed_in(cast.manager), {}
    for page in pages:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200
        found[page] = len(queries)
    return found


def test_is_the_same_for_fifty_rows_as_for_one(cast: Cast) -> None:
    heartbeat.beat("worker", started_at=NOW, now=LATER)
    draft(cast.manager)
    published(cast)
    scheduled(cast, at=NOW + timedelta(days=1))
    each = one_of_each(cast)
    one = asked(BUDGETS, cast)
    for story in each:
        copy_out(story, 49)
    assert asked(BUDGETS, cast) == one
    assert {page: cost for page, cost in one.items() if cost > BUDGETS[page]} == {}
