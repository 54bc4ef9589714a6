"""Drill D2, small: whatever statement a publication dies at, nothing of it is there, and it can be done again."""

from typing import Any

import pytest
from django.db import connection

from articles.desk import workflow
from articles.models import Edition, EditionTag, Rendering, State, StoryEvent
from tests.newsdesk import MINUTE, NOW, Cast, approved, live


class Killed(BaseException):
    """The process is gone: nothing that handles faults sees it."""


def publish(story: Any, cast: Cast, *, die_at: int) -> int:
    """Publish, and die at the statement of this number; how many there were."""
    number = 0

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal number
        if sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            return execute(sql, params, many, context)
        number += 1
        if number == die_at:
            raise Killed
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        workflow.perform(story, "publish", by=cast.manager, now=NOW + MINUTE, revision=story.version)
    return number


def there() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Edition, Rendering, EditionTag, StoryEvent))


@pytest.mark.django_db
def test_a_publication_is_there_whole_or_not_at_all(cast: Cast) -> None:
    story = approved(cast)
    before, deaths = there(), 0
    while True:
        story.refresh_from_db()
        assert story.state == State.APPROVED
        try:
            publish(story, cast, die_at=deaths + 1)
        except Killed:
            deaths += 1
            assert there() == before, f"died at statement {deaths}"
        else:
            break
    assert deaths > 10
    assert live(story, NOW + MINUTE).headline == story.headline
