"""Reminds staff of what time makes urgent: a review that is overdue, a signature that is owed, a licence that ends."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from alerts.models import Matter, Notice
from alerts.staff import people
from alerts.staff.noticing import notice
from alerts.staff.words import about, clock
from articles.desk.licences_ending import groups
from articles.models import Image, State, Story, StoryEvent

#: A signature that was owed this long is reminded of, once.
OWED = timedelta(hours=24)

#: Days before the end of a licence at which it is told, and the hour of the morning.
DAYS_BEFORE = (30, 7, 1)
HOUR = 8

_LONGEST_OVERDUE = timedelta(days=7)
_A_DAY = timedelta(days=1)


def remind(now: datetime) -> None:
    _overdue(now)
    _owed(now)
    _ending(now)


def _overdue(now: datetime) -> None:
    """Once for each story and time it was due at."""
    late = Story.objects.filter(state=State.IN_REVIEW, due_at__lt=now, due_at__gt=now - _LONGEST_OVERDUE)
    for story in late.select_related("assignee"):
        key = f"overdue:{story.pk}:{story.due_at:%Y%m%dT%H%M}"
        if story.due_at and not Notice.objects.filter(key=key).exists():
            said = f"Its review was due {clock(story.due_at)}. It still waits."
            told = people.managers_told_of(story, Matter.OVERDUE)
            notice(key, about(story, "Review overdue", [said]), told, now=now)


def _owed(now: datetime) -> None:
    for debt in StoryEvent.objects.open_debts().filter(at__lt=now - OWED).select_related("story", "actor"):
        key = f"debt:{debt.pk}"
        if not Notice.objects.filter(key=key).exists():
            told = people.willing(people.countersigners(debt.story, now), Matter.DEBT)
            said = f"{debt.actor} published it without review {clock(debt.at)}. Nobody has signed since."
            notice(key, about(debt.story, "Still without a second signature", [said]), told, now=now)


def _ending(now: datetime) -> None:
    """Once a morning, when a licence came within 30, 7 or 1 days of its end since the morning before."""
    morning = timezone.localtime(now).replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if now < morning or not _nearer(morning):
        return
    for manager in people.willing(people.managers(), Matter.LICENCES):
        key = f"licences:{morning:%Y-%m-%d}:{manager.pk}"
        if not Notice.objects.filter(key=key).exists():
            _list(key, manager, now)


def _nearer(morning: datetime) -> bool:
    near = Q()
    for days in DAYS_BEFORE:
        end = morning + timedelta(days=days)
        near |= Q(licence_ends_at__gt=end - _A_DAY, licence_ends_at__lte=end)
    return Image.objects.filter(near).exists()


def _list(key: str, manager: User, now: datetime) -> None:
    """How many, by how soon: which they are is for the page, which shows each person what they may know of."""
    lines = [f"{group.title}: {len(group.pictures)}" for group in groups(manager, now)]
    contents = {
        "subject": "Licences of pictures end soon",
        "lines": lines,
        "link": reverse("admin:articles_image_ending"),
        "label": "See the pictures",
    }
    notice(key, contents, [manager] if lines else [], now=now)
