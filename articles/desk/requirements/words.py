"""What the words of a story must have: those in fields, and the text."""

from collections.abc import Iterator
from typing import Any

from articles.body.audit import audit
from articles.desk.requirements.issues import Issue

_ASKED = {
    "headline": "Give the story a headline.",
    "standfirst": "Write a standfirst: a sentence or two that say what the story is about.",
    "section": "Choose a section.",
    "topics": "Choose at least one topic, so that readers who follow it find the story.",
    "body": "The story has no text yet.",
}


def words(public: dict[str, Any]) -> Iterator[Issue]:
    for field, sentence in _ASKED.items():
        if not public[field]:
            yield Issue(field, sentence, field)
    for fault in audit(public["body"]).faults:
        yield Issue("body", fault.sentence, fault.rule, fault.about, fault.quote)
