"""Overrides that stand: which issues a manager has said may be, for the next edition."""

from datetime import datetime

from django.db.models import Max

from articles.models import Revision, Story, StoryEvent

OVERRIDE, REQUIRE_AGAIN = "override", "require_again"


def standing(story: Story, at: datetime) -> dict[str, StoryEvent]:
    """The override of each issue, by its key. Two queries, and a third where there are any.

    It is about a text that readers do not have yet, so it ends with the edition that gives it to them; and it is
    another person's word, so it ends when who gave it becomes a writer of that text.
    """
    if not story.pk:
        return {}
    last = story.editions.published(at).aggregate(last=Max("revision__number"))["last"] or 0
    events = StoryEvent.objects.filter(story=story, revision__number__gt=last).select_related("actor")
    newest: dict[str, StoryEvent] = {}
    for event in events.done(OVERRIDE, REQUIRE_AGAIN):
        newest.setdefault(str(event.details.get("rule", "")), event)
    given = {key: event for key, event in newest.items() if event.act == OVERRIDE}
    if not given:
        return {}
    writers = set(Revision.objects.filter(story=story, number__gt=last).values_list("saved_by", flat=True))
    return {key: event for key, event in given.items() if event.actor_id not in writers}
