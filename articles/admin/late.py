"""What is late after publication, as my desk says it to those who can do something about it."""

from datetime import datetime, timedelta

from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import User
from articles.admin import marks
from articles.admin.alarm_box import MOST, Alarm, Line
from articles.desk import heartbeat
from articles.desk.lateness import Late, late, lateness
from articles.models import Story


def late_alarm(user: User, now: datetime) -> Alarm | None:
    """None where nothing is late, or for somebody whose stories others publish.

    Without a worker everything is late for one reason, which is told once; with one, each that is late has its own.
    While a worker runs: two queries and two for each side effect, and one more where something is late.
    """
    if not user.has_perm("articles.edit_any_story"):
        return None
    age = heartbeat.age(now)
    if age is None or age > heartbeat.DEAD_AFTER:
        return _no_worker(age, now)
    return _late(user, now)


def _no_worker(age: timedelta | None, now: datetime) -> Alarm | None:
    waiting = lateness(now).overdue
    if not waiting:
        return None
    silent = "No worker has run yet" if age is None else f"No worker has run since {marks.exact(now - age)}"
    things = "1 thing that follows a publication waits"
    if waiting > 1:
        things = f"{waiting} things that follow publications wait"
    return Alarm(
        f"{silent}: {things} for one",
        advice="Readers have what was published. Whoever runs the site has to start a worker.",
    )


def _late(user: User, now: datetime) -> Alarm | None:
    found = late(now, most=MOST + 1)
    if not found:
        return None
    stories = [one.edition.story_id for one in found]
    seen = set(Story.objects.visible_to(user).filter(pk__in=stories).values_list("pk", flat=True))
    known = [one for one in found[:MOST] if one.edition.story_id in seen]
    others = len(found[:MOST]) - len(known)
    hidden = f"{others} of stories that only those named on them may know of. " if others else ""
    return Alarm(
        "Late: not everything that follows a publication has been done",
        [_line(one, now) for one in known],
        f"{hidden}Readers have what was published.",
        more=len(found) > MOST,
    )


def _line(one: Late, now: datetime) -> Line:
    url = reverse("admin:articles_story_record", args=[one.edition.story_id])
    return Line(url, one.edition.headline, _told(one, now))


def _told(one: Late, now: datetime) -> SafeString:
    since = marks.moment(one.edition.published_at, now)
    begun = format_html("before readers since {}: “{}”", since, one.name)
    if not one.attempts:
        return format_html("{} is not done yet.", begun)
    times = f"{one.attempts} time{pluralize(one.attempts)}"
    return format_html("{} failed {} and is tried again. <code>{}</code>", begun, times, one.error)
