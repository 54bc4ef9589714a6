"""Tells staff of what happened at the desk, event by event, from the record: the desk itself calls no mail."""

from datetime import datetime, timedelta

import structlog
from django.db import Error as DatabaseFault
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from alerts.models import Matter, Notice
from alerts.models.deliveries import PATIENCE
from alerts.staff.noticing import notice
from alerts.staff.people import told_of
from alerts.staff.words import of_event
from articles.desk.acts import Act
from articles.models import StoryEvent, Sweep

log = structlog.get_logger(__name__)

#: The matters that each act is told under.
MATTERS: dict[str, tuple[Matter, ...]] = {
    Act.SUBMIT: (Matter.SUBMITTED,),
    Act.ASSIGN: (Matter.ASSIGNED,),
    Act.REQUEST_CHANGES: (Matter.SENT_BACK,),
    Act.APPROVE: (Matter.APPROVED,),
    Act.SCHEDULE: (Matter.SCHEDULED,),
    Act.UNSCHEDULE: (Matter.VOIDED,),
    Act.HOLD: (Matter.HELD,),
    Act.LIFT_HOLD: (Matter.HELD,),
    Act.PUBLISH: (Matter.PUBLISHED,),
    Act.PUBLISH_UNREVIEWED: (Matter.PUBLISHED, Matter.DEBT),
    Act.APPEARED: (Matter.PUBLISHED,),
    Act.TAKE_DOWN: (Matter.PUBLISHED,),
    Act.REINSTATE: (Matter.PUBLISHED,),
}

_NAME = "staff told"

#: How far back a new installation looks, and how much later than it says an event may be committed.
_REACH, _OVERLAP = timedelta(minutes=10), timedelta(hours=1)
_NOTED_EACH = timedelta(minutes=1)
_A_BATCH = 200


def tell_staff(now: datetime) -> int:
    """Make the notices of what was not told yet; how many events that were. Any number of workers may.

    One that raises is tried again each time, and holds up no other.
    """
    until = _looked_until(now)
    events = list(_untold(until - _OVERLAP, now)[:_A_BATCH])
    told = sum(_try(event, now) for event in events)
    if told == len(events) < _A_BATCH and now - until >= _NOTED_EACH:
        Sweep.objects.update_or_create(name=_NAME, defaults={"until": now})
    return told


def _try(event: StoryEvent, now: datetime) -> bool:
    try:
        _tell(event, now)
    except DatabaseFault:
        raise
    except Exception:
        log.exception("staff were not told", story_event=event.pk)
        return False
    return True


def _tell(event: StoryEvent, now: datetime) -> None:
    """All matters of an event in one transaction: one that is told is told whole. What is a day old is told nobody."""
    with transaction.atomic():
        for matter in MATTERS[event.act]:
            people = told_of(event, matter, now=now) if now - event.at < PATIENCE else []
            notice(f"event:{event.pk}:{matter}", of_event(event, matter), people, now=now, event=event)


def _untold(since: datetime, now: datetime) -> "QuerySet[StoryEvent]":
    events = StoryEvent.objects.filter(at__gt=since, at__lte=now, act__in=MATTERS, refusal="")
    told = Notice.objects.filter(event=OuterRef("pk"))
    return events.filter(~Exists(told)).select_related("story", "actor").order_by("at", "pk")


def _looked_until(now: datetime) -> datetime:
    seen = Sweep.objects.filter(name=_NAME).first()
    if seen is None:
        seen = Sweep.objects.create(name=_NAME, until=now - _REACH + _OVERLAP)
    return seen.until
