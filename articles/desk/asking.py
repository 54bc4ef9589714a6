"""One act as it was asked for, and what every act does with it: read, require, and write it down."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.models import User
from articles.desk.acts import Act
from articles.desk.record import latest, write_event
from articles.desk.refusals import NotReady
from articles.desk.requirements import Issue
from articles.models import Edition, Revision, State, Story, StoryEvent


@dataclass
class Request:
    """One act as it was asked for."""

    story: Story
    act: Act
    by: User
    now: datetime
    note: str
    details: dict[str, Any] = field(default_factory=dict)


def newest_of(story: Story) -> Revision:
    revision = latest(story)
    if revision is None:
        raise NotReady("The story has not been saved yet.")
    return revision


def require(issues: list[Issue], sentence: str) -> None:
    if issues:
        raise NotReady(sentence, issues)


def to_state(request: Request, state: State, revision: Revision | None) -> StoryEvent:
    request.story.state = state
    request.story.save(update_fields=["state"])
    return event_of(request, revision)


def event_of(
    request: Request, revision: Revision | None, details: dict[str, Any] | None = None
) -> StoryEvent:
    return write_event(
        request.story,
        request.act,
        by=request.by,
        now=request.now,
        note=request.note,
        revision=revision,
        details=details,
    )


def settle(story: Story, edition: Edition) -> None:
    """The address stays what it is now; the next change says anew what it is, so no note is told twice."""
    story.slug, story.change_kind, story.public_note, story.tell_readers = edition.slug, "", "", False
    story.save(update_fields=["state", "slug", "change_kind", "public_note", "tell_readers"])
