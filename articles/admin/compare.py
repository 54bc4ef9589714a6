"""Any two revisions of a story, compared."""

from typing import Any

from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.admin import differences, withheld
from articles.admin.preview import revision_or_404
from articles.admin.review import story_or_404
from articles.admin.revisions import live_number
from articles.desk import related
from articles.models import Revision, Story


@require_safe
def choice_view(request: HttpRequest, object_id: str, *, model_admin: ModelAdmin[Story]) -> HttpResponse:
    """Where the two chosen from the list lead: to the address that names them."""
    story = story_or_404(model_admin, request, object_id)
    before, after = (revision_or_404(story, _number(request, name)) for name in ("before", "after"))
    return redirect("admin:articles_story_compare", story.pk, before.number, after.number)


@require_safe
def compare_view(
    request: HttpRequest, object_id: str, before: int, after: int, *, model_admin: ModelAdmin[Story]
) -> HttpResponse:
    story = story_or_404(model_admin, request, object_id)
    sides = [revision_or_404(story, number) for number in (before, after)]
    for revision in sides:
        if closed := withheld.page(request, model_admin, story, revision):
            return closed
    ours, theirs = sides
    publics = [revision.as_dict() for revision in sides]
    titles = related.names(request.user, timezone.now(), *publics)  # type: ignore[arg-type]
    context = {
        **model_admin.admin_site.each_context(request),
        **_ways_on(story, ours, theirs),
        "title": f"Revisions {before} and {after} of {story}",
        "opts": model_admin.opts,
        "story": story,
        "before": ours,
        "after": theirs,
        "difference": differences.between(*publics, titles=titles),
    }
    return TemplateResponse(request, "admin/articles/story/compare.html", context)


def _ways_on(story: Story, before: Revision, after: Revision) -> dict[str, Any]:
    """The step before this one and the one after it, and the revision that readers have now."""
    numbers = Revision.objects.filter(story=story).values_list("number", flat=True)
    live = live_number(story)
    return {
        "earlier": numbers.filter(number__lt=before.number).order_by("-number").first(),
        "later": numbers.filter(number__gt=after.number).order_by("number").first(),
        "live": live if live not in {before.number, after.number} else None,
    }


def _number(request: HttpRequest, name: str) -> int:
    chosen = request.GET.get(name, "")
    if not (chosen.isascii() and chosen.isdigit() and len(chosen) < 10):
        raise Http404("There is no such revision.")
    return int(chosen)
