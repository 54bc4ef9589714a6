"""Moving a scheduled story to another time: the act `schedule` with a page of its own, come to from the calendar.

The workflow cancels the time that was set and sets the new one in one transaction, so a move that is refused leaves
the story scheduled as it was.
"""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.models import User
from articles.admin import calendar, withheld
from articles.admin.act_forms import BIGGEST, ScheduleForm
from articles.admin.attempting import attempt_of
from articles.admin.consequences import Scene, scene_of
from articles.admin.marks import exact
from articles.admin.review import Attempt, Option, story_or_404
from articles.admin.wording import Wording
from articles.desk import permissions
from articles.desk.acts import Act
from articles.desk.situation import part_of
from articles.models import Story

_WORDING = Wording(
    "Readers see the text from the new time on. Until you press the button it goes out as planned.", ""
)


class MoveForm(ScheduleForm):
    """Says which scheduled edition it moves: another manager may have moved or cancelled it since."""

    moves = forms.IntegerField(required=False, min_value=0, max_value=BIGGEST, widget=forms.HiddenInput)

    def __init__(self, story: Story, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(Act.SCHEDULE, story, data, initial=initial)
        self.fields["at"].label = "New date and time"
        self.fields["at"].required = True
        self.fields["at"].error_messages["required"] = "Say when the story is to go out."


@require_http_methods(["GET", "HEAD", "POST"])
def move_view(request: HttpRequest, object_id: str, *, model_admin: ModelAdmin[Story]) -> HttpResponse:
    """The form, or with POST the move: 302 when done, else the form with 403, 409 or 422 and what was typed."""
    story = story_or_404(model_admin, request, object_id)
    if closed := withheld.page(request, model_admin, story):
        return closed
    if request.method != "POST":
        return _page(request, model_admin, story)
    form = MoveForm(story, request.POST)
    attempt = attempt_of(form, story, request)
    if attempt is not None:
        return _page(request, model_admin, story_or_404(model_admin, request, object_id), attempt)
    at = exact(form.cleaned_data["at"])
    messages.success(request, f"“{story}” has been moved. It goes out {at}.")
    return HttpResponseRedirect(_back(request))


def _back(request: HttpRequest) -> str:
    return calendar.address(request.GET.get("next", ""))


def _page(
    request: HttpRequest, model_admin: ModelAdmin[Story], story: Story, attempt: Attempt | None = None
) -> HttpResponse:
    user: User = request.user  # type: ignore[assignment]
    scene = scene_of(story, timezone.now())
    allowed, reason = permissions.judge(Act.SCHEDULE, part_of(user, story, scene.situation), scene.situation)
    if allowed and scene.scheduled is None:
        allowed, reason = False, "Nothing is scheduled."
    if attempt is not None:
        attempt = _told_at_the_field(attempt, scene)
    elif not allowed:
        attempt = Attempt(MoveForm(story), 403, reason, tried=False)
    form = (attempt.form if attempt else MoveForm(story, initial=_seen(scene))) if allowed else None
    back = _back(request)
    move = reverse("admin:articles_story_move", args=[story.pk])
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"{'Error: ' if attempt else ''}Move: {story}",
        "opts": model_admin.opts,
        "story": story,
        "where": scene.situation.stand,
        "revision": scene.newest,
        "option": Option(Act.SCHEDULE, _WORDING, form, reason, primary=True),
        "attempt": attempt,
        "attempt_shown": form is not None,
        "act_url": f"{move}?{urlencode({'next': back})}",
        "back": back,
    }
    status = attempt.status if attempt else 200
    return TemplateResponse(request, "admin/articles/story/move.html", context, status=status)


def _seen(scene: Scene) -> dict[str, Any]:
    """The text and the plan that the page shows."""
    newest, scheduled = scene.newest, scene.scheduled
    return {
        "revision": newest.number if newest else 0,
        "hash": newest.hash if newest else "",
        "moves": scheduled.pk if scheduled else 0,
        "at": scheduled.published_at if scheduled else None,
    }


def _told_at_the_field(attempt: Attempt, scene: Scene) -> Attempt:
    """The form as it was typed, speaking about what the page shows now; what is wrong with it stands at its field."""
    shown = {name: value for name, value in _seen(scene).items() if name != "at"}
    form = attempt.form
    form.data = {**form.data.dict(), **shown}  # type: ignore[attr-defined]
    stays = (
        f"Nothing has changed: it goes out {exact(scene.scheduled.published_at)}." if scene.scheduled else ""
    )
    said = stays if form.errors and stays else f"{attempt.sentence} {stays}".strip()
    return replace(attempt, sentence=said)
