"""What has to be known of an edition to tell of it: what readers had of its story before, and have now."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Exists, OuterRef

from alerts.models.deliveries import PATIENCE, REMOVED, SUPERSEDED, WITHHELD, Delivery
from alerts.models.notices import LetterEdition, Notice
from articles.models.editions import Edition
from articles.models.telling import Telling, telling_of
from articles.models.withholdings import Withholding


@dataclass(frozen=True)
class News:
    """An edition that is told of, with every edition that readers had of its story, the oldest first."""

    notice: Notice
    edition: Edition
    editions: list[Edition]
    now: datetime

    @classmethod
    def of(cls, notice: Notice, now: datetime) -> "News":
        edition = Edition.objects.defer("content").get(notices=notice)
        # Another machine's clock, by which it began, may be ahead of ours.
        return cls(notice, edition, begun(edition.story_id, max(now, edition.published_at)), now)

    @property
    def as_of(self) -> datetime:
        return self.notice.as_of

    @property
    def earlier(self) -> list[Edition]:
        return [one for one in self.editions if one.published_at < self.edition.published_at]

    @property
    def telling(self) -> Telling:
        return telling_of(self.edition, is_first=not self.earlier)

    @property
    def is_stale(self) -> bool:
        """Whether it came to be told of so late that it is news no more. Corrections are told of at any time."""
        return self.notice.made_at - self.as_of > PATIENCE

    @cached_property
    def held_back(self) -> str:
        """Why nobody may be mailed this edition, as a delivery's reason says it."""
        if self.editions[-1] != self.edition:
            return REMOVED if self.editions[-1].is_removal else SUPERSEDED
        withheld = Withholding.objects.in_force(self.now).filter(edition=self.edition)
        return WITHHELD if not self.edition.is_removal and withheld.exists() else ""

    def overtaken(self) -> list[Notice]:
        """The notices of earlier editions that had mail cancelled because another edition came."""
        cancelled = Delivery.objects.overtaken().filter(notice=OuterRef("pk"))
        return list(Notice.objects.of_editions(self.earlier).filter(Exists(cancelled)))


def begun(story_id: int, now: datetime) -> list[Edition]:
    """Every edition that readers had of a story, the oldest first, without the words."""
    editions = Edition.objects.published(now).filter(story_id=story_id)
    return list(editions.order_by("published_at").defer("content", "standfirst", "byline", "topics", "lead"))


def notices_telling(editions: list[Edition]) -> list[int]:
    """The notices, of alerts and of digests, with a letter that tells of one of them."""
    rows = LetterEdition.objects.filter(edition__in=editions)
    return sorted(set(rows.values_list("letter__notice", flat=True)))


def tells_of(editions: list[Edition]) -> Exists:
    """Of a delivery: whether its letter tells of one of them."""
    return Exists(LetterEdition.objects.filter(letter=OuterRef("letter"), edition__in=editions))


def was_sent(editions: list[Edition]) -> Exists:
    """Of a row with a subscriber: whether they were sent one of them, alone or in a digest."""
    sent = Delivery.objects.sent().filter(tells_of(editions), notice__in=notices_telling(editions))
    return Exists(sent.filter(subscriber=OuterRef("subscriber")))
