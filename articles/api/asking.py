"""What may be asked of the list of articles, and the editions that answer it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from ninja import Field, Schema

from articles import navigation
from articles.api.problems import ProblemError
from articles.cursors import BadCursorError, Place, decode
from articles.models.authors import Author
from articles.models.editions import Edition
from articles.models.listings import EditionAuthor, EditionTag
from articles.models.topics import Tag
from articles.views.branches import any_of

MOST = 100
SLUG = r"^[-\w]{1,120}$"
FIRST_DAY, LAST_DAY = date(1700, 1, 1), date(2200, 1, 1)


class Asked(Schema):
    """All of it may be left out; what is given holds together."""

    model_config = {"extra": "ignore"}

    limit: int = Field(20, ge=1, le=MOST, description="How many articles a page has.")
    before: str = Field(
        "", max_length=22, description="Where the page begins: as the address in `next` has it."
    )
    section: str = Field("", pattern=rf"^$|{SLUG}", description="The slug of a section.")
    topic: str = Field("", pattern=rf"^$|{SLUG}", description="The slug of a topic.")
    author: str = Field("", pattern=rf"^$|{SLUG}", description="The slug of an author.")
    from_: date | None = Field(
        None, alias="from", ge=FIRST_DAY, le=LAST_DAY, description="First published on this day or later."
    )
    to: date | None = Field(
        None, ge=FIRST_DAY, le=LAST_DAY, description="First published on this day or earlier."
    )

    def articles(self, now: datetime) -> list[Edition]:
        """Read one more than a page has, the newest first. Raises ProblemError where a name or place is none."""
        keys = self._rows(now)
        if self.before:
            keys = keys.older_than(*_place(self.before))
        if self.from_:
            keys = keys.filter(first_published_at__gte=_begins(self.from_))
        if self.to:
            keys = keys.filter(first_published_at__lt=_begins(self.to + timedelta(days=1)))
        branch = keys.newest_first().values("edition_id" if keys.model is not Edition else "pk")
        found = Edition.objects.live(now).filter(pk__in=any_of([branch[: self.limit + 1]]))
        return list(found.for_listing("topics", "updated_at").newest_first())

    def _rows(self, now: datetime) -> Any:
        """Where the list starts: at the rows of a topic or an author, else at the editions themselves."""
        section = {"section_id": _section(self.section)} if self.section else {}
        of_edition = {f"edition__{name}": value for name, value in section.items()}
        signed = EditionAuthor.objects.live(now)
        if self.author:
            signed = signed.filter(author_id=_author(self.author, now))
        if self.topic:
            rows = EditionTag.objects.live(now).filter(tag_id=_topic(self.topic, now), **of_edition)
            return rows.filter(Exists(signed.filter(edition=OuterRef("edition")))) if self.author else rows
        return signed.filter(**of_edition) if self.author else Edition.objects.live(now).filter(**section)


def _place(before: str) -> Place:
    try:
        return decode(before)
    except BadCursorError:
        raise ProblemError(400, "“before” is no place in this list: take it from “next”.") from None


def _section(slug: str) -> int:
    found = [entry.id for entry in navigation.sections() if entry.slug == slug]
    if not found:
        raise ProblemError(400, "There is no such section.")
    return found[0]


def _topic(slug: str, now: datetime) -> int:
    return _key(
        Tag.objects.filter(slug=slug), EditionTag.objects.filter(tag=OuterRef("pk")).live(now), "topic"
    )


def _author(slug: str, now: datetime) -> int:
    signed = EditionAuthor.objects.filter(author=OuterRef("pk")).live(now)
    return _key(Author.objects.filter(slug=slug), signed, "author")


def _key(named: Any, live: Any, word: str) -> int:
    """The key of what a slug names. One that nothing live has is answered like one that never was."""
    key: int | None = named.filter(Exists(live)).values_list("pk", flat=True).first()
    if key is None:
        raise ProblemError(400, f"There is no such {word}.")
    return key


def _begins(day: date) -> datetime:
    """The first moment of a day of the newsroom's."""
    return timezone.make_aware(datetime.combine(day, time())).astimezone(UTC)
