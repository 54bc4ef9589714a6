"""Writes the record: revisions and the chain of events."""

import hashlib
import json
from datetime import UTC, datetime
from functools import partial
from typing import Any

import structlog
from django.db import transaction

from accounts.models import User
from articles.desk import picture_uses
from articles.desk import public as public_form
from articles.models import Edition, Redaction, Revision, Story, StoryEvent

log = structlog.get_logger(__name__)


def snapshot(story: Story, *, by: User | None, now: datetime) -> Revision | None:
    """Write what the working copy says as the next revision; None where it says nothing new.

    Over text that is already published, a kind of change alone is a change only where it owes readers a note.
    """
    public = public_form.public_dict(story)
    text = public_form.canonical(public)
    last = latest(story)
    if last is not None and _says_the_same(last, public, text, now):
        return None
    story.version = last.number + 1 if last else 1
    story.updated_at = now
    revision = Revision(
        story=story,
        number=story.version,
        public=text,
        hash=public_form.hash_of(text),
        saved_by=by,
        saved_at=now,
    )
    revision.save(force_insert=True)
    picture_uses.index(story, public)
    return revision


def latest(story: Story) -> Revision | None:
    return Revision.objects.filter(story=story).order_by("-number").first()


def write_event(
    story: Story,
    act: str,
    *,
    by: User | None,
    now: datetime,
    note: str = "",
    revision: Revision | None = None,
    details: dict[str, Any] | None = None,
    refusal: str = "",
) -> StoryEvent:
    """Append an event to the story's chain. The story must be locked. Once it stands, the log says in which request."""
    last = StoryEvent.objects.filter(story=story).order_by("-number").first()
    event = StoryEvent(
        story=story,
        number=last.number + 1 if last else 1,
        act=act,
        actor=by,
        at=now,
        note=note,
        revision=revision,
        revision_hash=revision.hash if revision else "",
        details=details or {},
        refusal=refusal,
        previous_hash=last.hash if last else "",
    )
    event.hash = chain_hash(event)
    event.save(force_insert=True)
    transaction.on_commit(partial(_log, event), robust=True)
    return event


def _log(event: StoryEvent) -> None:
    """Say in which request, or run of a worker, an act was done (docs/decisions/0050), and none of its words."""
    if (
        structlog.contextvars.get_contextvars()
    ):  # a command at a shell has no such thing, and may do thousands
        said = {"story": event.story_id, "number": event.number, "act": event.act}
        log.info("an act is on record", **said, refused=bool(event.refusal))


def chain_hash(event: StoryEvent) -> str:
    """SHA-256 over what the event says and the hash of the one before it, in hexadecimal."""
    said = {
        "story": event.story_id,
        "number": event.number,
        "act": event.act,
        "actor": event.actor_id,
        "at": event.at.astimezone(UTC).isoformat(),
        "note": event.note,
        "revision": event.revision_id,
        "revision_hash": event.revision_hash,
        "details": event.details,
        "refusal": event.refusal,
        "previous_hash": event.previous_hash,
    }
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def approval_of(story: Story, revision: Revision) -> StoryEvent | None:
    """The approval that stands for exactly this revision and these words."""
    events = StoryEvent.objects.filter(story=story, revision=revision, revision_hash=revision.hash)
    return events.done("approve").first()


def stands_for(approval: StoryEvent, revision: Revision) -> bool:
    """Whether an approval of this revision is one of the words it says now.

    Blanking words keeps the hash, so of what was redacted only an approval given since stands.
    """
    redacted = Redaction.objects.naming(revision).select_related("event").order_by("-pk").first()
    if redacted is not None:
        return approval.number > redacted.event.number
    return public_form.hash_of(revision.public) == approval.revision_hash


def _says_the_same(last: Revision, public: dict[str, Any], text: str, now: datetime) -> bool:
    """By the words, not the hash: of a redacted revision it is the hash of what it said first."""
    if last.public == text:
        return True
    editions = Edition.objects.filter(revision=last)
    if not editions.effective().exists():
        return False
    said = last.as_dict()
    if not public_form.adds_nothing(public, said):
        return False
    # Nobody has read what is scheduled: it can still be made an update that followers are told of.
    ticked = public_form.tells_again(public) and not public_form.tells_again(said)
    return not ticked or editions.published(now).exists()
