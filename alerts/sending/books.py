"""The books: how many were to be told of something, and what became of each. The numbers always add up."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Self

from django.db.models import Count, Q

from alerts.models.deliveries import State
from alerts.models.notices import Notice, NoticeQuerySet

#: What is in a mail server's hands is still waiting for its answer.
_STATES: dict[str, tuple[State, ...]] = {
    "accepted": (State.ACCEPTED,),
    "suppressed": (State.SUPPRESSED,),
    "failed": (State.FAILED,),
    "cancelled": (State.CANCELLED,),
    "uncertain": (State.UNCERTAIN,),
    "waiting": (State.READY, State.RETRY, State.SENDING),
}


@dataclass(frozen=True)
class Books:
    """eligible = accepted + suppressed + failed + cancelled + uncertain + waiting."""

    eligible: int = 0
    accepted: int = 0
    suppressed: int = 0
    failed: int = 0
    cancelled: int = 0
    uncertain: int = 0
    waiting: int = 0

    @property
    def add_up(self) -> bool:
        """False means that a delivery was made or deleted behind the outbox's back."""
        eligible, *rest = astuple(self)
        return bool(eligible == sum(rest))

    @classmethod
    def of(cls, rows: Iterable[tuple[int, ...]]) -> Self:
        return cls(*map(sum, zip(*rows, strict=True)))


def books(notice: Notice) -> Books:
    return _books(Notice.objects.filter(pk=notice.pk))


def books_of_story(story_id: int) -> Books:
    """Of every notice to readers of any of the story's editions."""
    return _books(Notice.objects.filter(kind=Notice.Kind.EDITION, edition__story_id=story_id))


def _books(notices: NoticeQuerySet) -> Books:
    """One statement, so that mails that leave meanwhile are counted once."""
    counts = {name: Count("deliveries", filter=Q(deliveries__state__in=of)) for name, of in _STATES.items()}
    return Books.of(notices.annotate(**counts).values_list("eligible", *_STATES))
