"""What my desk says of mail: that it stands still, that it is late, or that nobody knows whether it arrived."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from accounts.models import User
from alerts import outlook
from alerts.admin.pages import MANAGE, SEE
from alerts.admin.stops import alarms_of
from articles.admin.alarm_box import Alarm, Line
from articles.admin.marks import exact
from articles.desk import heartbeat
from articles.desk.lateness import GRACE


def mail_alarms(user: User, now: datetime) -> Iterator[Alarm]:
    """Five queries for a manager, four for an editor, none for somebody who has nothing to do with mail."""
    if not (user.has_perm(SEE) or user.has_perm(MANAGE)):
        return
    stops = outlook.stops()
    yield from alarms_of(stops)
    if not stops and (late := _late(now)):
        yield late
    if user.has_perm(MANAGE) and (count := outlook.uncertain()):
        yield _uncertain(count)


def _late(now: datetime) -> Alarm | None:
    """Readers have what was published; only its mails are late. A worker that is away is told of at once."""
    age, since = heartbeat.age(now), outlook.due_since()
    unfanned = outlook.not_worked_out(now).exists()
    silent = age is None or age > heartbeat.DEAD_AFTER
    if not unfanned and (since is None or now - since <= (GRACE if silent else outlook.NOT_SENT)):
        return None
    words = "Alerts are late"
    if age is None:
        words = "Alerts are not yet sent: no worker has been heard of for a day"
    elif silent:
        words = f"Alerts are not yet sent: the worker was last heard of {exact(now - age)}"
    told = (
        f"waiting since {exact(since)}" if since and since < now else "nobody has worked out yet who is told"
    )
    advice = "Whoever runs the site has to start a worker. Nothing is lost, and nobody is told twice."
    return Alarm(
        words, [Line(reverse("admin:alerts_overview"), "What waits", told)], advice if silent else ""
    )


def _uncertain(count: int) -> Alarm:
    one = count == 1
    words = f"Nobody knows whether {'1 mail' if one else f'{count} mails'} arrived"
    url = reverse("admin:alerts_uncertain")
    return Alarm(words, [Line(url, "Say what became of it" if one else "Say what became of them")])
