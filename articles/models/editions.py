"""Editions: what readers get. The readers' side knows this module, and no story.

"Live" is a query: `Edition.objects.live(now)` is the one predicate that decides what readers see.
"""

import json
from datetime import UTC, datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from articles.integrity.constraints import NoOverlap
from articles.models.kinds import ChangeKind, Kind, RemovalKind
from articles.models.listings import LISTING_FIELDS, NewestFirst

#: `superseded_at` of an edition that nothing is planned to replace. Never null, so that every comparison is plain.
FAR_FUTURE = datetime(9999, 12, 31, tzinfo=UTC)


class EditionQuerySet(NewestFirst["Edition"]):
    def live(self, now: datetime) -> Self:
        """What readers may see at `now`."""
        return self.current(now).filter(removal_kind="")

    def current(self, now: datetime) -> Self:
        """The edition in force at `now`, be it one that says the story was taken down."""
        return self.filter(published_at__lte=now, superseded_at__gt=now)

    def removals(self) -> Self:
        """Those that say the story was taken down. Asked for in this way, they have an index."""
        return self.filter(removal_kind__gt="")

    def effective(self) -> Self:
        """Without those that were cancelled before anybody could read them."""
        return self.filter(superseded_at__gt=F("published_at"))

    def cancelled(self) -> Self:
        """Those that were never in force."""
        return self.filter(superseded_at=F("published_at"))

    def published(self, now: datetime) -> Self:
        """Those that were, or are, in force."""
        return self.effective().filter(published_at__lte=now)

    def scheduled(self, now: datetime) -> Self:
        return self.effective().filter(published_at__gt=now)

    def in_section(self, section_id: int) -> Self:
        return self.filter(section_id=section_id)

    def for_listing(self, *more: str) -> Self:
        return self.select_related("section", "lead_image").only(*LISTING_FIELDS, *more)


class Edition(models.Model):
    """What readers get of a story from `published_at` until `superseded_at`. Immutable.

    Only `superseded_at` may change, and only while it still lies in the future; the database sees to the rest.
    One story's editions never overlap. A scheduled story is an edition that begins later; a cancelled one has an
    empty range (`superseded_at = published_at`) and counts for nothing. A removal is an edition too.
    """

    Kind = Kind

    class Origin(models.TextChoices):
        REVIEWED = "reviewed", "Reviewed"
        UNREVIEWED = "unreviewed", "Published without review"
        IMPORTED = "imported", "Imported"
        REMOVAL = "removal", "Taken down"
        REINSTATED = "reinstated", "Reinstated"

    story = models.ForeignKey("articles.Story", on_delete=models.PROTECT, related_name="editions")
    revision = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, related_name="editions")
    approval = models.ForeignKey(
        "articles.StoryEvent", on_delete=models.PROTECT, null=True, related_name="editions"
    )
    origin = models.CharField(max_length=12, choices=Origin)
    reason = models.TextField(blank=True)

    slug = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=Kind)
    section = models.ForeignKey("articles.Section", on_delete=models.PROTECT, null=True, db_index=False)
    headline = models.CharField(max_length=200)
    standfirst = models.TextField(blank=True)
    kicker = models.CharField(max_length=60, blank=True)
    byline = models.JSONField(default=dict)
    topics = models.JSONField(default=list)
    lead = models.JSONField(null=True)
    lead_image = models.ForeignKey(
        "articles.Image", on_delete=models.PROTECT, null=True, related_name="lead_of"
    )
    search_headline = models.CharField(max_length=120, blank=True)
    social_headline = models.CharField(max_length=120, blank=True)
    related = models.JSONField(default=list)
    corrections = models.JSONField(default=list)
    content = models.TextField()
    content_hash = models.CharField(max_length=64)

    first_published_at = models.DateTimeField()
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(default=FAR_FUTURE)
    change_kind = models.CharField(max_length=16, choices=ChangeKind, blank=True)
    public_note = models.TextField(blank=True)
    tell_readers = models.BooleanField(default=False)
    removal_kind = models.CharField(max_length=12, choices=RemovalKind, blank=True)
    redirect_to = models.CharField(max_length=300, blank=True)

    tags: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        "articles.Tag", through="articles.EditionTag", related_name="editions"
    )
    authors: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        "articles.Author", through="articles.EditionAuthor", related_name="editions"
    )
    images: "models.ManyToManyField[Any, Any]" = models.ManyToManyField(
        "articles.Image", through="articles.EditionImage", related_name="editions"
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(F("first_published_at").desc(), F("story").desc(), name="edition_latest"),
            models.Index(
                "section", F("first_published_at").desc(), F("story").desc(), name="edition_section"
            ),
            models.Index(fields=["slug", "published_at"], name="edition_slug"),
            models.Index(fields=["story", "published_at"], name="edition_story"),
            models.Index(fields=["published_at"], name="edition_published"),
            models.Index(fields=["superseded_at"], name="edition_superseded"),
            models.Index(fields=["published_at"], condition=Q(removal_kind__gt=""), name="edition_removal"),
            models.Index(
                fields=["story"], condition=Q(superseded_at=F("published_at")), name="edition_cancelled"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(superseded_at__gte=F("published_at")), name="an_edition_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(origin="unreviewed") | ~Q(reason=""),
                name="publishing_without_review_needs_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(origin="removal", removal_kind__gt="")
                | (~Q(origin="removal") & Q(removal_kind="")),
                name="a_removal_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(origin="reviewed") | Q(approval__isnull=False),
                name="a_reviewed_edition_has_an_approval",
            ),
            models.CheckConstraint(
                condition=Q(tell_readers=False) | Q(change_kind="update"),
                name="only_an_update_is_told_again",
            ),
            models.UniqueConstraint(
                fields=["story"],
                condition=Q(superseded_at=FAR_FUTURE),
                name="one_open_edition_a_story",
            ),
            NoOverlap(name="editions_of_a_story_never_overlap"),
        ]

    def __str__(self) -> str:
        return self.headline

    def get_absolute_url(self) -> str:
        return f"/articles/{self.slug}/"

    @property
    def is_removal(self) -> bool:
        return self.removal_kind != ""

    @property
    def shows_text(self) -> bool:
        """Whether its address answers with its words: it is no removal, or one that leaves them under a banner."""
        return not self.is_removal or (self.removal_kind == RemovalKind.WITHDRAWN and not self.redirect_to)

    def public(self) -> dict[str, Any]:
        """The whole public dict of the revision this edition prints."""
        public: dict[str, Any] = json.loads(self.content)
        return public


class Rendering(models.Model):
    """An edition's body made ready to read. Can be rebuilt at any time by `rerender`; the edition stands."""

    edition = models.OneToOneField(
        Edition, on_delete=models.CASCADE, primary_key=True, related_name="rendering"
    )
    html = models.TextField(blank=True)
    text = models.TextField(blank=True)
    renderer = models.PositiveSmallIntegerField()


class Address(models.Model):
    """A slug that a story was, or will be, published under. It is never given to another story."""

    slug = models.CharField(max_length=120, unique=True)
    story = models.ForeignKey("articles.Story", on_delete=models.PROTECT, related_name="addresses")

    class Meta:
        verbose_name_plural = "addresses"

    def __str__(self) -> str:
        return self.slug
