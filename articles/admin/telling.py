"""In a sentence: who is written to when a text is published."""

from collections.abc import Mapping
from typing import Any

from articles.desk.public import tells_again
from articles.desk.standing import Stand
from articles.models import ChangeKind, Edition
from articles.models.telling import Telling, telling_of

_NOT_SAID = "Who is told depends on the kind of change, and nobody has said that yet."

_SAID = {
    Telling.NOBODY: "Readers are sent nothing.",
    Telling.FOLLOWERS: "Readers who follow it are sent an alert.",
    Telling.FOLLOWERS_AGAIN: "Readers who follow it are told of this update.",
    Telling.SENT_BEFORE: "Readers who were sent an earlier version are told of the {kind}.",
}


def sentence(public: Mapping[str, Any], stand: Stand) -> str:
    """Of a text that is to follow what readers have now; where they have this very text, ask for no sentence."""
    kind, is_first = public["change_kind"], stand.current is None
    if not kind and not is_first:
        return _NOT_SAID
    edition = Edition(origin=Edition.Origin.REVIEWED, change_kind=kind, tell_readers=tells_again(public))
    telling = telling_of(edition, is_first=is_first)
    return _SAID[telling].format(kind=ChangeKind(kind).word.lower() if kind else "")
