"""Takes in stories that were written elsewhere: revisions saved by nobody, editions that cause no alert."""

from datetime import datetime
from typing import Any

from articles.desk import publishing
from articles.desk.acts import Act
from articles.desk.record import snapshot, write_event
from articles.models import Edition, Story


def take_in(
    story: Story, *, now: datetime, published_at: datetime | None = None, source: str = ""
) -> Edition | None:
    """Record a newly imported working copy and, where it has appeared elsewhere before, publish it as of then.

    Expects an open transaction. Raises ValueError for a publication date ahead: nobody has reviewed the story.
    """
    if published_at is not None and published_at > now:
        raise ValueError("A story cannot be imported as published in the future.")
    revision = snapshot(story, by=None, now=now)
    story.save(update_fields=["version", "updated_at"])
    details: dict[str, Any] = {"source": source} if source else {}
    if revision is None or published_at is None:
        write_event(story, Act.IMPORT, by=None, now=now, revision=revision, details=details)
        return None
    edition = publishing.publish(story, revision, origin=Edition.Origin.IMPORTED, at=published_at)
    story.state, story.slug = Story.State.APPROVED, edition.slug
    story.save(update_fields=["state", "slug"])
    details["edition"] = edition.pk
    write_event(story, Act.IMPORT, by=None, now=now, revision=revision, details=details)
    return edition
