"""Subscriptions: what a subscriber follows, how often they hear of it, and from when until when."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q


class Follows(models.TextChoices):
    """What can be followed."""

    EVERYTHING = "everything", "Everything"
    SECTION = "section", "A section"
    TOPIC = "topic", "A topic"
    AUTHOR = "author", "An author"


class Frequency(models.TextChoices):
    AT_ONCE = "at_once", "At once"
    DAILY = "daily", "Daily"
    WEEKLY = "weekly", "Weekly"


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def current(self) -> Self:
        """Those nobody has ended."""
        return self.filter(ended_at=None)

    def at(self, moment: datetime) -> Self:
        """Those in force at `moment`: what was published then is for exactly these."""
        return self.filter(Q(ended_at=None) | Q(ended_at__gt=moment), started_at__lte=moment)


class Subscription(models.Model):
    """One thing that a subscriber follows. It ends, it is not deleted or changed: another frequency is another row."""

    subscriber = models.ForeignKey(
        "alerts.Subscriber", on_delete=models.PROTECT, related_name="subscriptions"
    )
    follows = models.CharField(max_length=12, choices=Follows)
    section = models.ForeignKey("articles.Section", on_delete=models.PROTECT, null=True, related_name="+")
    topic = models.ForeignKey("articles.Tag", on_delete=models.PROTECT, null=True, related_name="+")
    author = models.ForeignKey("articles.Author", on_delete=models.PROTECT, null=True, related_name="+")
    frequency = models.CharField(max_length=8, choices=Frequency)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=16, blank=True)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(follows=Follows.EVERYTHING, section=None, topic=None, author=None)
                    | Q(follows=Follows.SECTION, section__isnull=False, topic=None, author=None)
                    | Q(follows=Follows.TOPIC, section=None, topic__isnull=False, author=None)
                    | Q(follows=Follows.AUTHOR, section=None, topic=None, author__isnull=False)
                ),
                name="a_subscription_names_what_it_follows",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=models.F("started_at")),
                name="a_subscription_ends_after_it_begins",
            ),
            *(
                models.UniqueConstraint(
                    fields=["subscriber", *columns], condition=Q(follows=what, ended_at=None), name=name
                )
                for what, columns, name in (
                    (Follows.EVERYTHING, [], "everything_is_followed_once"),
                    (Follows.SECTION, ["section"], "a_section_is_followed_once"),
                    (Follows.TOPIC, ["topic"], "a_topic_is_followed_once"),
                    (Follows.AUTHOR, ["author"], "an_author_is_followed_once"),
                )
            ),
        ]
        # In the order in which recipients are gathered: a thing, a frequency, then subscriber by subscriber.
        indexes = [
            models.Index(fields=["follows", "frequency", "subscriber"], name="subscription_everything"),
            models.Index(fields=["section", "frequency", "subscriber"], name="subscription_section"),
            models.Index(fields=["topic", "frequency", "subscriber"], name="subscription_topic"),
            models.Index(fields=["author", "frequency", "subscriber"], name="subscription_author"),
        ]

    def __str__(self) -> str:
        return f"{self.follows} {self.frequency}"
