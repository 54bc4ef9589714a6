"""The only door through which a story changes state.

`perform` locks the story, asks who and when (`acts`, `permissions`), asks what is lacking (`requirements`), makes
the change, writes one event, and leaves telling anybody to those who read the events. `available` says beforehand
which acts are possible, and why the others are not.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.models import User
from articles.desk import effects, permissions
from articles.desk.acts import RULES, Act
from articles.desk.asking import Request
from articles.desk.record import latest, write_event
from articles.desk.refusals import NotAllowed, NotReady, Refused, Stale
from articles.desk.situation import Situation, part_of, situation_of
from articles.models import Revision, Story, StoryEvent


@dataclass(frozen=True)
class Availability:
    """Whether a person could do an act now, and if not, why not."""

    act: Act
    allowed: bool
    reason: str = ""


def perform(
    story: Story, act: str, *, by: User, now: datetime, note: str = "", **details: Any
) -> StoryEvent | None:
    """Do one act, or raise `Refused` with nothing changed.

    Details: `revision` (the number seen) and `hash`, needed for save, approve, revert_to, publish_unreviewed and
    share_preview, and checked wherever they are given; `debt` (the hash of what was published without review) for
    countersign; `at` for schedule, and `moves` (the key of the scheduled edition it replaces); `kind`,
    `public_note`, `redirect_to` for take_down; `edition` (its key), `kind`, `public_note` for withhold and
    `edition` for lift_withholding; `words` and `confirmation` for redact; `assignee` and `due_at` for assign;
    `number` for revert_to; `fields` for save (desk fields changed by the form) and
    `embargo_was` (where that is one of them); `quote`, `field`, `replacement`
    (None: nothing is suggested) and `about` (the revision read) for add_note; `thread` (a note) for whatever is
    done to one; `for_whom`, `days`, `token_hash` for share_preview and `link` (its key) for revoke_preview.

    Answers the event written, or None when a save changed nothing.

    Raises NotAllowed (person or state), Stale (another revision was seen), NotReady (with issues), each of which is
    recorded. `story` is brought up to date in place.
    """
    act = Act(act)
    try:
        with transaction.atomic():
            _lock(story)
            return _do(Request(story, act, by, now, note.strip(), details))
    except Refused as refusal:
        record_refusal(story, act, by=by, now=now, sentence=refusal.sentence)
        raise


def record_refusal(story: Story, act: str, *, by: User, now: datetime, sentence: str) -> None:
    """Write down what was refused: after the act's own transaction, which was rolled back."""
    with transaction.atomic():
        _lock(story)
        write_event(story, act, by=by, now=now, revision=latest(story), refusal=sentence)


def available(
    story: Story, by: User, now: datetime, *, situation: Situation | None = None
) -> list[Availability]:
    """Every act, in the table's order, with the reason where it is not possible now."""
    situation = situation or situation_of(story, now)
    part = part_of(by, story, situation)
    return [Availability(act, *permissions.judge(act, part, situation)) for act in RULES]


def _do(request: Request) -> StoryEvent | None:
    situation = situation_of(request.story, request.now)
    part = part_of(request.by, request.story, situation)
    allowed, reason = permissions.judge(request.act, part, situation)
    if not allowed:
        raise NotAllowed(reason)
    rule = RULES[request.act]
    if rule.needs_note and not request.note:
        raise NotReady("Write a note: the others need to know why.", field="note")
    if rule.needs_revision or request.details.get("revision") is not None:
        _check_seen(request, situation.last)
    return effects.EFFECTS[request.act](request)


def _check_seen(request: Request, last: Revision | None) -> None:
    """Optimistic locking: an act speaks about the revision its person read."""
    seen, seen_hash = request.details.get("revision"), request.details.get("hash")
    current = last.number if last else 0
    if seen is None:
        raise NotReady("Say which revision you read.")
    if seen != current or (seen_hash and last and seen_hash != last.hash):
        raise Stale("Somebody saved the story since you opened it.")


def _lock(story: Story) -> None:
    """Lock the row (a no-op on SQLite, where the transaction itself excludes other writers) and read it again."""
    story.refresh_from_db(from_queryset=Story.objects.select_for_update(of=("self",)))
