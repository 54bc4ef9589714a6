"""Who is told of an edition, in which letter: each audience names where its recipients stand, one place after another.

A place is a query whose rows an index gives in the order of subscribers, so that a thousand of them cost the same at
the end of a million as at the beginning. Somebody who stands in several is told once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from alerts.models.deliveries import Delivery
from alerts.models.subscriptions import Follows, Frequency, Subscription
from alerts.telling.news import News, notices_telling, tells_of, was_sent
from articles.models.editions import Edition
from articles.models.listings import EditionAuthor, EditionTag
from articles.models.telling import Telling

STORY, UPDATE, CORRECTION, REMOVAL = "story", "update", "correction", "removal"


@dataclass(frozen=True)
class Audience:
    """Recipients of one letter. Who pauses is told of what was wrong all the same."""

    variant: str
    places: Sequence[QuerySet[Any]]
    pausing_too: bool = True


def main(news: News) -> Audience | None:
    """Those whom the edition itself is for."""
    match news.telling:
        case Telling.FOLLOWERS if not news.is_stale:
            return _followers(news, STORY)
        case Telling.FOLLOWERS_AGAIN if not news.is_stale:
            return _followers(news, UPDATE)
        case Telling.SENT_BEFORE:
            return _sent_before(news, REMOVAL if news.edition.is_removal else CORRECTION)
    return None


def owed_the_story(news: News) -> Audience | None:
    """Those whose mail was overtaken by this edition or one before, and who were never sent any of the story."""
    if not _carries(news):
        return None
    never = ~was_sent(news.editions)
    overtaken = Delivery.objects.overtaken()
    return Audience(STORY, [overtaken.filter(never, notice=each) for each in news.overtaken()])


def owed_a_correction(news: News) -> Audience | None:
    return _owed_again(news, CORRECTION)


def owed_an_update(news: News) -> Audience | None:
    return _owed_again(news, UPDATE)


def things_of(edition: Edition) -> Iterator[Q]:
    """Of a subscription: whether it follows the edition's section, topics and authors, or everything."""
    if edition.section_id is not None:
        yield Q(section=edition.section_id)
    for topic in EditionTag.objects.filter(edition=edition).values_list("tag", flat=True):
        yield Q(topic=topic)
    for author in EditionAuthor.objects.filter(edition=edition).values_list("author", flat=True):
        yield Q(author=author)
    yield Q(follows=Follows.EVERYTHING)


def _followers(news: News, variant: str) -> Audience:
    at_once = Subscription.objects.at(news.as_of).filter(frequency=Frequency.AT_ONCE)
    return Audience(variant, [at_once.filter(thing) for thing in things_of(news.edition)], pausing_too=False)


def _sent_before(news: News, variant: str) -> Audience:
    sent = Delivery.objects.sent().filter(tells_of(news.earlier))
    return Audience(variant, [sent.filter(notice=each) for each in notices_telling(news.earlier)])


def _owed_again(news: News, variant: str) -> Audience | None:
    """Those whose letter of that kind was overtaken, and who were sent nothing of the story since it was due."""
    if not _carries(news):
        return None
    places = []
    for notice in news.overtaken():
        since = [e for e in news.editions if e.published_at >= notice.as_of and not e.is_removal]
        overtaken = Delivery.objects.overtaken().filter(notice=notice, letter__variant=variant)
        places.append(overtaken.filter(~was_sent(since)))
    return Audience(variant, places)


def _carries(news: News) -> bool:
    """A removal brings nobody the story; what is overtaken itself leaves it to the next edition."""
    return not news.edition.is_removal and not news.held_back
