"""Listings: editions newest first, and the index rows that listings of a topic, an author or a picture start from."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan

#: What a listing prints; everything else stays in the database.
LISTING_FIELDS = (
    "slug",
    "kind",
    "section",
    "headline",
    "standfirst",
    "kicker",
    "byline",
    "corrections",
    "lead",
    "lead_image",
    "story",
    "first_published_at",
    "published_at",
    "section__name",
    "section__slug",
    "lead_image__key",
    "lead_image__width",
    "lead_image__height",
    "lead_image__licence_ends_at",
    "lead_image__licence_scopes",
)


class NewestFirst[Row: models.Model](models.QuerySet[Row]):
    """Rows with a story and its first publication."""

    def newest_first(self) -> Self:
        return self.order_by("-first_published_at", "-story_id")

    def older_than(self, first_published_at: datetime, story_id: int) -> Self:
        """The ones after a place in `newest_first`: keyset paging, so page 50,000 costs what page 1 costs."""
        return self.filter(
            TupleLessThan(Tuple("first_published_at", "story_id"), (first_published_at, story_id))
        )


class RowQuerySet[Row: models.Model](NewestFirst[Row]):
    """Listings of a topic or an author start here: the index row carries the order."""

    def live(self, now: datetime) -> Self:
        return self.filter(
            edition__published_at__lte=now, edition__superseded_at__gt=now, edition__removal_kind=""
        )

    def published(self, now: datetime) -> Self:
        """Those of editions that were, or are, in force."""
        return self.filter(
            edition__published_at__lte=now, edition__superseded_at__gt=F("edition__published_at")
        )

    def for_listing(self) -> Self:
        fields = [f"edition__{name}" for name in LISTING_FIELDS]
        rows = self.select_related("edition__section", "edition__lead_image")
        return rows.only("first_published_at", "story", *fields)


class ListingRow(models.Model):
    """An index row, not the record: it repeats of its edition what a listing is ordered by.

    The index that a listing walks names the edition too, so that the row itself is not read.
    """

    story = models.ForeignKey("articles.Story", on_delete=models.PROTECT, related_name="+", db_index=False)
    first_published_at = models.DateTimeField()

    class Meta:
        abstract = True


class EditionTag(ListingRow):
    """Which editions carry a topic."""

    edition = models.ForeignKey("articles.Edition", on_delete=models.CASCADE, related_name="tag_rows")
    tag = models.ForeignKey(
        "articles.Tag", on_delete=models.PROTECT, related_name="edition_rows", db_index=False
    )

    objects = RowQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                "tag",
                F("first_published_at").desc(),
                F("story").desc(),
                "edition",
                name="edition_tag_newest",
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["edition", "tag"], name="an_edition_has_a_topic_once")]


class EditionAuthor(ListingRow):
    """Which editions an author signed."""

    edition = models.ForeignKey("articles.Edition", on_delete=models.CASCADE, related_name="author_rows")
    author = models.ForeignKey(
        "articles.Author", on_delete=models.PROTECT, related_name="edition_rows", db_index=False
    )

    objects = RowQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                "author",
                F("first_published_at").desc(),
                F("story").desc(),
                "edition",
                name="edition_author_newest",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["edition", "author"], name="an_edition_has_an_author_once")
        ]


class EditionImage(models.Model):
    """Which editions show a picture."""

    edition = models.ForeignKey("articles.Edition", on_delete=models.CASCADE, related_name="image_rows")
    image = models.ForeignKey("articles.Image", on_delete=models.PROTECT, related_name="edition_rows")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "image"], name="an_edition_has_a_picture_once")
        ]


class CorrectionQuerySet(models.QuerySet["EditionCorrection"]):
    def shown(self, now: datetime) -> Self:
        """Notes readers may read at `now`: in force or followed by another edition, of stories that are live."""
        from articles.models.editions import Edition
        from articles.models.withholdings import Withholding

        # Nothing is joined: SQLite would begin with the editions, read all of them, and sort.
        withheld = Withholding.objects.in_force(now).filter(
            edition__story=OuterRef("story"), edition__content_hash=OuterRef("content_hash")
        )
        in_force = Edition.objects.filter(
            ~Exists(withheld), pk=OuterRef("edition_id"), superseded_at__gt=F("published_at")
        )
        live = Edition.objects.live(now).filter(story=OuterRef("story"))
        return self.filter(Exists(live), Exists(in_force), published_at__lte=now)

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-story_id")

    def older_than(self, published_at: datetime, story_id: int) -> Self:
        return self.filter(TupleLessThan(Tuple("published_at", "story_id"), (published_at, story_id)))


class EditionCorrection(models.Model):
    """An edition that readers are told about with a dated note: an index row, for the list of all of them."""

    edition = models.OneToOneField(
        "articles.Edition", on_delete=models.CASCADE, primary_key=True, related_name="correction_row"
    )
    story = models.ForeignKey("articles.Story", on_delete=models.PROTECT, related_name="+", db_index=False)
    published_at = models.DateTimeField()

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(F("published_at").desc(), F("story").desc(), name="correction_listing"),
        ]
