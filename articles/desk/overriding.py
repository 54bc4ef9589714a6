"""Letting one named issue be, and taking that back."""

from articles.desk import publishing, requirements
from articles.desk.asking import Request, event_of, newest_of
from articles.desk.refusals import NotReady
from articles.desk.requirements import Judged
from articles.models import Revision, StoryEvent


def override(request: Request) -> StoryEvent:
    """The reason is the act's note. It speaks of one finding: another one of the same rule is an issue again."""
    revision = newest_of(request.story)
    judged = _found(request, revision)
    if not judged.issue.asked_by.overridable:
        raise NotReady("This one cannot be overridden. It has to be mended.", [judged.issue])
    if judged.override is not None:
        raise NotReady(f"{judged.override.actor} has overridden this already.")
    return event_of(request, revision, _named(judged))


def require_again(request: Request) -> StoryEvent:
    revision = newest_of(request.story)
    judged = _found(request, revision)
    if judged.override is None:
        raise NotReady("This is not overridden.")
    publishing.void(request.story, request.act, by=request.by, now=request.now)
    return event_of(request, revision, _named(judged))


def _found(request: Request, revision: Revision) -> Judged:
    key = request.details.get("rule") or ""
    for judged in requirements.judge(request.story, revision.as_dict(), at=request.now):
        if judged.issue.key == key:
            return judged
    raise NotReady("The story has no such issue now. Look at what is missing again.")


def _named(judged: Judged) -> dict[str, str]:
    return {"rule": judged.issue.key, "sentence": judged.issue.sentence}
