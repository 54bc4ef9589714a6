"""What can be done to a story besides writing it: the pages around it, and the one address for acts."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from accounts.models import User
from articles.admin import (
    calendar,
    compare,
    moving,
    preview,
    preview_links,
    queue,
    record,
    revisions,
    withheld,
)
from articles.admin.act_forms import BY_ADDRESS, ON_NOTES, ActForm, form_for
from articles.admin.attempting import attempt_of
from articles.admin.confirming import confirm_page
from articles.admin.consequences import CONFIRMED
from articles.admin.outcomes import PREVIEW
from articles.admin.panel import panel_for
from articles.admin.review import Attempt, attempted, has_a_page, review_page, story_or_404
from articles.admin.wording import said_when_done
from articles.desk import permissions, redacting
from articles.desk.acts import Act
from articles.desk.preview_links import hash_of, token_of
from articles.desk.refusals import NotReady
from articles.desk.standing import stand
from articles.models import PreviewLink, Story

#: After these the story is a draft to be written on.
_BACK_TO_WRITING = frozenset({Act.RECALL, Act.UNSPIKE, Act.REVERT_TO})


class ActingMixin(admin.ModelAdmin[Story]):
    def get_urls(self) -> list[URLPattern]:
        def at(route: str, view: Any, name: str) -> URLPattern:
            staff_only = self.admin_site.admin_view(partial(view, model_admin=self))
            return path(route, staff_only, name=f"articles_story_{name}")

        return [
            at("queue/", queue.queue_view, "queue"),
            at("calendar/", calendar.calendar_view, "calendar"),
            at("<str:object_id>/review/", review_view, "review"),
            at("<str:object_id>/preview/", preview.preview_view, "preview"),
            at("<str:object_id>/act/<str:act>/", act_view, "act"),
            at("<str:object_id>/move/", moving.move_view, "move"),
            at("<str:object_id>/record/", record.record_view, "record"),
            at("<str:object_id>/revisions/", revisions.revisions_view, "revisions"),
            at("<str:object_id>/revisions/<int:number>/", revisions.revision_view, "revision"),
            at("<str:object_id>/revisions/<int:number>/preview/", preview.preview_view, "revision_preview"),
            at("<str:object_id>/compare/", compare.choice_view, "comparing"),
            at("<str:object_id>/compare/<int:before>/<int:after>/", compare.compare_view, "compare"),
            *super().get_urls(),
        ]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Django's log knows what its own form did; the record of the desk knows all."""
        story = story_or_404(self, request, object_id)
        return redirect("admin:articles_story_revisions", story.pk)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        story = kwargs.get("obj")
        if story is not None and story.pk:
            context["panel"] = panel_for(story, request.user, timezone.now())  # type: ignore[arg-type]
        return super().render_change_form(request, context, *args, **kwargs)


def review_view(request: HttpRequest, object_id: str, *, model_admin: ActingMixin) -> HttpResponse:
    story = story_or_404(model_admin, request, object_id)
    return withheld.page(request, model_admin, story) or review_page(request, model_admin, story)


def act_view(request: HttpRequest, object_id: str, act: str, *, model_admin: ActingMixin) -> HttpResponse:
    """Do one act: 302 when done, else its page with 403, 409 or 422 and everything that was typed.

    A grave act has a page of its own, which says beforehand what will happen; the others stand on the review page.
    """
    if act not in {known.value for known in BY_ADDRESS}:
        raise Http404("There is no such act.")
    if request.method != "POST" and not (request.method in {"GET", "HEAD"} and act in CONFIRMED):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"] if act in CONFIRMED else ["POST"])
    story = story_or_404(model_admin, request, object_id)
    if request.method != "POST":
        return confirm_page(request, model_admin, story, Act(act))
    form = form_for(Act(act), story, request.POST)
    if act == Act.SHARE_PREVIEW:
        return _share(request, model_admin, story, form)
    if act == Act.TAKE_DOWN and PREVIEW in request.POST:
        return confirm_page(request, model_admin, story, form.act, shown=form)
    if act == Act.REDACT and (looked := _looked(request, model_admin, story, form)):
        return looked
    attempt = attempt_of(form, story, request)
    if attempt is not None:
        return _not_done(request, model_admin, story_or_404(model_admin, request, object_id), attempt)
    messages.success(request, said_when_done(Act(act), story, timezone.now()))
    return HttpResponseRedirect(_next_page(model_admin, request, story, Act(act)))


def _share(request: HttpRequest, model_admin: ActingMixin, story: Story, form: ActForm) -> HttpResponse:
    """201 with the link: this answer alone holds it, so there is nothing to be led on to.

    Sent again, as by loading the page anew, the same form shows the same link while it is open; one that says
    anything else makes another.
    """
    said = (request.POST.get(name, "") for name in ("for_whom", "days", "revision"))
    token = token_of(request.POST.get("once", ""), story.pk, *said)
    made = PreviewLink.objects.open(timezone.now()).filter(story=story, created_by=request.user.pk)
    if made.filter(token_hash=hash_of(token)).exists():
        return preview_links.shared_page(request, model_admin, story, token)
    attempt = attempt_of(form, story, request, token_hash=hash_of(token))
    if attempt is not None:
        return _not_done(request, model_admin, story_or_404(model_admin, request, str(story.pk)), attempt)
    return preview_links.shared_page(request, model_admin, story, token)


def _looked(
    request: HttpRequest, model_admin: ActingMixin, story: Story, form: ActForm
) -> HttpResponse | None:
    """Where the words stand that nobody has asked to blank yet. To look is no act, so nothing of it is on record."""
    user: User = request.user  # type: ignore[assignment]
    if not form.is_valid() or form.cleaned_data["confirmation"].strip():
        return None
    if not permissions.can(user, Act.REDACT, story, now=timezone.now()).allowed:
        return None
    try:
        found = redacting.found_in(story, redacting.read(form.cleaned_data["words"]))
    except NotReady as refusal:
        return _not_done(request, model_admin, story, attempted(form, refusal))
    return confirm_page(request, model_admin, story, Act.REDACT, shown=form, found=found)


def _not_done(request: HttpRequest, model_admin: ActingMixin, story: Story, attempt: Attempt) -> HttpResponse:
    """The page the act was asked for on."""
    if closed := withheld.page(request, model_admin, story):
        return closed
    if has_a_page(attempt.act, stand(story, timezone.now())):
        return confirm_page(request, model_admin, story, attempt.act, attempt)
    return review_page(request, model_admin, story, attempt)


def _next_page(model_admin: ActingMixin, request: HttpRequest, story: Story, act: Act) -> str:
    """Where to go on. Somebody may just have given the story away for good."""
    if not model_admin.get_queryset(request).filter(pk=story.pk).exists():
        return reverse("admin:articles_story_changelist")
    if request.POST.get("back") == "queue":
        return queue.address(request.POST.get("asked", ""))
    page = "change" if act in _BACK_TO_WRITING else "review"
    place = "#notes" if act in ON_NOTES else ""
    return reverse(f"admin:articles_story_{page}", args=[story.pk]) + place
