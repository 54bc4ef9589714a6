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
from articles.desk.acts import RULES, Act, Who
from articles.desk.record import latest, write_event
from articles.desk.refusals import NotAllowed, NotReady, Refused, Stale
from articles.desk.standing import Stand, stand
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

    Details: `revision` (the number seen) and `hash`, needed for save, approve and revert_to and checked wherever they
    are given; `at` for schedule; `kind`, `public_note`, `redirect_to` for take_down; `assignee` and `due_at` for
    assign; `number` for revert_to; `fields` for save (desk fields changed by the form). Answers the event written, or
    None when a save changed nothing.

    Raises NotAllowed (person or state), Stale (another revision was seen), NotReady (with issues), each of which is
    recorded. `story` is brought up to date in place.
    """
    act = Act(act)
    try:
        with transaction.atomic():
            _lock(story)
            return _do(effects.Request(story, act, by, now, note.strip(), details))
    except Refused as refusal:
        _record_refusal(story, act, by, now, refusal)
        raise


def available(story: Story, by: User, now: datetime) -> list[Availability]:
    """Every act, in the table's order, with the reason where it is not possible now."""
    where, last = stand(story, now), latest(story)
    yours = {who: _is_for(story, who, by) for who in Who}
    answers = []
    for act, rule in RULES.items():
        reason = _why_not(story, act, where, last, yours=yours[rule.who])
        answers.append(Availability(act, not reason, reason))
    return answers


def _do(request: effects.Request) -> StoryEvent | None:
    rule = RULES.get(request.act)
    if rule is None:
        raise NotAllowed("This is not something a person can do.")
    where, last = stand(request.story, request.now), latest(request.story)
    yours = _is_for(request.story, rule.who, request.by)
    reason = _why_not(request.story, request.act, where, last, yours=yours)
    if reason:
        raise NotAllowed(reason)
    if rule.needs_note and not request.note:
        raise NotReady("Write a note: the others need to know why.")
    if rule.needs_revision or request.details.get("revision") is not None:
        _check_seen(request, last)
    return effects.EFFECTS[request.act](request)


def _why_not(story: Story, act: Act, where: Stand, last: Revision | None, *, yours: bool) -> str:
    """An empty string, or the sentence that says why this person cannot do this now."""
    rule = RULES[act]
    if not yours:
        return _not_yours(rule.who)
    if story.state not in rule.states:
        return f"The story is {story.get_state_display().lower()}."
    if where.standing not in rule.standings:
        return f"For readers the story is {where.standing.label.lower()}."
    return _not_now(act, where, last)


def _is_for(story: Story, who: Who, by: User) -> bool:
    if who is Who.MAY_EDIT:
        return permissions.may_edit(by, story)
    if who is Who.SUBMITTER:
        return permissions.may_edit(by, story) and permissions.submitted(by, story)
    if who is Who.MANAGER:
        return permissions.may_review(by, story) and permissions.may_publish(by, story)
    return permissions.may_review(by, story) and not permissions.is_contributor(by, story)


def _not_yours(who: Who) -> str:
    return {
        Who.MAY_EDIT: "You may not edit this story.",
        Who.SUBMITTER: "Only the person who sent it can take it back.",
        Who.MANAGER: "Only managers can do this.",
        Who.MANAGER_NO_CONTRIBUTOR: "Only a manager who has not worked on this version can approve it.",
    }[who]


def _not_now(act: Act, where: Stand, last: Revision | None) -> str:
    """What neither state nor standing tells."""
    if act is Act.UNSCHEDULE and where.scheduled is None:
        return "Nothing is scheduled."
    if act is Act.SUBMIT and last is None:
        return "The story has not been saved yet."
    printed = where.current.revision_id if where.current else None
    if act in {Act.PUBLISH, Act.SCHEDULE, Act.REQUEST_CHANGES} and last and last.pk == printed:
        return "This text was published already."
    return ""


def _check_seen(request: effects.Request, last: Revision | None) -> None:
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


def _record_refusal(story: Story, act: Act, by: User, now: datetime, refusal: Refused) -> None:
    """In a transaction of its own, because the act's was rolled back."""
    with transaction.atomic():
        _lock(story)
        write_event(story, act, by=by, now=now, revision=latest(story), refusal=refusal.sentence)
