"""Forgets what no part of the newsroom forgets by itself: the oldest rows of a table, a chunk at a time.

A turn reads at most a chunk of the lowest keys, which are the oldest, so that it costs the same however large a table
grew, and locks no more than it deletes. Calling it again does no harm.
"""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailConfirmation
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db.models import Model

from alerts.models import ProviderEvent
from newsroom.models import BackupRun

A_CHUNK = 1_000

#: How often each is looked at: a thousand provider events a minute are one and a half million a day.
EACH = timedelta(minutes=1)

#: Which column says how old a row is, and how old it may become.
AGES: dict[type[Model], tuple[str, timedelta]] = {
    ProviderEvent: ("at", timedelta(days=90)),
    LogEntry: ("action_time", timedelta(days=730)),
    BackupRun: ("ended_at", timedelta(days=400)),
    EmailConfirmation: ("created", timedelta(days=7)),
}


def forget_old(now: datetime) -> int:
    """The number of rows that went."""
    return _sessions(now) + sum(_oldest(model, column, now - kept) for model, (column, kept) in AGES.items())


def _sessions(now: datetime) -> int:
    """Those whose time is over; whoever signs out or is signed out ends their own at once."""
    over = Session.objects.filter(expire_date__lt=now).order_by("expire_date").values_list("pk", flat=True)
    return _deleted(Session, list(over[:A_CHUNK]))


def _oldest(model: type[Model], column: str, before: datetime) -> int:
    rows = model._default_manager.order_by("pk").values_list("pk", column)[:A_CHUNK]
    return _deleted(model, [key for key, at in rows if at < before])


def _deleted(model: type[Model], keys: list[Any]) -> int:
    return model._default_manager.filter(pk__in=keys).delete()[0] if keys else 0
