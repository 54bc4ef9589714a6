"""What a story still lacks for review, shown in its form: at the fields, and as a list with links."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from articles.desk import requirements
from articles.desk.public import public_dict
from articles.models import Story

#: What the address of the form ends in after somebody tried to send an unready story, and where somebody mends it.
ASKED, MENDING = "check=review", "check=publication"

_TITLES = {
    "review": "Saved, but not sent: it is not ready for review",
    "publication": "Missing before this can be published",
}


@dataclass(frozen=True)
class Lacking:
    sentence: str
    field: str
    target: str


def asked_for(request: HttpRequest, story: Story | None) -> list[Lacking]:
    """What is lacking now, where the form was asked to say so; the list shrinks as it is worked off."""
    asked = {"review": requirements.for_review, "publication": requirements.for_approval}
    lacks = asked.get(request.GET.get("check", ""))
    if story is None or request.method != "GET" or lacks is None:
        return []
    issues = lacks(story, public_dict(story), now=timezone.now())
    return [Lacking(issue.sentence, issue.field, target(issue.field)) for issue in issues]


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


def target(field: str) -> str:
    """The element a link in the summary leads to."""
    return {"body": "text", "lead_image": "id_lead_image_choose"}.get(field, f"id_{field}")
