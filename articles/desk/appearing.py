"""Puts on record that a scheduled edition's time came."""

from datetime import datetime

from articles.desk.acts import Act
from articles.desk.record import write_event
from articles.models import Edition, Story, StoryEvent


def appear(edition: Edition, *, now: datetime) -> None:
    """Write by nobody, as of when readers got it, that what was scheduled appeared. Said once an edition.

    What was published at once is on record already: its act says so.
    """
    story = Story.objects.select_for_update(of=("self",)).get(pk=edition.story_id)
    events = StoryEvent.objects.filter(story=story, details__edition=edition.pk)
    if not events.done(Act.SCHEDULE).exists() or events.done(Act.APPEARED).exists():
        return
    write_event(
        story,
        Act.APPEARED,
        by=None,
        now=edition.published_at,
        revision=edition.revision,
        details={"edition": edition.pk, "slug": edition.slug},
    )
