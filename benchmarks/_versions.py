"""Stories of ten and eleven editions, taken through the real workflow, each change as large as one of `texts`.

Run inside a scratch newsroom. The last of the twelve texts waits for review, so that there is something to read.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

BEGUN = datetime(2026, 1, 5, 9, tzinfo=UTC)
LEAST, MOST = 10, 11


def write(texts: dict[str, tuple[str, str]]) -> Iterator[tuple[str, int, Any]]:
    """The name of the text, the number of editions and the story, one after the other."""
    from accounts.models import Role, User
    from articles.models import Section, Tag

    hired = {
        role: User.objects.create_user(f"{role}@newsroom.example", name=role.title(), role=role)
        for role in (Role.EDITOR, Role.MANAGER)
    }
    Section.objects.create(name="Health", slug="health", description="All of it.", order=1)
    Tag.objects.create(name="Records", slug="records", description="All of them.")
    for name, sides in texts.items():
        for number in (LEAST, MOST):
            yield name, number, _story(sides, number, hired[Role.EDITOR], hired[Role.MANAGER])


def _story(sides: tuple[str, str], editions: int, editor: Any, manager: Any) -> Any:
    from articles.desk import workflow
    from articles.models import Section, Story, Tag

    story = Story(
        headline="A story of many editions",
        standfirst="It was changed again and again.",
        byline_label="The newsroom",
        section=Section.objects.get(),
        created_by=editor,
        created_at=BEGUN,
    )
    for number in range(editions + 1):
        at = BEGUN + timedelta(days=number)
        story.body, story.change_kind = sides[number % 2], "update" if number else ""
        story.save()
        story.topics.set(Tag.objects.all())
        workflow.perform(story, "save", by=editor, now=at, revision=story.version)
        workflow.perform(story, "submit", by=editor, now=at)
        if number < editions:
            workflow.perform(story, "approve", by=manager, now=at, revision=story.version)
            workflow.perform(story, "publish", by=manager, now=at)
    return story
