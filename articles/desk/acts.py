"""The acts of the desk as one table: when, who, and what each needs. docs/workflow.md prints the same table."""

from dataclasses import dataclass
from enum import StrEnum

from articles.desk.standing import Standing
from articles.models.stories import State


class Act(StrEnum):
    SAVE = "save"
    SUBMIT = "submit"
    RECALL = "recall"
    REQUEST_CHANGES = "request_changes"
    CLAIM = "claim"
    UNCLAIM = "unclaim"
    OVERRIDE = "override"
    REQUIRE_AGAIN = "require_again"
    APPROVE = "approve"
    PUBLISH = "publish"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    PUBLISH_UNREVIEWED = "publish_unreviewed"
    COUNTERSIGN = "countersign"
    HOLD = "hold"
    LIFT_HOLD = "lift_hold"
    TAKE_DOWN = "take_down"
    REINSTATE = "reinstate"
    WITHHOLD = "withhold"
    LIFT_WITHHOLDING = "lift_withholding"
    REDACT = "redact"
    SPIKE = "spike"
    UNSPIKE = "unspike"
    ASSIGN = "assign"
    REVERT_TO = "revert_to"
    ADD_NOTE = "add_note"
    REPLY = "reply"
    RESOLVE_NOTE = "resolve_note"
    REOPEN_NOTE = "reopen_note"
    ACCEPT_SUGGESTION = "accept_suggestion"
    SHARE_PREVIEW = "share_preview"
    REVOKE_PREVIEW = "revoke_preview"
    #: Not for people: what `import_articles` writes.
    IMPORT = "import"
    #: Nor this: what is written when the time of a scheduled edition came.
    APPEARED = "appeared"

    @property
    def label(self) -> str:
        return LABELS.get(self, self.value.replace("_", " ").capitalize())


#: What a button says, where the act's own name would not do.
LABELS = {
    Act.SUBMIT: "Send for review",
    Act.RECALL: "Take back",
    Act.CLAIM: "I am reading it",
    Act.UNCLAIM: "Leave it to others",
    Act.OVERRIDE: "Override this issue",
    Act.REQUIRE_AGAIN: "Take the override back",
    Act.PUBLISH: "Publish now",
    Act.PUBLISH_UNREVIEWED: "Publish without review",
    Act.HOLD: "Put on hold",
    Act.LIFT_HOLD: "Lift the hold",
    Act.UNSCHEDULE: "Cancel the publication",
    Act.TAKE_DOWN: "Take down now",
    Act.WITHHOLD: "Withhold what was published",
    Act.LIFT_WITHHOLDING: "Show it again",
    Act.REDACT: "Redact words for good",
    Act.UNSPIKE: "Bring back",
    Act.REVERT_TO: "Go back to this revision",
    Act.ADD_NOTE: "Add the note",
    Act.RESOLVE_NOTE: "Resolve the note",
    Act.REOPEN_NOTE: "Reopen the note",
    Act.ACCEPT_SUGGESTION: "Accept the suggestion",
    Act.SHARE_PREVIEW: "Share a preview",
    Act.REVOKE_PREVIEW: "End the link",
}


class Who(StrEnum):
    """Whom an act is for; `articles.desk.permissions` decides."""

    MAY_EDIT = "may edit it"
    SUBMITTER = "who submitted"
    MANAGER = "manager"
    MANAGER_NO_CONTRIBUTOR = "manager who is no contributor"
    COUNTERSIGNER = "another manager, no contributor to what was published"
    ANOTHER_MANAGER = "another manager than the one who placed it"
    ANOTHER_THAN_WITHHELD = "another manager than the one who withheld it"


@dataclass(frozen=True)
class Rule:
    """When an act is possible and whom it is for."""

    states: frozenset[State]
    who: Who
    does: str
    needs: str = ""
    standings: frozenset[Standing] = frozenset(Standing)
    needs_revision: bool = False
    needs_note: bool = False
    while_held: bool = True


_ANY = frozenset(State)
_NOT_SPIKED = _ANY - {State.SPIKED}

