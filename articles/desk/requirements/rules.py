"""The rules as one table: what each asks, from which step on, and whether a manager may override it.

docs/workflow.md prints the same table.
"""

from dataclasses import dataclass
from enum import IntEnum


class Stage(IntEnum):
    """The first step that a rule stands in the way of; it stands in the way of the later ones too."""

    REVIEW = 1
    APPROVAL = 2
    PUBLICATION = 3
    #: Told in time, and in the way of nothing.
    NEVER = 4

    @property
    def label(self) -> str:
        return "a warning" if self is Stage.NEVER else self.name.lower()


@dataclass(frozen=True)
class Rule:
    """`criterion` is the success criterion of WCAG 2.2 behind it, where there is one.

    What law or the record asks for is never overridable: licence, credit, alternative text, embargo, address, what
    readers are told of a change.
    """

    asks: str
    since: Stage = Stage.REVIEW
    criterion: str = ""
    overridable: bool = False


RULES: dict[str, Rule] = {
    "headline": Rule("a headline"),
    "standfirst": Rule("a standfirst", overridable=True),
    "section": Rule("a section", overridable=True),
    "topics": Rule("at least one topic", overridable=True),
    "body": Rule("text", overridable=True),
    "heading_empty": Rule("words in each crosshead", criterion="2.4.6", overridable=True),
    "heading_order": Rule("crossheads in order, no level left out", criterion="1.3.1", overridable=True),
    "link_empty": Rule("words in each link", criterion="2.4.4", overridable=True),
    "link_vague": Rule(
        "links that say where they lead, not “click here”", criterion="2.4.4", overridable=True
    ),
    "link_bare": Rule("words, not bare addresses, as links", criterion="2.4.4", overridable=True),
    "table_headers": Rule("header cells in each table", criterion="1.3.1", overridable=True),
    "alt": Rule("alternative text for each picture, or the word that it is decorative", criterion="1.1.1"),
    "credit": Rule("a credit for each picture"),
    "unknown_picture": Rule("pictures that are in the library"),
    "link_gone": Rule("no link to a story that was taken down", overridable=True),
    "link_unknown": Rule("no link to a story that never was", overridable=True),
    "link_moved": Rule("links to where a story is now", overridable=True),
    "too_many_links": Rule("no more links to own stories than can be checked", overridable=True),
    "change_kind": Rule("the kind of change, once published"),
    "public_note": Rule("the note readers get, for a clarification, correction or retraction"),
    "tell_readers": Rule("no tick for readers who follow it, unless it is an update"),
    "slug": Rule("an address", Stage.APPROVAL),
    "slug_taken": Rule("an address that no other story has", Stage.APPROVAL),
    "licence": Rule(
        "a licence for each picture that covers the website and runs at the time", Stage.APPROVAL
    ),
    "licence_ends": Rule("a licence for each picture that does not end within 30 days", Stage.NEVER),
    "link_early": Rule("no link to a story that readers get only later", Stage.PUBLICATION, overridable=True),
    "related_not_live": Rule("related stories that readers can read", Stage.NEVER),
    "embargo": Rule("no time before the embargo", Stage.PUBLICATION),
}
