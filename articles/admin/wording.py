"""How each act is put to people: in plain words, what will happen and what is said when it has."""

from dataclasses import dataclass
from datetime import datetime

from articles.admin.marks import exact
from articles.desk import requirements
from articles.desk.acts import Act
from articles.desk.public import public_dict
from articles.models import Story


@dataclass(frozen=True)
class Wording:
    """How an act is put to people: what will happen, and what is said afterwards. Its button is `Act.label`."""

    effect: str
    done: str


WORDING: dict[Act, Wording] = {
    Act.SUBMIT: Wording(
        "A manager reads it next. Saving a change takes it back to draft.",
        "has been sent for review.",
    ),
    Act.RECALL: Wording("It leaves the queue and is a draft again.", "has been taken back."),
    Act.REQUEST_CHANGES: Wording(
        "It goes back to its writers as a draft, with your note. What is scheduled is cancelled.",
        "has been sent back with your note.",
    ),
    Act.APPROVE: Wording(
        "You say that this text, word for word, may be published. Any change after it needs a new approval. "
        "Nothing is published yet.",
        "has been approved.",
    ),
    Act.PUBLISH: Wording(
        "Readers see this text at once, in lists and feeds too. What was scheduled is replaced.",
        "has been published.",
    ),
    Act.SCHEDULE: Wording(
        "Readers see this text from that minute on, whether or not anybody is here. "
        "Saving a change before then, or a later embargo, cancels it.",
        "has been scheduled.",
    ),
    Act.UNSCHEDULE: Wording(
        "It does not appear at the time set. The approval stands.",
        "is no longer scheduled.",
    ),
    Act.CLAIM: Wording(
        "The other managers see that you are reading it. It stays in the queue, and nobody is kept from deciding.",
        "is marked as being read by you.",
    ),
    Act.UNCLAIM: Wording(
        "Nobody is shown as reading it any more. It stays in the queue.",
        "is not marked as being read any more.",
    ),
    Act.PUBLISH_UNREVIEWED: Wording(
        "Readers see this text at once, and no second person has read it. Your reason goes on record, and the story "
        "stands on every manager's desk until another manager, who had no part in it, has signed it.",
        "has been published without review. Another manager has to countersign it.",
    ),
    Act.COUNTERSIGN: Wording(
        "You say that what was published without review may stand as it is. No signature is owed then. "
        "If it may not stand, request a correction or take it down instead.",
        "has been countersigned.",
    ),
    Act.HOLD: Wording(
        "Nobody can save the story, send it on, approve or publish it until another manager lifts the hold. What is "
        "scheduled is cancelled. What readers have now stays.",
        "is on hold.",
    ),
    Act.LIFT_HOLD: Wording(
        "The story can be worked on again. What the hold cancelled has to be scheduled anew.",
        "is no longer on hold.",
    ),
    Act.OVERRIDE: Wording(
        "It no longer stands in the way of this story, until the next edition readers get. Your name and reason stand "
        "beside it for whoever approves, and on record.",
        "no longer needs this to be mended.",
    ),
    Act.REQUIRE_AGAIN: Wording(
        "It has to be mended again before the story goes on. What is scheduled is cancelled.",
        "needs this to be mended again.",
    ),
    Act.TAKE_DOWN: Wording(
        "Readers lose the story at once: it leaves lists, feeds and search, and its address answers with your note, or "
        "leads to where you send them. What is scheduled is cancelled. The record keeps what was published.",
        "has been taken down.",
    ),
    Act.REINSTATE: Wording(
        "Readers get the story back at once under its old address: the text that was published last or, "
        "if a newer one has been approved since, that one.",
        "has been reinstated.",
    ),
    Act.WITHHOLD: Wording(
        "The text of that edition is shown to managers alone: not in the public history, and not on the desk. Its "
        "place in the list stays, with your note. Nobody can publish this text again while it is withheld.",
        "shows the text of that edition to managers alone now.",
    ),
    Act.LIFT_WITHHOLDING: Wording(
        "The text of that edition can be read again, in the public history and on the desk.",
        "shows that edition's text again.",
    ),
    Act.REDACT: Wording(
        "The words are replaced by “[redacted]” everywhere in this story, for readers, on the desk and in the record. "
        "Nobody can bring them back.",
        "no longer says those words.",
    ),
    Act.SPIKE: Wording(
        "The story is dropped and leaves everybody's lists. It can be brought back.",
        "has been spiked.",
    ),
    Act.UNSPIKE: Wording("It is a draft again.", "is a draft again."),
    Act.ASSIGN: Wording("It stands on their desk. Nobody is kept from editing.", "has been assigned anew."),
    Act.REVERT_TO: Wording(
        "Its text becomes a new revision and the story a draft. Nothing is lost: all revisions stay. "
        "What is scheduled is cancelled.",
        "says again what it said then.",
    ),
    Act.ADD_NOTE: Wording(
        "Colleagues see it beside the text; readers never do. The story cannot be approved until it is resolved.",
        "has a new note.",
    ),
    Act.REPLY: Wording("It stands below the note.", "has a new reply."),
    Act.RESOLVE_NOTE: Wording(
        "It is folded away, and no longer in the way of approval.", "has one open note less."
    ),
    Act.REOPEN_NOTE: Wording("The story cannot be approved until it is resolved.", "has a note open again."),
    Act.ACCEPT_SUGGESTION: Wording(
        "The words go into the text as a revision saved by you; the story is a draft afterwards.",
        "says what was suggested now. It is a draft: send it for review when it is ready.",
    ),
    Act.SHARE_PREVIEW: Wording(
        "Whoever has the link can read this text, as it stands now, without signing in: until its time is over, until "
        "the text is published, or until you end it. Later changes do not show.",
        "has a preview link.",
    ),
    Act.REVOKE_PREVIEW: Wording(
        "The link shows nothing any more. Nobody can bring it back.",
        "can no longer be read by that preview link.",
    ),
}

#: Acts that leave a trace readers see, or that throw work away: their button never is the first one.
GRAVE = frozenset({Act.PUBLISH_UNREVIEWED, Act.HOLD, Act.TAKE_DOWN, Act.WITHHOLD, Act.REDACT, Act.SPIKE})


def said_when_done(act: Act, story: Story, now: datetime) -> str:
    """The message on the page an act leads to; an approval says from when the story can go out."""
    said = f"“{story}” {WORDING[act].done}"
    return f"{said} {_what_next(story, now)}" if act is Act.APPROVE else said


def _what_next(story: Story, now: datetime) -> str:
    if story.embargo_at is not None and story.is_embargoed(now):
        return f"It can be scheduled for {exact(story.embargo_at)}, or later."
    if requirements.for_publication(story, public_dict(story), at=now):
        return "What still keeps it from readers stands below."
    return "It can be published or scheduled now."
