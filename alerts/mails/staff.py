"""The letters that staff get: a subject, some lines and one link, as the part that asks for them wrote them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from alerts.links import whole
from alerts.mails.emptied import Emptied
from alerts.mails.lines import line
from alerts.mails.words import Words, words
from alerts.models.notices import Letter


def words_of(letter: Letter, now: datetime) -> Words:
    """The words of a notice; raises Emptied for one that was never more than its words, which were blanked."""
    if "subject" not in letter.contents:
        raise Emptied
    return notice(letter.contents)


def notice(said: Mapping[str, Any]) -> Words:
    """It says `subject` and `lines`; `link` (a path) is what to open, and `label` what that is called."""
    lines = [line(one) for one in said.get("lines", [])]
    context = {
        "lines": lines,
        "link": whole(said["link"]) if said.get("link") else "",
        "label": line(said.get("label", "")) or "Open it",
        "opening": lines[0] if lines else "",
        "choose": whole("/admin/mail/"),
    }
    return words("staff", said["subject"], context)
