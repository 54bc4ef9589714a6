"""What a story still lacks, shown in its form: at the fields, and as a list with links that is kept up to date."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from articles.desk import requirements
from articles.desk.public import adds_nothing, public_dict
from articles.desk.requirements import Issue, Stage
from articles.models import Story

#: What the address of the form ends in after somebody tried to send an unready story, and where somebody mends it.
ASKED, MENDING = "check=review", "check=publication"

_TITLES = {
    "review": "Saved, but not sent: it is not ready for review",
    "publication": "Missing before this can be published",
}

#: Is told beside the form already.
_NOT_LISTED = frozenset({"embargo"})


@dataclass(frozen=True)
class Lacking:
    sentence: str
    field: str
    target: str


@dataclass(frozen=True)
class Missing:
    """What a story lacks before it can be reviewed, and what else before it can be published."""

    review: list[Lacking]
    publication: list[Lacking]
    warnings: list[Lacking] = field(default_factory=list)

    @property
    def said(self) -> str:
        """In one line, so that it can be heard."""
        parts = [(len(self.review), "review"), (len(self.publication), "publication")]
        said = [f"{number} before {goal}" for number, goal in parts if number]
        warned = f" {len(self.warnings)} to know of." if self.warnings else ""
        return (f"Still missing: {', '.join(said)}." if said else "Nothing is missing.") + warned


def missing(story: Story, public: dict[str, Any], *, now: datetime) -> Missing:
    """What `public` lacks; nothing, where readers have this very text."""
    live = story.editions.live(now).first()
    if live is not None and adds_nothing(public, live.public()):
        return Missing([], [])
    aside = _NOT_LISTED if public["headline"] else _NOT_LISTED | {"slug"}  # it would come from the headline
    judged = [one for one in requirements.judge(story, public, at=now) if one.issue.rule not in aside]
    review = [one for one in judged if one.stops(Stage.REVIEW)]
    publication = [one for one in judged if one.stops(Stage.PUBLICATION) and one not in review]
    warnings = [one for one in judged if one.warns]
    return Missing(*(_lacking(one.issue for one in some) for some in (review, publication, warnings)))


def asked_for(request: HttpRequest, story: Story | None) -> list[Lacking]:
    """What is lacking now, where the form was asked to say so; the list shrinks as it is worked off."""
    asked = {"review": requirements.for_review, "publication": requirements.for_approval}
    lacks = asked.get(request.GET.get("check", ""))
    if story is None or request.method != "GET" or lacks is None:
        return []
    return _lacking(lacks(story, public_dict(story), now=timezone.now()))


def title(request: HttpRequest) -> str:
    """What stands over the list."""
    return _TITLES.get(request.GET.get("check", ""), "")


def show_at_fields(form: Any, issues: list[Lacking]) -> None:
    """Put each sentence at its field, as if the form had found it."""
    if not issues or form.is_bound:
        return
    form.errors  # noqa: B018 -- makes the empty list that is added to
    form.cleaned_data = {}
    for issue in issues:
        if issue.field in form.fields:
            form.add_error(issue.field, issue.sentence)


def _lacking(issues: Iterable[Issue]) -> list[Lacking]:
    return [Lacking(issue.sentence, issue.field, target(issue.field)) for issue in issues]


def target(name: str) -> str:
    """The element a link in the summary leads to."""
    return {"body": "text", "lead_image": "id_lead_image_choose"}.get(name, f"id_{name}")
