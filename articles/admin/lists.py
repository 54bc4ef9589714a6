"""The list of stories: what a person may know of, newest first, with state and standing in sight."""

from functools import cached_property
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.admin.lists import OwnFilters
from articles.admin import marks, searching
from articles.admin.filters import FILTERS, MOST_LISTED
from articles.desk.open_matters import with_open_matters
from articles.desk.standing import with_standing
from articles.models import Story
from articles.search.patience import TooLongError


class BoundedPaginator(Paginator[Story]):
    """Counts no further: that would read the whole archive."""

    @cached_property
    def count(self) -> int:
        return self.object_list[:MOST_LISTED].count()  # type: ignore[attr-defined]


class StoryList(ChangeList):
    """Only the list needs to know of every story where it stands and what is open: the page of one asks for itself."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        self.root_queryset = with_open_matters(with_standing(self.root_queryset, timezone.now()))
        return super().get_queryset(request, exclude_parameters)


class ListMixin(OwnFilters):
    list_display = ("title", "stands", "section", "byline", "updated", "assigned")
    list_display_links = ("title",)
    list_filter = FILTERS
    list_select_related = ("section", "assignee")
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = BoundedPaginator
    ordering = ("-updated_at", "-pk")
    sortable_by = ("title", "updated", "assigned")
    empty_value_display = ""
    # `searching` looks for more; the admin shows its field where there is one to search.
    search_fields = ("headline",)
    search_help_text = "Headline, standfirst, address, byline or topic; in older stories whole words only"
    # Acts concern one story that somebody has read: nothing is done to many at once.
    actions = None

    class Media:
        css = {"all": ["desk/marks.css"]}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Story]:
        """Everything in the admin starts here, so a restricted story shows nowhere else either."""
        return Story.objects.visible_to(request.user).order_by(*self.ordering)  # type: ignore[arg-type]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Story], search_term: str
    ) -> tuple[QuerySet[Story], bool]:
        if not search_term.strip():
            return queryset, False
        try:
            return queryset.filter(pk__in=searching.found(search_term, now=timezone.now())), False
        except TooLongError:
            messages.warning(
                request, "That takes too long to look for. Add a word, or leave out a common one."
            )
            return queryset.none(), False

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return StoryList

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changes = super().get_changelist_instance(request)
        changes.result_list = changes.result_list.prefetch_related("bylines__author")
        return changes

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody deletes a story: a draft is spiked, a published one taken down."""
        return False

    @admin.display(description="headline", ordering="headline")
    def title(self, story: Story) -> SafeString | str:
        words = story.headline or "Without a headline"
        notes = []
        if story.is_embargoed(timezone.now()):
            notes.append("Embargo")
        if story.restricted:
            notes.append("Restricted")
        if not notes:
            return words
        return format_html("{} {}", words, marks.warning_mark(", ".join(notes)))

    @admin.display(description="state and standing")
    def stands(self, story: Any) -> SafeString:
        told = [marks.state_mark(story.state), marks.standing_mark(story.standing)]
        told += [marks.warning_mark("On hold")] if story.is_held else []
        told += [marks.warning_mark("Countersignature owed")] if story.is_owed else []
        told += [format_html("<span>{} is reading it</span>", story.read_by)] if story.read_by else []
        return format_html_join(" ", "{}", ((mark,) for mark in told))

    @admin.display(description="byline")
    def byline(self, story: Story) -> str:
        return story.byline_label or ", ".join(byline.author.name for byline in story.bylines.all())

    @admin.display(description="updated", ordering="-updated_at")
    def updated(self, story: Story) -> SafeString | str:
        return marks.moment(story.updated_at, timezone.now())

    @admin.display(description="assigned, due", ordering="due_at")
    def assigned(self, story: Story) -> SafeString | str:
        who = format_html("<span>{}</span> ", story.assignee) if story.assignee else ""
        return format_html("{}{}", who, marks.due(story, timezone.now()))
