"""The record of one story as a page: every event in order, and whether the chain holds."""

from dataclasses import dataclass

from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from articles.admin.history import Entry, told
from articles.admin.panels import panels_of
from articles.admin.review import story_or_404
from articles.desk.verification import Finding, verify_story
from articles.models import Story, StoryEvent

A_PAGE = 100


@dataclass(frozen=True)
class Line:
    """One event, with what proves it."""

    event: StoryEvent
    entry: Entry


def record_view(request: HttpRequest, object_id: str, *, model_admin: ModelAdmin[Story]) -> HttpResponse:
    """The oldest first, a hundred a page; `?after=` a number goes on."""
    story = story_or_404(model_admin, request, object_id)
    after = _number(request.GET.get("after", "0"))
    events = StoryEvent.objects.filter(story=story, number__gt=after).order_by("number")
    found = list(events.select_related("actor", "revision").defer("revision__public")[: A_PAGE + 1])
    shown = found[:A_PAGE]
    findings = list(verify_story(story.pk))
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Record of {story}",
        "opts": model_admin.opts,
        "story": story,
        "lines": [Line(event, entry) for event, entry in zip(shown, told(shown), strict=True)],
        "is_first": after == 0,
        "next": shown[-1].number if len(found) > A_PAGE else None,
        "last": StoryEvent.objects.filter(story=story).order_by("-number").first(),
        "faults": [_said(finding) for finding in findings if finding.is_fault],
        "redacted": [_said(finding) for finding in findings if not finding.is_fault],
        "panels": panels_of(story, request.user),
    }
    return TemplateResponse(request, "admin/articles/story/record.html", context)


def _said(finding: Finding) -> str:
    """Without the story's number: the page is about no other."""
    words = f"{finding.what} {finding.why}"
    return words[0].upper() + words[1:]


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise Http404("There is no such page.")
    return int(text)
