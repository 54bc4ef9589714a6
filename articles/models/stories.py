"""The story: what editors write."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from taggit.managers import TaggableManager

from articles.models.kinds import ChangeKind, Kind
from articles.models.topics import StoryTag

if TYPE_CHECKING:
    from accounts.models import User


class State(models.TextChoices):
    """Where a story stands on the desk. Where it stands for readers is told by its editions."""

    DRAFT = "draft", "Draft"
    IN_REVIEW = "in_review", "In review"
    APPROVED = "approved", "Approved"
    SPIKED = "spiked", "Spiked"


class StoryQuerySet(models.QuerySet["Story"]):
    def visible_to(self, user: "User") -> Self:
        """The stories whose very existence `user` may know of."""
        if not user.is_active or not user.has_perm("articles.view_story"):
            return self.none()
        named = models.Q(created_by=user) | models.Q(pk__in=user.let_in_to.values("pk"))
        if not user.has_perm("articles.edit_any_story"):
            return self.filter(named | models.Q(assignee=user, restricted=False))
        return self.filter(named | models.Q(restricted=False))

    def has(self, story: str) -> Exists:
        """Whether the story that the query around names by this field is one of these.

        It is looked for by its key. Asked for one `in` these, SQLite would write down all of them first.
        """
        return Exists(self.filter(pk=OuterRef(story)))

    def in_state(self, *states: State) -> Self:
        """Those in any of these states, which hold few of all stories: drafts, say, but not what is approved.

        SQLite counts states and not how many stories are in each: it would rather read all of them than use the index,
        unless their keys are asked for first, which the index has.
        """
        keys = self.model.objects.filter(state__in=states)
        return self.filter(pk__in=keys.values("pk"))

    def assigned_to(self, user: "User | None") -> Self:
        """Those of a person, or those that nobody was given: most of an archive, so SQLite is kept from the index."""
        return self.filter(~models.Q(assignee__isnull=False) if user is None else models.Q(assignee=user))

    def waiting_for_review(self) -> Self:
        return self.in_state(State.IN_REVIEW)


class Story(models.Model):  # type: ignore[django-manager-missing]  # taggit types its through rows dynamically
    """A story's identity, its desk state and its working copy.

    Everything here may change until kingdom come and no reader sees it: readers get editions.
    `state` and `version` are changed by `articles.desk.workflow` alone.
    """

    State = State
    Kind = Kind

    state = models.CharField(max_length=12, choices=State, default=State.DRAFT, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    headline = models.CharField(max_length=200)
    standfirst = models.TextField(max_length=500, blank=True)
    kicker = models.CharField(max_length=60, blank=True, help_text="A word or two above the headline.")
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.NEWS)
    body = models.TextField(blank=True)
    section = models.ForeignKey("articles.Section", on_delete=models.PROTECT, null=True, blank=True)
    lead_image = models.ForeignKey(
        "articles.Image",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="leads",
        verbose_name="lead picture",
    )
    lead_alt = models.CharField("alternative text", max_length=300, blank=True)
    lead_caption = models.CharField("caption", max_length=400, blank=True)
    lead_credit = models.CharField("credit", max_length=200, blank=True)
    byline_label = models.CharField(
        max_length=80, blank=True, help_text="Printed instead of people, such as “Industry Voice”."
    )
    topics = TaggableManager(
        through=StoryTag, blank=True, verbose_name="topics", help_text="What readers can follow."
    )
    slug = models.CharField(
        max_length=120, blank=True, help_text="The end of the address. Empty: made from the headline."
    )
    search_headline = models.CharField(
        max_length=120, blank=True, help_text="For search engines. Empty: the headline."
    )
    social_headline = models.CharField(
        max_length=120, blank=True, help_text="For shared links. Empty: the headline."
    )
    #: The numbers of other stories, in their order: those that readers can read stand below this one.
    related = models.JSONField("related stories", default=list, blank=True)
    change_kind = models.CharField("kind of change", max_length=16, choices=ChangeKind, blank=True)
    public_note = models.CharField(
        max_length=600, blank=True, help_text="What readers are told about the change."
    )
    tell_readers = models.BooleanField(default=False)

    embargo_at = models.DateTimeField(
        null=True, blank=True, help_text="Nothing can be published before this time."
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_stories",
    )
    due_at = models.DateTimeField(null=True, blank=True)
    restricted = models.BooleanField(default=False, help_text="Only the people named may know of this story.")
    restricted_to = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="let_in_to")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="created_stories",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = StoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "stories"
        permissions = [
            ("edit_any_story", "Can edit everybody's stories"),
            ("review_story", "Can review stories"),
            ("publish_story", "Can publish, schedule and take down stories"),
        ]
        indexes = [
            models.Index(fields=["state", "-updated_at"], name="story_state_updated"),
            models.Index(fields=["-updated_at"], name="story_updated"),
            models.Index(fields=["section", "-updated_at"], name="story_section_updated"),
            # Few stories have them.
            models.Index(
                fields=["embargo_at"], condition=models.Q(embargo_at__isnull=False), name="story_embargo"
            ),
            models.Index(fields=["due_at"], condition=models.Q(due_at__isnull=False), name="story_due"),
        ]

    def __str__(self) -> str:
        return self.headline

    def is_embargoed(self, now: datetime) -> bool:
        return self.embargo_at is not None and now < self.embargo_at


class Byline(models.Model):
    """A person's place in a story's byline."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey("articles.Author", on_delete=models.PROTECT, related_name="bylines")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(fields=["story", "author"], name="an_author_stands_once_in_a_byline"),
        ]

    def __str__(self) -> str:
        return str(self.author)
