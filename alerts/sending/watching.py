"""Stops readers' mail by itself when too much of it bounces or is complained of, before a provider does so for us.

Counted is what was accepted in the last 24 hours, and not before a person last lifted the same stop.
"""

from datetime import datetime, timedelta

from django.db.models import Max

from alerts.models.deliveries import Delivery, DeliveryQuerySet, State
from alerts.models.provider_events import ProviderEvent
from alerts.models.stops import Stop
from alerts.sending.outcomes import NO_MAILBOX, REFUSED
from alerts.stopping import stop

WINDOW = timedelta(hours=24)

#: A twentieth that bounces stops mail, of a hundred at least: then five of them did.
BOUNCES, ENOUGH_TO_BOUNCE = 0.05, 100
#: A thousandth that complains does, of a thousand at least, and never one person alone.
COMPLAINTS, ENOUGH_TO_COMPLAIN, MOST_ALONE = 0.001, 1_000, 1


def watch(now: datetime) -> None:
    """Begin the stops that are due."""
    _watch_bounces(now)
    _watch_complaints(now)


def _watch_bounces(now: datetime) -> None:
    since = _since(Stop.Kind.BOUNCES, now)
    refused = _settled(since, State.FAILED).filter(reason__in=(REFUSED, NO_MAILBOX)).count()
    bounced = refused + _events("bounced", since)
    if bounced < BOUNCES * ENOUGH_TO_BOUNCE:
        return
    tried = refused + _settled(since, State.ACCEPTED).count()
    if tried >= ENOUGH_TO_BOUNCE and bounced >= BOUNCES * tried:
        stop(Stop.Kind.BOUNCES, by=None, now=now, reason=f"{bounced} of {tried} mails in a day bounced")


def _watch_complaints(now: datetime) -> None:
    since = _since(Stop.Kind.COMPLAINTS, now)
    complained = _events("complained", since)
    if complained <= MOST_ALONE:
        return
    accepted = _settled(since, State.ACCEPTED).count()
    if accepted >= ENOUGH_TO_COMPLAIN and complained >= COMPLAINTS * accepted:
        words = f"{complained} of {accepted} mails in a day were reported as unwanted"
        stop(Stop.Kind.COMPLAINTS, by=None, now=now, reason=words)


def _since(kind: str, now: datetime) -> datetime:
    lifted = Stop.objects.filter(kind=kind).aggregate(at=Max("ended_at"))["at"]
    return max(now - WINDOW, lifted) if lifted else now - WINDOW


def _settled(since: datetime, state: State) -> DeliveryQuerySet:
    return Delivery.objects.settled_since(since).filter(state=state)


def _events(kind: str, since: datetime) -> int:
    return ProviderEvent.objects.filter(kind=kind, at__gt=since).count()
