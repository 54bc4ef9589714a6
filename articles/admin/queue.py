"""The queue: everything that waits for a manager, the longest wait first, less what a manager leaves out."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from articles.admin.narrowing import WHOSE, Choice, by_assignee, by_section, choice, chosen, narrowed
from articles.desk.acts import Act
from articles.desk.open_matters import overdue, read_by, with_open_matters, with_reader
from articles.desk.standing import with_standing
from articles.models import Revision, Story, StoryEvent
from articles.models.notes import with_open_notes

#: Stories of one page.
MOST = 100

DUE = {"": "Any time", "overdue": "Overdue"}
SORTS = {"": "Longest wait", "due": "Due first"}


def queue_view(request: HttpRequest, *, model_admin: ModelAdmin[Story]) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    if not user.has_perm("articles.review_story"):
        raise PermissionDenied("The queue is the managers'.")
    now = timezone.now()
    choices = _choices(request.GET)
    asked = chosen(choices)
    stories = with_open_notes(with_reader(_asked_for(waiting(user, now), asked, user, now)))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "To review",
        "opts": model_admin.opts,
        "stories": Paginator(stories, MOST).get_page(request.GET.get("page")),
        "choices": choices,
        "narrowed": bool(asked),
        "now": now,
    }
    return TemplateResponse(request, "admin/articles/story/queue.html", context)


def address(asked: str) -> str:
    """The queue as `asked`, a query string, had it. What is no choice there is left out, so it leads nowhere else."""
    query = QueryDict(asked)
    kept = chosen(_choices(query))
    page = query.get("page", "")
    if page.isdecimal() and len(page) < 6:
        kept["page"] = page
    return reverse("admin:articles_story_queue") + (f"?{urlencode(kept)}" if kept else "")


def waiting(user: User, now: datetime) -> QuerySet[Any]:
    """Stories in review that `user` may see, with who sent each and when, and whether `user` worked on it."""
    stories = Story.objects.visible_to(user).waiting_for_review().select_related("section", "assignee")
    sent = StoryEvent.objects.filter(story=OuterRef("pk")).done(Act.SUBMIT)
    own = Revision.objects.filter(story=OuterRef("pk"), saved_by=user)
    return (
        with_open_matters(with_standing(stories, now))
        .annotate(
            submitted_at=Subquery(sent.values("at")[:1]),
            submitted_by=Subquery(sent.values("actor__name")[:1]),
            worked_on=Exists(own.unpublished()),
        )
        .order_by(F("submitted_at").asc(nulls_first=True), "pk")
    )


def _choices(query: QueryDict) -> list[Choice]:
    return [
        by_section(query),
        by_assignee(query),
        choice(query, "reading", "Being read by", WHOSE),
        choice(query, "due", "Due", DUE),
        choice(query, "sort", "Order", SORTS),
    ]


def _asked_for(stories: QuerySet[Any], asked: dict[str, str], user: User, now: datetime) -> QuerySet[Any]:
    stories = narrowed(stories, asked, user)
    if "reading" in asked:
        stories = read_by(stories, user if asked["reading"] == "me" else None)
    if "due" in asked:
        stories = stories.filter(overdue(now))
    if "sort" in asked:
        stories = stories.order_by(F("due_at").asc(nulls_last=True), "submitted_at", "pk")
    return stories
