"""The page of one grave act: what it will do, its form, and the way back. Looking at it changes nothing."""

from dataclasses import replace
from typing import Any

from django.contrib.admin import ModelAdmin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.models import User
from articles.admin.act_forms import ActForm, form_for
from articles.admin.consequences import Scene, consequences, scene_of
from articles.admin.outcomes import Outcome, outcome_of, readers_page
from articles.admin.review import Attempt, Option, typed_again
from articles.admin.wording import WORDING
from articles.desk import permissions, withholding
from articles.desk.acts import Act
from articles.desk.obstacles import obstacle
from articles.desk.refusals import NotReady
from articles.desk.situation import part_of
from articles.models import Revision, Story


def confirm_page(
    request: HttpRequest,
    model_admin: ModelAdmin[Story],
    story: Story,
    act: Act,
    attempt: Attempt | None = None,
    *,
    shown: ActForm | None = None,
    found: str = "",
) -> HttpResponse:
    """The page; 403 with the reason and without a form where the act is not possible for this person now.

    Where it is, but would be refused whatever is typed, it says so at once and has no button either.

    `attempt` is what was asked for and not done; `shown` what was typed to see what readers would get, or where words
    stand; `found` is the answer to the latter.
    """
    user: User = request.user  # type: ignore[assignment]
    scene = scene_of(story, timezone.now())
    allowed, reason = permissions.judge(act, part_of(user, story, scene.situation), scene.situation)
    if allowed and act is Act.TAKE_DOWN and "readers" in request.GET:
        return readers_page(request, story)
    stops = obstacle(act, story, scene.now) if allowed else None
    form = _form(act, scene, attempt, shown) if allowed and stops is None else None
    if not allowed and attempt is None:
        attempt = Attempt(form_for(act, story), 403, reason, tried=False)
    if stops is not None:
        attempt = _stopped(attempt or Attempt(form_for(act, story), 200, "", tried=False), stops)
    option = Option(act, WORDING[act], form, reason, primary=True)
    status = attempt.status if attempt else 200
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"{'Error: ' if status >= 400 else ''}{act.label}: {story}",
        "opts": model_admin.opts,
        "story": story,
        "where": scene.situation.stand,
        "option": option,
        "attempt": attempt,
        "attempt_shown": form is not None,
        "consequences": consequences(act, scene) if allowed else [],
        "revision": _text(act, scene, user) if allowed else None,
        "outcome": _outcome(story, shown),
        "found": found,
        "can_be_shown": act is Act.TAKE_DOWN,
    }
    return TemplateResponse(request, "admin/articles/story/confirm.html", context, status=status)


def _stopped(attempt: Attempt, stops: NotReady) -> Attempt:
    """What stands in the way, besides what was said of the attempt itself."""
    said = [attempt.sentence, stops.sentence]
    return replace(attempt, sentence=" ".join(dict.fromkeys(filter(None, said))), issues=stops.issues)


def _form(act: Act, scene: Scene, attempt: Attempt | None, shown: ActForm | None) -> ActForm:
    if shown is not None:
        return shown
    newest = scene.newest
    if attempt is not None:
        return typed_again(attempt.form, newest)
    seen: dict[str, Any] = {"revision": newest.number, "hash": newest.hash} if newest else {}
    return form_for(act, scene.story, **seen)


def _text(act: Act, scene: Scene, user: User) -> Revision | None:
    """The text the act speaks about, to be read on this very page."""
    debt = scene.situation.debt
    about = {Act.PUBLISH_UNREVIEWED: scene.newest, Act.COUNTERSIGN: debt.revision if debt else None}.get(act)
    return about if about and withholding.may_read(user, about, scene.now) else None


def _outcome(story: Story, shown: ActForm | None) -> Outcome | None:
    is_asked = shown is not None and shown.act is Act.TAKE_DOWN and shown.is_valid()
    return outcome_of(story, shown) if shown is not None and is_asked else None
