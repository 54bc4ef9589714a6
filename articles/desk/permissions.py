"""Who may do what to which story, when: one function that answers with a reason."""

from datetime import datetime
from typing import NamedTuple

from accounts.models import User
from articles.desk.acts import RULES, Act, Rule, Who
from articles.desk.situation import Part, Situation, part_of, situation_of
from articles.models import Story

#: Acts on a text that readers do not have yet.
_OF_WHAT_IS_NEW = frozenset(
    {
        *(Act.PUBLISH, Act.SCHEDULE, Act.PUBLISH_UNREVIEWED),
        *(Act.REQUEST_CHANGES, Act.OVERRIDE, Act.REQUIRE_AGAIN),
        Act.SHARE_PREVIEW,
    }
)


class Answer(NamedTuple):
    """Whether an act is possible, and if not, the sentence that says why."""

    allowed: bool
    reason: str = ""


def can(user: User, act: str, story: Story, *, now: datetime) -> Answer:
    """Whether `user` could do `act` to `story` at `now`. Asks the database and changes nothing."""
    situation = situation_of(story, now)
    return judge(Act(act), part_of(user, story, situation), situation)


def judge(act: Act, part: Part, situation: Situation) -> Answer:
    """The rules themselves, as a function of nothing but its arguments."""
    rule = RULES.get(act)
    if rule is None:
        return Answer(False, "This is not something a person can do.")
    reason = _not_yours(act, part, situation) or _not_so(rule, situation) or _not_new(act, situation)
    reason = reason or _not_now(act, situation) or _not_with_these(act, situation)
    return Answer(not reason, reason)


def _not_yours(act: Act, part: Part, situation: Situation) -> str:
    who = RULES[act].who
    match who:
        case Who.MAY_EDIT:
            return "" if part.may_edit else "You may not edit this story."
        case Who.SUBMITTER:
            return "" if part.may_edit and part.sent else "Only the person who sent it can take it back."
    if not part.may_manage:
        return "Only managers can do this."
    if who is Who.MANAGER_NO_CONTRIBUTOR and part.wrote:
        deed = "override its issues" if act is Act.OVERRIDE else "approve it"
        return f"Only a manager who has not worked on this version can {deed}."
    if who is Who.MANAGER_NO_CONTRIBUTOR and part.suggested_much:
        return "So much of this version was changed as you suggested that another manager has to approve it."
    if who is Who.COUNTERSIGNER and situation.debt is not None and not part.may_countersign:
        return "Another manager has to sign: you published it, or worked on what was published."
    if act is Act.CLAIM and part.reads:
        return "You have said already that you are reading it."
    if who is Who.ANOTHER_MANAGER and part.holds:
        return "You put it on hold: another manager has to lift it."
    if who is Who.ANOTHER_THAN_WITHHELD and situation.withheld and part.withheld_all:
        return "You withheld it: another manager has to show it again."
    return ""


def _not_so(rule: Rule, situation: Situation) -> str:
    """What the table itself says of state, standing and hold."""
    if situation.hold is not None and not rule.while_held:
        return "The story is on hold."
    if situation.state not in rule.states:
        return f"The story is {situation.state.label.lower()}."
    if situation.stand.standing not in rule.standings:
        return f"For readers the story is {situation.stand.standing.label.lower()}."
    return ""


def _not_new(act: Act, situation: Situation) -> str:
    too_late = act in _OF_WHAT_IS_NEW and situation.is_published
    return "This text was published already." if too_late else ""


def _not_now(act: Act, situation: Situation) -> str:
    """What neither state nor standing tells."""
    match act:
        case Act.UNSCHEDULE if situation.stand.scheduled is None:
            return "Nothing is scheduled."
        case Act.SHARE_PREVIEW if situation.restricted:
            return "The story is restricted: it is shown to nobody outside."
        case Act.SUBMIT | Act.PUBLISH_UNREVIEWED | Act.SHARE_PREVIEW | Act.REDACT if situation.last is None:
            return "The story has not been saved yet."
        case Act.OVERRIDE if situation.stand.scheduled is not None:
            return "It is scheduled: nothing stands in its way."
        case Act.LIFT_HOLD if situation.hold is None:
            return "The story is not on hold."
        case Act.LIFT_WITHHOLDING if not situation.withheld:
            return "Nothing is withheld."
        case Act.TAKE_DOWN if not situation.stand.shows_text:
            return "The story was taken down already."
        case Act.COUNTERSIGN if situation.debt is None:
            return "Nothing waits for a second signature."
        case Act.UNCLAIM if situation.claim is None:
            return "Nobody has said that they are reading it."
    return ""


def _not_with_these(act: Act, situation: Situation) -> str:
    """What the story's notes stand in the way of, or are too few for."""
    notes = situation.notes
    match act:
        case Act.APPROVE | Act.PUBLISH | Act.SCHEDULE if notes.open:
            return _open_first(notes.open)
        case Act.REINSTATE if notes.open and situation.returns_newer:
            return _open_first(notes.open)
        case Act.RESOLVE_NOTE | Act.REPLY if not notes.open:
            return "No note is open."
        case Act.REOPEN_NOTE if not notes.resolved:
            return "No note is resolved."
        case Act.ACCEPT_SUGGESTION if not notes.suggestions:
            return "No suggestion is open."
    return ""


def _open_first(number: int) -> str:
    are = "A note is open. Resolve it" if number == 1 else f"{number} notes are open. Resolve them"
    return f"{are} first."