RULES: dict[Act, Rule] = {
    Act.SAVE: Rule(
        _NOT_SPIKED,
        Who.MAY_EDIT,
        "a revision; state → draft; voids a scheduled edition",
        "the revision seen is current",
        needs_revision=True,
        while_held=False,
    ),
    Act.SUBMIT: Rule(
        frozenset({State.DRAFT}), Who.MAY_EDIT, "→ in review", "complete for review", while_held=False
    ),
    Act.RECALL: Rule(frozenset({State.IN_REVIEW}), Who.SUBMITTER, "→ draft", while_held=False),
    Act.REQUEST_CHANGES: Rule(
        frozenset({State.IN_REVIEW, State.APPROVED}),
        Who.MANAGER,
        "→ draft; voids a scheduled edition",
        "a note; something unpublished",
        needs_note=True,
        while_held=False,
    ),
    Act.CLAIM: Rule(frozenset({State.IN_REVIEW}), Who.MANAGER, "shows who is reading it"),
    Act.UNCLAIM: Rule(frozenset({State.IN_REVIEW}), Who.MANAGER, "nobody is shown as reading it"),
    Act.OVERRIDE: Rule(
        _NOT_SPIKED,
        Who.MANAGER_NO_CONTRIBUTOR,
        "one issue no longer stands in the way, until the next edition readers get",
        "an issue there is, which may be overridden; a reason; something unpublished",
        needs_note=True,
    ),
    Act.REQUIRE_AGAIN: Rule(
        _NOT_SPIKED,
        Who.MANAGER,
        "the issue stands in the way again; voids a scheduled edition",
        "an override; something unpublished",
    ),
    Act.APPROVE: Rule(
        frozenset({State.IN_REVIEW}),
        Who.MANAGER_NO_CONTRIBUTOR,
        "→ approved",
        "the revision seen, by number and hash; complete for approval; no open note",
        needs_revision=True,
        while_held=False,
    ),
    Act.PUBLISH: Rule(
        frozenset({State.APPROVED}),
        Who.MANAGER,
        "an edition now",
        "hash equals; complete for publication; not published already; no open note",
        while_held=False,
    ),
    Act.SCHEDULE: Rule(
        frozenset({State.APPROVED}),
        Who.MANAGER,
        "an edition at a time",
        "hash equals; a time ahead; complete for publication then; not published already; no open note",
        while_held=False,
    ),
    Act.UNSCHEDULE: Rule(
        frozenset({State.APPROVED}), Who.MANAGER, "voids the scheduled edition; stays approved"
    ),
    Act.PUBLISH_UNREVIEWED: Rule(
        frozenset({State.DRAFT, State.IN_REVIEW}),
        Who.MANAGER,
        "an edition now; → draft; opens a debt; voids a scheduled edition",
        "a reason; the revision seen is current; complete for publication",
        needs_revision=True,
        needs_note=True,
        while_held=False,
    ),
    Act.COUNTERSIGN: Rule(
        _ANY,
        Who.COUNTERSIGNER,
        "settles the debt; → approved, where nothing was saved since",
        "a debt open; what was published, by its hash",
        while_held=False,
    ),
    Act.HOLD: Rule(
        _ANY,
        Who.MANAGER,
        "stops whatever changes the story or moves it on; voids a scheduled edition",
        "a reason",
        needs_note=True,
        while_held=False,
    ),
    Act.LIFT_HOLD: Rule(_ANY, Who.ANOTHER_MANAGER, "frees it", "a reason", needs_note=True),
    Act.TAKE_DOWN: Rule(
        _ANY,
        Who.MANAGER,
        "a tombstone; voids a scheduled edition",
        "kind; a public note, or where to redirect; what was taken down still shows its text",
        standings=frozenset({Standing.LIVE, Standing.REMOVED}),
    ),
    Act.REINSTATE: Rule(
        _ANY,
        Who.MANAGER,
        "an edition of what was published last, or of what was approved since",
        standings=frozenset({Standing.REMOVED}),
        while_held=False,
    ),
    Act.WITHHOLD: Rule(
        _ANY,
        Who.MANAGER,
        "shows an edition's text to managers alone; voids a scheduled edition of the same text",
        "a reason; which edition; kind; not what readers have now",
        standings=frozenset({Standing.LIVE, Standing.REMOVED}),
        needs_note=True,
    ),
    Act.LIFT_WITHHOLDING: Rule(
        _ANY,
        Who.ANOTHER_THAN_WITHHELD,
        "shows it again",
        "a reason; which edition",
        needs_note=True,
        while_held=False,
    ),
    Act.REDACT: Rule(
        _ANY,
        Who.MANAGER,
        "blanks words for good; → draft and voids a scheduled edition, where they stand in a text still to come",
        "a reason; the words; the word “redact”",
        needs_note=True,
        while_held=False,
    ),
    Act.SPIKE: Rule(
        frozenset({State.DRAFT}),
        Who.MAY_EDIT,
        "→ spiked",
        "a note",
        standings=frozenset({Standing.NEVER_PUBLISHED}),
        needs_note=True,
        while_held=False,
    ),
    Act.UNSPIKE: Rule(frozenset({State.SPIKED}), Who.MAY_EDIT, "→ draft", while_held=False),
    Act.ASSIGN: Rule(_NOT_SPIKED, Who.MAY_EDIT, "who writes it and by when"),
    Act.REVERT_TO: Rule(
        _NOT_SPIKED,
        Who.MAY_EDIT,
        "an old revision becomes a new one; state → draft; voids a scheduled edition",
        "the revision seen is current",
        needs_revision=True,
        while_held=False,
    ),
    Act.ADD_NOTE: Rule(
        _NOT_SPIKED,
        Who.MAY_EDIT,
        "an open note, or suggested words",
        "a note, or words for a passage that stands there",
    ),
    Act.REPLY: Rule(_NOT_SPIKED, Who.MAY_EDIT, "a reply to an open note", "a note", needs_note=True),
    Act.RESOLVE_NOTE: Rule(_NOT_SPIKED, Who.MAY_EDIT, "the note is resolved", "an open note"),
    Act.REOPEN_NOTE: Rule(_NOT_SPIKED, Who.MAY_EDIT, "the note is open again", "a resolved note"),
    Act.ACCEPT_SUGGESTION: Rule(
        frozenset({State.DRAFT, State.IN_REVIEW}),
        Who.MAY_EDIT,
        "a revision with the suggested words; state → draft; resolves the note",
        "words that somebody else suggested, for a passage that stands there exactly once",
        while_held=False,
    ),
    Act.SHARE_PREVIEW: Rule(
        _NOT_SPIKED,
        Who.MAY_EDIT,
        "a link that shows this revision to somebody outside, until its time is over",
        "for whom; the revision seen is current; something unpublished, not restricted, not withheld",
        standings=frozenset(Standing) - {Standing.REMOVED},
        needs_revision=True,
        while_held=False,
    ),
    Act.REVOKE_PREVIEW: Rule(_ANY, Who.MAY_EDIT, "a preview link shows nothing any more", "an open link"),
}
