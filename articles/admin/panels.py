"""Panels: what other parts of the newsroom know of a story, on its record and beside its text.

They register here; the desk knows none of them.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse

from articles.models import Story


@dataclass(frozen=True)
class Panel:
    """When and what happened, or one sentence; with the way to more, for those who hold `permission`."""

    title: str
    rows: list[tuple[datetime, str]] = field(default_factory=list)
    told: str = ""
    #: The name of a page that takes the number of the story.
    url_name: str = ""
    permission: str = ""
    #: What the way there is called.
    way: str = "See all"

    def url(self, story: Story) -> str:
        return reverse(self.url_name, args=[story.pk]) if self.url_name else ""


@dataclass(frozen=True)
class Shown:
    """A panel as one person sees it on one story."""

    panel: Panel
    url: str


#: Each is asked for a story, and has nothing to say of some.
PANELS: list[Callable[[Story], Panel | None]] = []


def panels_of(story: Story, user: object) -> list[Shown]:
    """Those that have something to say, each with the queries it needs."""
    found = [panel for ask in PANELS if (panel := ask(story))]
    return [Shown(panel, panel.url(story) if _may_see(panel, user) else "") for panel in found]


def _may_see(panel: Panel, user: object) -> bool:
    return not panel.permission or user.has_perm(panel.permission)  # type: ignore[attr-defined]
