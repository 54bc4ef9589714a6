"""What each act does to a story, once `workflow` has found that it may be done. Called with the story locked."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from articles.desk import (
    emergency,
    notes,
    overriding,
    preview_links,
    publishing,
    redacting,
    removals,
    requirements,
    withholding,
)
from articles.desk.acts import Act
from articles.desk.asking import Request, event_of, newest_of, require, settle, to_state
from articles.desk.record import approval_of, latest, snapshot, stands_for
from articles.desk.refusals import NotAllowed, NotReady, Stale
from articles.desk.reverting import apply
from articles.models import Edition, Revision, State, Story, StoryEvent


def save(request: Request, **said: Any) -> StoryEvent | None:
    """The working copy was changed: write down what it says now, and in the event whatever else is `said`."""
    story = request.story
    revision = snapshot(story, by=request.by, now=request.now)
    fields = sorted(request.details.get("fields") or [])
    if "embargo_at" in fields:
        said["embargo"] = [_iso(request.details.get("embargo_was")), _iso(story.embargo_at)]
    if revision is not None:
        publishing.void(story, request.act, by=request.by, now=request.now)
        story.state = State.DRAFT
        story.save(update_fields=["state", "version", "updated_at"])
    _void_before_embargo(request)
    if revision is None and not fields:
        return None
    return event_of(request, revision, {"fields": fields} | said if fields else said)


def submit(request: Request) -> StoryEvent:
    revision = newest_of(request.story)
    require(
        requirements.for_review(request.story, revision.as_dict(), now=request.now),
        "The story is not ready for review.",
    )
    return to_state(request, State.IN_REVIEW, revision)


def back_to_draft(request: Request) -> StoryEvent:
    publishing.void(request.story, request.act, by=request.by, now=request.now)
    return to_state(request, State.DRAFT, newest_of(request.story))


def approve(request: Request) -> StoryEvent:
    revision = newest_of(request.story)
    require(
        requirements.for_approval(request.story, revision.as_dict(), now=request.now),
        "The story is not ready for publication.",
    )
    return to_state(request, State.APPROVED, revision)


def publish(request: Request) -> StoryEvent:
    edition = _publish(request, request.now)
    return event_of(request, edition.revision, {"edition": edition.pk, "slug": edition.slug})


def schedule(request: Request) -> StoryEvent:
    at = request.details.get("at")
    if not isinstance(at, datetime):
        raise NotReady("Say when the story is to be published.", field="at")
    if at <= request.now:
        raise NotReady("This time has passed. Choose a later one, or publish now.", field="at")
    _check_moved(request, request.details.get("moves"))
    edition = _publish(request, at)
    return event_of(
        request, edition.revision, {"edition": edition.pk, "at": at.isoformat(), "slug": edition.slug}
    )


def unschedule(request: Request) -> StoryEvent:
    cancelled = publishing.cancel_scheduled(request.story, request.now)
    if cancelled is None:
        raise NotReady("Nothing is scheduled.")
    return event_of(request, cancelled.revision, {"was_due": cancelled.published_at.isoformat()})


def reinstate(request: Request) -> StoryEvent:
    """Bring back what was published last or, where a newer text has been approved since, that one."""
    story = request.story
    before = _to_return(story, request.now)
    if _is_newer(story, before):
        return publish(request)
    withholding.refuse(before.revision, request.now)
    edition = publishing.publish(story, before.revision, origin=Edition.Origin.REINSTATED, at=request.now)
    return event_of(request, edition.revision, {"edition": edition.pk, "slug": edition.slug})


def check_reinstatement(story: Story, now: datetime) -> None:
    """Raise NotReady with whatever keeps the text that would come back from readers."""
    before = _to_return(story, now)
    if not _is_newer(story, before):
        withholding.refuse(before.revision, now)
        return
    _approval(story, newest_of(story))
    emergency.check(story, newest_of(story), now)


def spike(request: Request) -> StoryEvent:
    return to_state(request, State.SPIKED, latest(request.story))


def unspike(request: Request) -> StoryEvent:
    return to_state(request, State.DRAFT, latest(request.story))


def assign(request: Request) -> StoryEvent:
    story = request.story
    story.assignee = request.details.get("assignee")
    story.due_at = request.details.get("due_at")
    story.save(update_fields=["assignee", "due_at"])
    details = {
        "assignee": story.assignee_id,
        "due_at": story.due_at.isoformat() if story.due_at else None,
    }
    return event_of(request, latest(story), details)


def revert_to(request: Request) -> StoryEvent | None:
    number = request.details.get("number")
    known = Revision.objects.filter(story=request.story)
    revision = known.filter(number=number).first() if isinstance(number, int) else None
    if revision is None:
        raise NotReady("There is no such revision.")
    if not withholding.may_read(request.by, revision, request.now):
        raise NotAllowed("This revision is withheld: only managers can go back to it.")
    apply(revision.as_dict(), request.story)
    event = save(request)
    if event is None:
        raise NotReady("The story says the same already.")
    return event


def accept_suggestion(request: Request) -> StoryEvent:
    """Its passage is changed as if the one who accepts it had typed the words: a save by them."""
    note, said = notes.put_in(request)
    event = save(request, **said)
    if event is None or event.revision is None:
        raise NotReady("The story says the same already.")
    notes.settle(note, request, accepted_as=event.revision)
    return event


def only_say(request: Request) -> StoryEvent:
    """An act that changes nothing but what the record says: its event is the fact."""
    return event_of(request, latest(request.story))


EFFECTS: dict[Act, Callable[[Request], StoryEvent | None]] = {
    Act.SAVE: save,
    Act.SUBMIT: submit,
    Act.RECALL: back_to_draft,
    Act.REQUEST_CHANGES: back_to_draft,
    Act.OVERRIDE: overriding.override,
    Act.REQUIRE_AGAIN: overriding.require_again,
    Act.APPROVE: approve,
    Act.CLAIM: only_say,
    Act.UNCLAIM: only_say,
    Act.PUBLISH: publish,
    Act.SCHEDULE: schedule,
    Act.UNSCHEDULE: unschedule,
    Act.PUBLISH_UNREVIEWED: emergency.publish_unreviewed,
    Act.COUNTERSIGN: emergency.countersign,
    Act.HOLD: emergency.hold,
    Act.LIFT_HOLD: only_say,
    Act.TAKE_DOWN: removals.take_down,
    Act.REINSTATE: reinstate,
    Act.WITHHOLD: withholding.withhold,
    Act.LIFT_WITHHOLDING: withholding.lift,
    Act.REDACT: redacting.redact,
    Act.SPIKE: spike,
    Act.UNSPIKE: unspike,
    Act.ASSIGN: assign,
    Act.REVERT_TO: revert_to,
    Act.ADD_NOTE: notes.add_note,
    Act.REPLY: notes.reply,
    Act.RESOLVE_NOTE: notes.resolve_note,
    Act.REOPEN_NOTE: notes.reopen_note,
    Act.ACCEPT_SUGGESTION: accept_suggestion,
    Act.SHARE_PREVIEW: preview_links.share,
    Act.REVOKE_PREVIEW: preview_links.revoke,
}


def _publish(request: Request, at: datetime) -> Edition:
    """An edition of the approved revision; what was scheduled before gives way."""
    story = request.story
    revision = newest_of(story)
    approval = _approval(story, revision)
    withholding.refuse(revision, request.now)
    publishing.void(story, request.act, by=request.by, now=request.now)
    require(
        requirements.for_publication(story, revision.as_dict(), at=at),
        "The story is not ready for publication.",
    )
    edition = publishing.publish(story, revision, origin=Edition.Origin.REVIEWED, at=at, approval=approval)
    settle(story, edition)
    return edition


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _approval(story: Story, revision: Revision) -> StoryEvent:
    approval = approval_of(story, revision)
    if approval is None or not stands_for(approval, revision):
        raise NotReady("What was approved is not what the story says now. It needs approval again.")
    return approval


def _to_return(story: Story, now: datetime) -> Edition:
    before = publishing.last_readable(story, now)
    if before is None:
        raise NotReady("The story was never live.")
    return before


def _is_newer(story: Story, before: Edition) -> bool:
    """Whether a text was approved since, so that it comes back instead of what readers had."""
    return story.state == State.APPROVED and newest_of(story).pk != before.revision_id


def _check_moved(request: Request, edition: int | None) -> None:
    """A move speaks about one scheduled edition: it sets nothing that somebody else cancelled or moved meanwhile."""
    if edition is not None and not request.story.editions.scheduled(request.now).filter(pk=edition).exists():
        raise Stale("Somebody moved or cancelled the publication since you opened it, or its time has come.")


def _void_before_embargo(request: Request) -> None:
    scheduled = request.story.editions.scheduled(request.now).first()
    if scheduled and request.story.is_embargoed(scheduled.published_at):
        publishing.void(request.story, "embargo", by=request.by, now=request.now)
