"""The calendar: what is scheduled, under embargo, due and published, by month, week or day.

`?month=2026-11`, `?week=2026-W48` (ISO 8601) or `?day=2026-11-25`; without any the present month, because most of what
is planned lies further ahead than this week.
"""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.views.decorators.http import require_safe

from accounts.models import User
from articles.admin.entries import Day
from articles.admin.narrowing import Choice, by_assignee, by_section, chosen, narrowed
from articles.admin.planned import planned
from articles.admin.spans import NoSuchSpan, Span, around, asked_for, day_of
from articles.models import Story

#: Entries of a day: in a month the rest is one click away, on its own page a day shows what anybody could read.
MOST = {"month": 4, "week": 25, "day": 200}


@require_safe
def calendar_view(request: HttpRequest, *, model_admin: ModelAdmin[Story]) -> HttpResponse:
    """The page; 404 with a sentence where the address names no month, week or day."""
    user: User = request.user  # type: ignore[assignment]
    if not user.has_perm("articles.view_story"):
        raise PermissionDenied("The calendar is for those who work on stories.")
    now = timezone.now()
    today = day_of(now)
    context = {**model_admin.admin_site.each_context(request), "opts": model_admin.opts, "today": today}
    try:
        span = asked_for(dict(request.GET.lists()), today)
    except NoSuchSpan as fault:
        context |= {"title": "Calendar", "problem": str(fault)}
        return TemplateResponse(request, "admin/articles/story/calendar.html", context, status=404)
    choices = _choices(request.GET)
    asked = chosen(choices)
    stories = narrowed(Story.objects.visible_to(user), asked, user)
    found = planned(stories, span, now, most=MOST[span.kind])
    context |= {
        "title": f"Calendar: {span.title}",
        "span": span,
        "here": _url(span, asked),
        "weekdays": list(WEEKDAYS.values()),
        "weeks": _weeks(span, found.days),
        "day": found.days[span.first] if span.kind == "day" else None,
        "is_empty": not any(day.entries for day in found.days.values()),
        "is_cut": found.is_cut,
        "choices": choices,
        "narrowed": bool(asked),
        "all_url": _url(span, {}),
        "kept": urlencode(asked),
        "may_move": user.has_perm("articles.review_story") and user.has_perm("articles.publish_story"),
        **_ways(span, asked, today),
    }
    return TemplateResponse(request, "admin/articles/story/calendar.html", context)


def address(asked: str) -> str:
    """The page of the calendar that `asked`, an address, names; anything else leads to the present month."""
    path, _, query = asked.partition("?")
    plain = reverse("admin:articles_story_calendar")
    known = QueryDict(query)
    try:
        span = asked_for(dict(known.lists()), day_of(timezone.now()))
    except NoSuchSpan:
        return plain
    return _url(span, chosen(_choices(known))) if path == plain else plain


def _ways(span: Span, asked: dict[str, str], today: date) -> dict[str, Any]:
    """Where one can go from here: back, on, to today, and to the same days seen otherwise."""
    near = today if span.first <= today <= span.last else span.first
    before, after = span.before(), span.after()
    kinds = {"month": "Month", "week": "Week", "day": "Day"}
    return {
        "before": (before.title, _url(before, asked)) if before else None,
        "after": (after.title, _url(after, asked)) if after else None,
        "now_url": _url(around(span.kind, today), asked),
        "views": [
            (label, _url(around(kind, near), asked), kind == span.kind) for kind, label in kinds.items()
        ],
    }


def _url(span: Span, asked: dict[str, str]) -> str:
    query = urlencode({span.kind: span.value, **asked})
    return f"{reverse('admin:articles_story_calendar')}?{query}"


def _weeks(span: Span, days: dict[date, Day]) -> list[list[Day | None]]:
    return [[days[day] if day else None for day in week] for week in span.weeks] if span.kind != "day" else []


def _choices(query: QueryDict) -> list[Choice]:
    return [by_section(query), by_assignee(query)]
