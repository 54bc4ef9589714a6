"""One act as a page's form asks for it: done, or told why not with what was typed."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from articles.admin.act_forms import ActForm
from articles.admin.review import Attempt, attempted
from articles.desk import workflow
from articles.desk.refusals import Refused
from articles.models import Story


def attempt_of(form: ActForm, story: Story, request: HttpRequest, **besides: Any) -> Attempt | None:
    """Perform the act, with what the form says and what nobody types; None when it is done.

    What cannot be read is asked for again, but only from somebody who may do the act: a forged request is refused,
    and recorded, like any other.
    """
    now, user = timezone.now(), request.user
    readable = form.is_valid()
    if not readable and _allowed(form, story, user, now):
        return Attempt(form, 422, "Some of what you entered cannot be used.")
    details = (form.details() if readable else {}) | besides
    note = form.cleaned_data.get("note", "") if readable else ""
    try:
        workflow.perform(story, form.act, by=user, now=now, note=note, **details)  # type: ignore[arg-type]
    except Refused as refusal:
        return attempted(form, refusal)
    return None


def _allowed(form: ActForm, story: Story, user: Any, now: datetime) -> bool:
    return any(answer.act == form.act and answer.allowed for answer in workflow.available(story, user, now))
