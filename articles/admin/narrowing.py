"""By what the pages of stories are narrowed: a row of selects, read from the address and kept in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict

from accounts.models import User
from articles.models import Section

#: Of whom a story may be; the page says in what sense.
WHOSE = {"": "Anybody", "me": "Me", "nobody": "Nobody"}


@dataclass(frozen=True)
class Choice:
    """One select, what it offers by value, and which value is chosen."""

    name: str
    label: str
    options: Mapping[str, str]
    chosen: str


def choice(query: QueryDict, name: str, label: str, options: Mapping[str, str]) -> Choice:
    """A value that is no choice chooses nothing."""
    asked = query.get(name, "")
    return Choice(name, label, options, asked if asked in options else "")


def by_section(query: QueryDict) -> Choice:
    sections = Section.objects.order_by("order", "name").values_list("slug", "name")
    return choice(query, "section", "Section", {"": "All sections", **dict(sections)})


def by_assignee(query: QueryDict) -> Choice:
    return choice(query, "assignee", "Assigned to", WHOSE)


def chosen(choices: Iterable[Choice]) -> dict[str, str]:
    """What narrows the page, as an address says it."""
    return {choice.name: choice.chosen for choice in choices if choice.chosen}


def narrowed(stories: QuerySet[Any], asked: Mapping[str, str], user: User) -> QuerySet[Any]:
    """Those of the section and the assignee that are asked for; other names are the page's own."""
    if "section" in asked:
        stories = stories.filter(section__slug=asked["section"])
    if "assignee" in asked:
        stories = stories.assigned_to(user if asked["assignee"] == "me" else None)  # type: ignore[attr-defined]
    return stories
