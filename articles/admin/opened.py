"""What a form was opened on, besides the revision: `redact` blanks words and makes no revision of it.

A form that was open meanwhile still holds the words, and would bring them back with its next save.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from articles.models import Story

#: The name of the hidden field.
OPENED = "opened"

#: The words of a working copy that only a save or `redact` changes; the note to readers goes with publication too.
_WORDS = (
    "headline",
    "standfirst",
    "kicker",
    "body",
    "lead_alt",
    "lead_caption",
    "lead_credit",
    "byline_label",
    "search_headline",
    "social_headline",
)


def words_of(story: Story) -> str:
    """SHA-256 of the words that are stored, in hexadecimal."""
    said = json.dumps([getattr(story, name) for name in _WORDS], separators=(",", ":"))
    return hashlib.sha256(said.encode()).hexdigest()


def is_blanked(data: Mapping[str, Any], version: int, stored: str) -> bool:
    """Whether a posted form was opened on the present revision, and on other words than are `stored` now."""
    posted = data.get(OPENED, "")
    return bool(posted) and posted != stored and str(version) in {data.get("seen"), data.get("mine_over")}
