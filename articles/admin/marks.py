"""The small marks of the desk: state and standing as word and colour, and times as people say them."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.desk.open_matters import is_overdue
from articles.desk.standing import Standing
from articles.models import State, Story

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def state_mark(state: str) -> SafeString:
    return _mark("state", state, State(state).label)


def standing_mark(standing: str) -> SafeString:
    """Where it stands for readers; an unpublished story says so quietly."""
    return _mark("standing", standing, Standing(standing).label)


def warning_mark(words: str) -> SafeString:
    return format_html('<span class="mark mark-warning">{}</span>', words)


def due(story: Story, now: datetime) -> SafeString | str:
    """When a story is due; once that is overdue, as a warning. Nothing where no time was set."""
    if story.due_at is None:
        return ""
    words = format_html(
        "{} {}", "Overdue: due" if is_overdue(story, now) else "Due", moment(story.due_at, now)
    )
    return warning_mark(words) if is_overdue(story, now) else format_html("<span>{}</span>", words)


def _mark(what: str, value: str, words: str) -> SafeString:
    return format_html('<span class="mark mark-{} mark-{}">{}</span>', what, value, words)


def exact(at: datetime) -> str:
    """The newsroom's own time, in full: 16 September 2024, 14:05; with the clock's name where it comes twice."""
    here = timezone.localtime(at)
    comes_twice = here.utcoffset() != here.replace(fold=1 - here.fold).utcoffset()
    told = date_format(here, "j F Y, H:i")
    return f"{told} {here.tzname()}" if comes_twice else told


def moment(at: datetime | None, now: datetime) -> SafeString | str:
    """A time as people say it, with the exact one for machines and on hovering."""
    if at is None:
        return ""
    words, full = relative(at, now), exact(at)
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(), full, words)


def relative(at: datetime, now: datetime) -> str:
    gone = abs(now - at)
    if gone < _MINUTE:
        return "just now"
    if gone < _HOUR:
        return _way(f"{gone // _MINUTE} min", at, now)
    if gone < 12 * _HOUR:
        return _way(f"{gone // _HOUR} h", at, now)
    return _day(timezone.localtime(at), timezone.localtime(now))


def _way(span: str, at: datetime, now: datetime) -> str:
    return f"in {span}" if at > now else f"{span} ago"


def _day(at: datetime, now: datetime) -> str:
    names = {0: "today", 1: "tomorrow", -1: "yesterday"}
    days = (at.date() - now.date()).days
    if days in names:
        return f"{names[days]}, {at:%H:%M}"
    if abs(days) < 7:
        return date_format(at, "l, H:i")
    return date_format(at, "j M Y" if at.year != now.year else "j M, H:i")
