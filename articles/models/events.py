"""Story events: the append-only record of who did what."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone

#: A claim is about one review of one text by one person.
_ENDS_A_CLAIM = (
    *("claim", "unclaim", "submit", "recall", "request_changes", "approve"),
    *("save", "revert_to", "accept_suggestion"),
)


class StoryEventQuerySet(models.QuerySet["StoryEvent"]):
    def done(self, *acts: str) -> Self:
        """The times one of these was done, and not refused, newest first."""
        return self.filter(act__in=acts, refusal="").order_by("-number")

    def acts_done(self, story_id: int) -> frozenset[str]:
        """Which acts were ever done to a story, and not refused."""
        acts = self.filter(story=story_id, refusal="").order_by().values_list("act", flat=True)
        return frozenset(acts.distinct())

    def open_holds(self) -> Self:
        """Holds that nobody has lifted."""
        return self.done("hold").filter(~Exists(_later("lift_hold")))

    def open_claims(self) -> Self:
        """Who is reading a story in review, until anything else is done to it there."""
        return self.done("claim").filter(~Exists(_later(*_ENDS_A_CLAIM)), story__state="in_review")

    def open_debts(self) -> Self:
        """Publications without review that no second person has signed."""
        signed = StoryEvent.objects.filter(story=OuterRef("story"), revision=OuterRef("revision"))
        return self.done("publish_unreviewed").filter(~Exists(signed.done("countersign")))


class StoryEvent(models.Model):
    """One act on a story: who, when, what and why. Never changed, never deleted.

    The events of a story form a chain: `hash` covers this event and `previous_hash`, so that a row changed or
    taken out later shows. A refused act is an event too, with the reason in `refusal`.
    """

    story = models.ForeignKey("articles.Story", on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=24)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="story_events"
    )
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True)
    revision = models.ForeignKey(
        "articles.Revision", on_delete=models.PROTECT, null=True, related_name="events"
    )
    revision_hash = models.CharField(max_length=64, blank=True)
    details = models.JSONField(default=dict)
    refusal = models.TextField(blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = StoryEventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["story", "number"], name="an_event_number_is_used_once_a_story"),
        ]
        indexes = [
            models.Index(fields=["act", "story"], name="event_act"),
            models.Index(fields=["at"], name="event_at"),
        ]

    def __str__(self) -> str:
        return f"{self.act} at {self.at:%Y-%m-%d %H:%M}"


def _later(*acts: str) -> StoryEventQuerySet:
    events = StoryEvent.objects.filter(story=OuterRef("story"), number__gt=OuterRef("number"))
    return events.done(*acts)
