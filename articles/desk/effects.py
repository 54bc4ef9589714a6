"""What each act does to a story, once `workflow` has found that it may be done. Called with the story locked."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.models import User
from articles.desk import publishing, requirements
from articles.desk.acts import Act
from articles.desk.public import hash_of
from articles.desk.record import approval_of, latest, snapshot, write_event
from articles.desk.refusals import NotReady
from articles.desk.reverting import apply
from articles.models import Edition, RemovalKind, Revision, State, Story, StoryEvent


@dataclass
class Request:
    """One act as it was asked for."""

    story: Story
    act: Act
    by: User
    now: datetime
    note: str
    details: dict[str, Any] = field(default_factory=dict)


def save(request: Request) -> StoryEvent | None:
    """The working copy was changed by the form: write down what it says now."""
    story = request.story
    revision = snapshot(story, by=request.by, now=request.now)
    fields = sorted(request.details.get("fields") or [])
    if revision is not None:
        publishing.void(story, request.act, by=request.by, now=request.now)
        story.state = State.DRAFT
        story.save(update_fields=["state", "version", "updated_at"])
    elif not fields:
        return None
    _void_before_embargo(request)
    return _event(request, revision, {"fields": fields} if fields else {})


def submit(request: Request) -> StoryEvent:
    revision = _latest(request.story)
    _require(
        requirements.for_review(request.story, revision.as_dict(), now=request.now),
        "The story is not ready for review.",
    )
    return _to_state(request, State.IN_REVIEW, revision)


def back_to_draft(request: Request) -> StoryEvent:
    publishing.void(request.story, request.act, by=request.by, now=request.now)
    return _to_state(request, State.DRAFT, _latest(request.story))


def approve(request: Request) -> StoryEvent:
    revision = _latest(request.story)
    _require(
        requirements.for_publication(request.story, revision.as_dict(), at=request.now),
        "The story is not ready for publication.",
    )
    return _to_state(request, State.APPROVED, revision)


def publish(request: Request) -> StoryEvent:
    edition = _publish(request, request.now)
    return _event(request, edition.revision, {"edition": edition.pk, "slug": edition.slug})


def schedule(request: Request) -> StoryEvent:
    at = request.details.get("at")
    if not isinstance(at, datetime):
        raise NotReady("Say when the story is to be published.")
    if at <= request.now:
        raise NotReady("This time has passed. Choose a later one, or publish now.")
    edition = _publish(request, at)
    return _event(
        request, edition.revision, {"edition": edition.pk, "at": at.isoformat(), "slug": edition.slug}
    )


def unschedule(request: Request) -> StoryEvent:
    cancelled = publishing.cancel_scheduled(request.story, request.now)
    if cancelled is None:
        raise NotReady("Nothing is scheduled.")
    return _event(request, cancelled.revision, {"was_due": cancelled.published_at.isoformat()})


def take_down(request: Request) -> StoryEvent:
    kind = request.details.get("kind") or ""
    public_note = " ".join((request.details.get("public_note") or "").split())
    redirect_to = (request.details.get("redirect_to") or "").strip()
    if kind not in RemovalKind.values:
        raise NotReady("Say why the story is taken down.")
    if not public_note and not redirect_to:
        raise NotReady("Write what readers are told, or where they are sent instead.")
    if redirect_to and not _is_own_address(redirect_to):
        raise NotReady("Readers can only be sent to a page of this site, such as /articles/…/.")
    if _leads_back(redirect_to, request.story):
        raise NotReady("This is the story's own address: readers would go round in circles.")
    tombstone = publishing.take_down(
        request.story, now=request.now, kind=kind, public_note=public_note, redirect_to=redirect_to
    )
    details = {"edition": tombstone.pk, "kind": kind, "public_note": public_note, "redirect_to": redirect_to}
    return _event(request, tombstone.revision, details)


def reinstate(request: Request) -> StoryEvent:
    """Bring back what was published last or, where a newer text has been approved since, that one."""
    story = request.story
    before = publishing.last_readable(story, request.now)
    if before is None:
        raise NotReady("The story was never live.")
    newest = _latest(story)
    if story.state == State.APPROVED and newest.pk != before.revision_id:
        return publish(request)
    edition = publishing.publish(story, before.revision, origin=Edition.Origin.REINSTATED, at=request.now)
    return _event(request, edition.revision, {"edition": edition.pk, "slug": edition.slug})


def spike(request: Request) -> StoryEvent:
    return _to_state(request, State.SPIKED, latest(request.story))


def unspike(request: Request) -> StoryEvent:
    return _to_state(request, State.DRAFT, latest(request.story))


def assign(request: Request) -> StoryEvent:
    story = request.story
    story.assignee = request.details.get("assignee")
    story.due_at = request.details.get("due_at")
    story.save(update_fields=["assignee", "due_at"])
    details = {
        "assignee": story.assignee_id,
        "due_at": story.due_at.isoformat() if story.due_at else None,
    }
    return _event(request, latest(story), details)


def revert_to(request: Request) -> StoryEvent | None:
    number = request.details.get("number")
    known = Revision.objects.filter(story=request.story)
    revision = known.filter(number=number).first() if isinstance(number, int) else None
    if revision is None:
        raise NotReady("There is no such revision.")
    apply(revision.as_dict(), request.story)
    event = save(request)
    if event is None:
        raise NotReady("The story says the same already.")
    return event


EFFECTS: dict[Act, Callable[[Request], StoryEvent | None]] = {
    Act.SAVE: save,
    Act.SUBMIT: submit,
    Act.RECALL: back_to_draft,
    Act.REQUEST_CHANGES: back_to_draft,
    Act.APPROVE: approve,
    Act.PUBLISH: publish,
    Act.SCHEDULE: schedule,
    Act.UNSCHEDULE: unschedule,
    Act.TAKE_DOWN: take_down,
    Act.REINSTATE: reinstate,
    Act.SPIKE: spike,
    Act.UNSPIKE: unspike,
    Act.ASSIGN: assign,
    Act.REVERT_TO: revert_to,
}


def _publish(request: Request, at: datetime) -> Edition:
    """An edition of the approved revision; what was scheduled before gives way."""
    story = request.story
    revision = _latest(story)
    approval = approval_of(story, revision)
    if approval is None or hash_of(revision.public) != approval.revision_hash:
        raise NotReady("What was approved is not what the story says now. It needs approval again.")
    if story.is_embargoed(at):
        raise NotReady("The story is under embargo until later than that.")
    publishing.void(story, request.act, by=request.by, now=request.now)
    _require(
        requirements.for_publication(story, revision.as_dict(), at=at),
        "The story is not ready for publication.",
    )
    edition = publishing.publish(story, revision, origin=Edition.Origin.REVIEWED, at=at, approval=approval)
    _settle(story, edition)
    return edition


def _settle(story: Story, edition: Edition) -> None:
    """The address stays what it is now; the next change says anew what it is, so no note is told twice."""
    story.slug, story.change_kind, story.public_note = edition.slug, "", ""
    story.save(update_fields=["slug", "change_kind", "public_note"])


def _void_before_embargo(request: Request) -> None:
    scheduled = request.story.editions.scheduled(request.now).first()
    if scheduled and request.story.is_embargoed(scheduled.published_at):
        publishing.void(request.story, "embargo", by=request.by, now=request.now)


def _latest(story: Story) -> Revision:
    revision = latest(story)
    if revision is None:
        raise NotReady("The story has not been saved yet.")
    return revision


def _require(issues: list[requirements.Issue], sentence: str) -> None:
    if issues:
        raise NotReady(sentence, issues)


def _to_state(request: Request, state: State, revision: Revision | None) -> StoryEvent:
    request.story.state = state
    request.story.save(update_fields=["state"])
    return _event(request, revision)


def _event(request: Request, revision: Revision | None, details: dict[str, Any] | None = None) -> StoryEvent:
    return write_event(
        request.story,
        request.act,
        by=request.by,
        now=request.now,
        note=request.note,
        revision=revision,
        details=details,
    )


def _is_own_address(path: str) -> bool:
    """A path on this site. `//host` leads away from it, and so do `/\\host` and `/<tab>/host` in browsers."""
    plain = path.isprintable() and not any(character.isspace() or character == "\\" for character in path)
    return plain and path.startswith("/") and not path.startswith("//") and "/." not in path


def _leads_back(path: str, story: Story) -> bool:
    own = {f"/articles/{slug}" for slug in story.addresses.values_list("slug", flat=True)}
    return re.split("[?#]", path, maxsplit=1)[0].rstrip("/") in own
