"""The filters beside the list of stories: `?state=in_review`, `?assignee=me` and their like."""

from typing import Any

from django.contrib.admin import ModelAdmin, SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from articles.desk.open_matters import held, not_out, overdue, owed
from articles.desk.standing import Standing, may_stand
from articles.models import Author, Byline, Kind, Section, State, Story

#: More people than anybody reads through; the search finds the others by name.
MOST_AUTHORS = 200
#: Stories of one list: nobody turns the pages of more.
MOST_LISTED = 5000


class _Filter(SimpleListFilter):
    """A value that is none of the choices finds nothing; it is no error."""

    def queryset(self, request: HttpRequest, queryset: QuerySet[Story]) -> QuerySet[Story]:
        value = self.value()
        if not value:
            return queryset
        if value not in {str(choice) for choice, _ in self.lookup_choices}:
            return queryset.none()
        return self.matching(queryset, value, request.user)

    def matching(self, stories: QuerySet[Story], value: str, user: Any) -> QuerySet[Story]:
        return stories.filter(**{self.parameter_name or "": value})


class StateFilter(_Filter):
    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[Any, str]]:
        return State.choices


class StandingFilter(_Filter):
    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[Any, str]]:
        return [(standing.value, standing.label) for standing in Standing]

    def matching(self, stories: QuerySet[Story], value: str, user: Any) -> QuerySet[Story]:
        return super().matching(stories.filter(may_stand(Standing(value), timezone.now())), value, user)


class SectionFilter(_Filter):
    title = "section"
    parameter_name = "section"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[Any, str]]:
        return list(Section.objects.order_by("order", "name").values_list("slug", "name"))

    def matching(self, stories: QuerySet[Story], value: str, user: Any) -> QuerySet[Story]:
        # By its key, PostgreSQL walks them in the order of the list.
        return stories.filter(section=Section.objects.filter(slug=value).values("pk")[:1])


class KindFilter(_Filter):
    title = "kind"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[Any, str]]:
        return Kind.choices


class AssigneeFilter(_Filter):
    title = "assigned"
    parameter_name = "assignee"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[Any, str]]:
        return [("me", "To me"), ("nobody", "To nobody")]

    def matching(self, stories: QuerySet[Story], value: str, user: Any) -> QuerySet[Story]:
        return stories.assigned_to(user if value == "me" else None)  # type: ignore[attr-defined]


class AuthorFilter(_Filter):
    title = "author"
    parameter_name = "author"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[Any, str]]:
        return list(Author.objects.order_by("name").values_list("slug", "name")[:MOST_AUTHORS])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Story]) -> QuerySet[Story]:
        """Anybody can be asked for by slug, also those beyond the choices shown."""
        value = self.value()
        return self.matching(queryset, value, request.user) if value else queryset

    def matching(self, stories: QuerySet[Story], value: str, user: Any) -> QuerySet[Story]:
        author = Author.objects.filter(slug=value).values("pk")[:1]
        # Those that they were named on last: an agency may have a million.
        theirs = Byline.objects.filter(author=author).order_by("-pk")
        return stories.filter(pk__in=theirs.values("story")[:MOST_LISTED])


class DeskFilter(_Filter):
    """What waits for somebody, or is kept from readers by something."""

    title = "what is open"
    parameter_name = "desk"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[Any, str]]:
        return [
            ("held", "On hold"),
            ("owed", "Countersignature owed"),
            ("approved", "Approved, not out"),
            ("overdue", "Overdue"),
            ("embargoed", "Under embargo"),
        ]

    def matching(self, stories: QuerySet[Story], value: str, user: Any) -> QuerySet[Story]:
        now = timezone.now()
        asked: dict[str, Q] = {
            "held": held(),
            "owed": owed(),
            "approved": not_out(now),
            "overdue": overdue(now),
            "embargoed": Q(embargo_at__gt=now),
        }
        return stories.filter(asked[value])


class MineFilter(_Filter):
    """What "see all" of a person's own list on my desk leads to."""

    title = "whose desk"
    parameter_name = "mine"

    def lookups(self, request: HttpRequest, model_admin: ModelAdmin[Any]) -> list[tuple[Any, str]]:
        return [("open", "Mine, not done")]

    def matching(self, stories: QuerySet[Story], value: str, user: Any) -> QuerySet[Story]:
        return mine_and_open(stories, user)


def mine_and_open(stories: QuerySet[Story], user: Any) -> QuerySet[Story]:
    """What a person has begun or been given, while it is not done."""
    mine = Q(assignee=user) | Q(assignee=None, created_by=user)
    return stories.in_state(State.DRAFT, State.IN_REVIEW).filter(mine)  # type: ignore[attr-defined]


FILTERS = (
    StateFilter,
    StandingFilter,
    DeskFilter,
    SectionFilter,
    KindFilter,
    MineFilter,
    AssigneeFilter,
    AuthorFilter,
)
