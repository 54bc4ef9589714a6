"""The readers of a digest, some at a time: what each follows and followed, and what they were told already."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import batched
from typing import NamedTuple

from django.db.models import Q

from alerts.digests.due import CATCH_UP, Due
from alerts.digests.news import Shelf, Thing
from alerts.models.deliveries import PATIENCE, Delivery, State
from alerts.models.notices import LetterEdition, Notice
from alerts.models.subscriptions import Subscription

#: What was not sent told nobody. What waits counts as told: it will be.
_NOT_TOLD = (State.CANCELLED, State.FAILED, State.SUPPRESSED)

#: How long after it was made a digest may still come to tell of something newer: while it waits, and a margin.
_RESTATED = 2 * PATIENCE

#: Letters in one question: what a database takes as parameters is bounded.
_AT_ONCE = 5_000

_EVER = datetime.min.replace(tzinfo=UTC)


class Following(NamedTuple):
    """A subscription, be it over."""

    thing: Thing
    frequency: str
    started_at: datetime
    ended_at: datetime | None

    def is_in_force(self, moment: datetime) -> bool:
        """As `Subscription.objects.at` says it."""
        return self.started_at <= moment and (self.ended_at is None or self.ended_at > moment)


@dataclass
class Reader:
    key: int
    #: Nothing of before is for them: they paused until then.
    since: datetime
    following: list[Following] = field(default_factory=list)
    #: By story: when the newest of its editions began that they were told of.
    told: dict[int, datetime] = field(default_factory=dict)

    @property
    def things(self) -> set[Thing]:
        """What they follow at present, however often they hear of it."""
        return {one.thing for one in self.following if one.ended_at is None}


def readers(due: Due, news: Shelf, *, after: int, limit: int, now: datetime) -> list[Reader]:
    """The next ones by number, with all that decides what is for them.

    They are locked, so that who changes something or leaves this moment does so before it or after it.
    """
    rows = due.readers(now).filter(pk__gt=after).order_by("pk").select_for_update(no_key=True)
    found = {
        key: Reader(key, paused_until or _EVER)
        for key, paused_until in rows.values_list("pk", "paused_until")[:limit]
    }
    if found:
        for key, following in _following(list(found), due.since(now)):
            found[key].following.append(following)
        for key, story, at in _told(list(found), news, due.since(now)):
            told = found[key].told
            told[story] = max(at, told.get(story, _EVER))
    return list(found.values())


def _following(keys: list[int], since: datetime) -> Iterator[tuple[int, Following]]:
    rows = Subscription.objects.filter(Q(ended_at=None) | Q(ended_at__gt=since), subscriber__in=keys)
    columns = ("subscriber", "follows", "section", "topic", "author", "frequency", "started_at", "ended_at")
    for key, follows, section, topic, author, frequency, started_at, ended_at in rows.values_list(*columns):
        thing = Thing(follows, section or topic or author)
        yield key, Following(thing, frequency, started_at, ended_at)


def _told(keys: list[int], news: Shelf, since: datetime) -> Iterator[tuple[int, int, datetime]]:
    """Each reader, a story they were told of, and when the edition began that they were told.

    Letters are shared, so their editions are read once for all of these readers.
    """
    pairs = list(_letters(set(keys), news, since))
    editions: dict[int, list[tuple[int, datetime]]] = defaultdict(list)
    for some in batched({letter for _, letter in pairs}, _AT_ONCE):
        rows = LetterEdition.objects.filter(letter__in=some, edition__story__in=news.stories)
        for letter, story, at in rows.values_list("letter", "edition__story", "edition__published_at"):
            editions[letter].append((story, at))
    for key, letter in pairs:
        for story, at in editions[letter]:
            yield key, story, at


def _letters(keys: set[int], news: Shelf, since: datetime) -> Iterator[tuple[int, int]]:
    """Each reader and a letter of theirs that may tell of the news.

    By notice and stretch of readers, as the index stands: what somebody got in years before costs nothing.
    """
    digests = Q(
        kind=Notice.Kind.DIGEST,
        period_end__gt=since - CATCH_UP - _RESTATED,
        made_at__gt=since - _RESTATED,
    )
    notices = Notice.objects.filter(digests | Q(edition__story__in=news.stories))
    told = Delivery.objects.filter(
        notice__in=list(notices.values_list("pk", flat=True)),
        subscriber__gte=min(keys),
        subscriber__lte=max(keys),
    )
    for key, letter in told.exclude(state__in=_NOT_TOLD).values_list("subscriber", "letter").iterator():
        if key is not None and key in keys:
            yield key, letter
