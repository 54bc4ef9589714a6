"""Stories in the admin: the list, the acts and the form, put together."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone

from articles.admin.acting import ActingMixin
from articles.admin.bylines import BylineInline
from articles.admin.keeping import KeepingMixin
from articles.admin.lists import ListMixin
from articles.admin.related import RelatedMixin
from articles.admin.saving import SavingMixin
from articles.admin.story_form import StoryForm
from articles.admin.topics import TopicsMixin
from articles.models import Story

WRITING = ("kicker", "headline", "standfirst", "body")
RELATED = ("related",)
TOPICS = ("byline_label", "topics")
PLACE = (("kind", "section"),)
LEAD = ("lead_image", "lead_alt", "lead_caption", "lead_credit")
CHANGE = ("change_kind", "public_note")
TELLING = ("tell_readers",)
ADDRESS = ("slug", "search_headline", "social_headline")
PLANS = (("embargo_at", "due_at"),)
PEOPLE = ("assignee", "restricted", "restricted_to")


class StoryAdmin(
    ListMixin, ActingMixin, KeepingMixin, SavingMixin, TopicsMixin, RelatedMixin, admin.ModelAdmin
):
    """Says what the form holds. State, version, author and times are no fields: the workflow writes them."""

    form = StoryForm
    inlines = (BylineInline,)
    actions = None
    view_on_site = False
    change_form_template = "admin/articles/story/change_form.html"

    def get_fieldsets(self, request: HttpRequest, obj: Story | None = None) -> Any:
        writing = WRITING if self.may_write(request, obj) else ("kicker", "headline", "standfirst", "written")
        related = RELATED if self.may_write(request, obj) else ("picked",)
        plans = (*PLANS, *PEOPLE) if request.user.has_perm("articles.edit_any_story") else PLANS
        change = _change(obj, timezone.now())
        changes = [("What this change is", {"fields": change, "classes": ("change",)})] if change else []
        return [
            (None, {"fields": writing, "classes": ("writing",)}),
            ("Label and topics", {"fields": TOPICS, "classes": ("topics",)}),
            ("Kind and section", {"fields": PLACE, "classes": ("place",)}),
            ("Lead picture", {"fields": LEAD, "classes": ("lead",)}),
            ("Related stories", {"fields": related, "classes": ("related",)}),
            *changes,
            ("Address, search and sharing", {"fields": ADDRESS, "classes": ("collapse", "address")}),
            ("Planning and people", {"fields": plans, "classes": ("collapse", "plans")}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Story | None = None) -> tuple[str, ...]:
        return () if self.may_write(request, obj) else ("written", "picked")


def _change(story: Story | None, now: datetime) -> tuple[str, ...]:
    """What a change says of itself, once readers get an edition or are about to; to whom it is sent, once they do."""
    if story is None:
        return ()
    editions = story.editions.effective().order_by("published_at")
    first = editions.values_list("published_at", flat=True).first()
    if first is None:
        return ()
    return (*CHANGE, *TELLING) if first <= now else CHANGE
