"""The queue: everything that waits for a manager, oldest first."""

from datetime import datetime
from typing import Any

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.models import User
from articles.desk.acts import Act
from articles.desk.standing import with_standing
from articles.models import Revision, Story, StoryEvent

#: One page; a desk with more than this waiting has another problem than paging.
MOST = 100


def queue_view(request: HttpRequest, *, model_admin: ModelAdmin[Story]) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    if not user.has_perm("articles.review_story"):
        raise PermissionDenied("The queue is the managers'.")
    now = timezone.now()
    stories = list(waiting(user, now)[: MOST + 1])
    context = {
        **model_admin.admin_site.each_context(request),
        "title": "To review",
        "opts": model_admin.opts,
        "stories": stories[:MOST],
        "more": len(stories) > MOST,
        "now": now,
    }
    return TemplateResponse(request, "admin/articles/story/queue.html", context)


def waiting(user: User, now: datetime) -> QuerySet[Any]:
    """Stories in review that `user` may see, with who sent each and when, and whether `user` worked on it."""
    stories = Story.objects.visible_to(user).waiting_for_review().select_related("section", "assignee")
    sent = StoryEvent.objects.filter(story=OuterRef("pk")).done(Act.SUBMIT)
    own = Revision.objects.filter(story=OuterRef("pk"), saved_by=user)
    return (
        with_standing(stories, now)
        .annotate(
            submitted_at=Subquery(sent.values("at")[:1]),
            submitted_by=Subquery(sent.values("actor__name")[:1]),
            worked_on=Exists(own.unpublished()),
        )
        .order_by(F("submitted_at").asc(nulls_first=True), "pk")
    )
