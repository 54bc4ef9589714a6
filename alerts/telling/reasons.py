"""Why somebody gets a mail: the names of what they follow that the story is about."""

from collections import defaultdict
from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import QuerySet

from alerts.models.deliveries import Delivery
from alerts.models.subscriptions import Follows, Subscription
from alerts.telling.audiences import things_of
from articles.models.editions import Edition

#: The order in which they are said.
_ORDER = (Follows.SECTION, Follows.TOPIC, Follows.AUTHOR, Follows.EVERYTHING)


def reasons(deliveries: Iterable[Delivery]) -> dict[int, list[str]]:
    """For each delivery of an edition's letter, by its key, what its reader followed when the edition appeared.

    Who was owed the story since an earlier edition may follow none of it by then: theirs is what they followed when
    it was first published.
    """
    found: dict[int, list[str]] = {}
    for notice_id, some in _by_notice(deliveries).items():
        edition = Edition.objects.defer("content").get(notices=notice_id)
        for moment in (edition.published_at, edition.first_published_at):
            if missing := {one.subscriber_id: one.pk for one in some if not found.get(one.pk)}:
                names = _names(edition, Subscription.objects.at(moment).filter(subscriber__in=missing))
                found |= {missing[reader]: said for reader, said in names.items()}
    return found


def _by_notice(deliveries: Iterable[Delivery]) -> dict[int, list[Delivery]]:
    grouped = defaultdict(list)
    for delivery in deliveries:
        grouped[delivery.notice_id].append(delivery)
    return grouped


def _names(edition: Edition, subscriptions: QuerySet[Subscription]) -> dict[int, list[str]]:
    """By subscriber. Somebody may follow one thing twice at a moment, when they chose another frequency then."""
    matching = subscriptions.filter(reduce(or_, things_of(edition)))
    said: dict[int, set[tuple[int, str]]] = defaultdict(set)
    for one in matching.select_related("section", "topic", "author"):
        thing = one.section or one.topic or one.author
        said[one.subscriber_id].add(
            (_ORDER.index(Follows(one.follows)), thing.name if thing else "everything")
        )
    return {reader: [name for _, name in sorted(names)] for reader, names in said.items()}
