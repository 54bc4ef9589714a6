"""The revisions of a story: what each save said, and the way back to it."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from articles.admin import differences, facts, history, withheld
from articles.admin.act_forms import form_for
from articles.admin.preview import revision_or_404
from articles.admin.review import Option, story_or_404
from articles.admin.wording import WORDING
from articles.desk import related, workflow
from articles.desk.acts import Act
from articles.desk.record import latest
from articles.desk.withholding import may_read
from articles.models import Revision, Story, Withholding

A_PAGE = 50
MOST_ENTRIES = 200


def revisions_view(request: HttpRequest, object_id: str, *, model_admin: ModelAdmin[Story]) -> HttpResponse:
    """The newest first, fifty a page; `?before=` a number goes further back."""
    story = story_or_404(model_admin, request, object_id)
    revisions = (
        Revision.objects.filter(story=story).select_related("saved_by").defer("public").order_by("-number")
    )
    before = request.GET.get("before")
    if before is not None:
        if not (before.isascii() and before.isdigit() and len(before) < 10):
            raise Http404("There is no such page.")
        revisions = revisions.filter(number__lt=before)
    found = list(revisions[: A_PAGE + 1])
    live = live_number(story)
    context = {
        **_page(model_admin, request, story, f"Revisions of {story}"),
        "live": live,
        "live_apart": live is not None and all(row.number != live for row in found[:A_PAGE]),
        "revisions": found[:A_PAGE],
        "older": found[A_PAGE - 1].number if len(found) > A_PAGE else None,
        "out": set(story.editions.published(timezone.now()).values_list("revision__number", flat=True)),
        "withheld": Withholding.objects.in_force(timezone.now()).of_story(story.pk).texts(),
        "entries": history.entries(story, most=MOST_ENTRIES) if before is None else [],
    }
    return TemplateResponse(request, "admin/articles/story/revisions.html", context)


def revision_view(
    request: HttpRequest, object_id: str, number: int, *, model_admin: ModelAdmin[Story]
) -> HttpResponse:
    """One revision as readers would see it, what was different before it, and the way back."""
    story = story_or_404(model_admin, request, object_id)
    revision = revision_or_404(story, number)
    if closed := withheld.page(request, model_admin, story, revision):
        return closed
    previous = Revision.objects.filter(story=story, number__lt=number).order_by("-number").first()
    if previous is not None and not may_read(request.user, previous, timezone.now()):  # type: ignore[arg-type]
        previous = None
    public = revision.as_dict()
    before = previous.as_dict() if previous else {}
    titles = related.names(request.user, timezone.now(), before, public)  # type: ignore[arg-type]
    context = {
        **_page(model_admin, request, story, f"Revision {number} of {story}"),
        "revision": revision,
        "previous": previous,
        "live": live_number(story),
        "changes": differences.between(before, public, titles=titles) if previous else "",
        "facts": facts.facts(public, titles=titles),
        **_way_back(request, story, revision),
    }
    return TemplateResponse(request, "admin/articles/story/revision.html", context)


def live_number(story: Story) -> int | None:
    """The number of the revision that readers have now."""
    return story.editions.live(timezone.now()).values_list("revision__number", flat=True).first()


def _way_back(request: HttpRequest, story: Story, revision: Revision) -> dict[str, Any]:
    """The form that goes back to this revision, or why that cannot be."""
    newest = latest(story)
    if newest is None or newest.pk == revision.pk:
        return {"reason": "This is the newest revision."}
    answers = workflow.available(story, request.user, timezone.now())  # type: ignore[arg-type]
    reason = next(answer.reason for answer in answers if answer.act is Act.REVERT_TO)
    if reason:
        return {"reason": reason}
    form = form_for(Act.REVERT_TO, story, number=revision.number, revision=newest.number, hash=newest.hash)
    return {"option": Option(Act.REVERT_TO, WORDING[Act.REVERT_TO], form)}


def _page(model_admin: ModelAdmin[Story], request: HttpRequest, story: Story, title: str) -> dict[str, Any]:
    return {
        **model_admin.admin_site.each_context(request),
        "title": title,
        "opts": model_admin.opts,
        "story": story,
        "may_edit": model_admin.has_change_permission(request, story),
    }
