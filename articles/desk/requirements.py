"""What a story still lacks, for review and for publication.

One list of issues serves form, act, import and shell. Each rule reads the public dict, so it judges what readers
would get. An imported story is not blocked by what it already lacked when it came: only by what is new.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from articles.body.figures import figures
from articles.body.outline import outline_faults
from articles.models import Address, Edition, Image, Story
from articles.models.kinds import NOTED_CHANGES, ChangeKind


@dataclass(frozen=True)
class Issue:
    """One thing that is missing or wrong: the form's field, a sentence for the editor, and the rule's name."""

    field: str
    sentence: str
    rule: str


def for_review(story: Story, public: dict[str, Any], *, now: datetime) -> list[Issue]:
    """What keeps a story from being sent for review."""
    return _less_what_came_so(story, _found(story, public, now))


def for_publication(story: Story, public: dict[str, Any], *, at: datetime) -> list[Issue]:
    """What keeps a story from readers at the time `at`."""
    found = _less_what_came_so(story, _found(story, public, at))
    return [*found, *_address(story, public), *_licences(public, at)]


def _found(story: Story, public: dict[str, Any], at: datetime) -> list[Issue]:
    return [*_text(public), *_pictures(public), *_unknown_pictures(public), *_change(story, public, at)]


def _text(public: dict[str, Any]) -> Iterator[Issue]:
    if not public["headline"]:
        yield Issue("headline", "Give the story a headline.", "headline")
    if not public["standfirst"]:
        yield Issue(
            "standfirst",
            "Write a standfirst: a sentence or two that say what the story is about.",
            "standfirst",
        )
    if not public["section"]:
        yield Issue("section", "Choose a section.", "section")
    if not public["topics"]:
        yield Issue(
            "topics", "Choose at least one topic, so that readers who follow it find the story.", "topics"
        )
    if not public["body"]:
        yield Issue("body", "The story has no text yet.", "body")
    for fault in outline_faults(public["body"]):
        yield Issue("body", fault.sentence, fault.rule)


def _pictures(public: dict[str, Any]) -> Iterator[Issue]:
    """WCAG 2.2, 1.1.1: every picture has words or is said to be decoration. A credit is owed always."""
    uses = [("lead_image", "The lead picture", public["lead"])] if public["lead"] else []
    uses += [
        ("body", f"Picture {number} in the text", use) for number, use in enumerate(public["pictures"], 1)
    ]
    for field, name, use in uses:
        if not use["alt"] and not use["decorative"]:
            yield Issue(
                field,
                f"{name} has no alternative text. Describe it here, or mark it as decorative in the picture library.",
                f"alt:{use['key']}",
            )
        if not use["credit"]:
            yield Issue(field, f"{name} has no credit. Say who made or owns it.", f"credit:{use['key']}")


def _unknown_pictures(public: dict[str, Any]) -> Iterator[Issue]:
    known = {use["key"] for use in public["pictures"]}
    for figure in figures(public["body"]):
        if figure.key not in known:
            yield Issue(
                "body",
                "A picture in the text is not in the library. Take it out, or choose it again.",
                "unknown_picture",
            )


def _change(story: Story, public: dict[str, Any], at: datetime) -> Iterator[Issue]:
    """A change to a published story says what kind it is, and what readers are told."""
    if not story.editions.published(at).exists():
        return
    if not public["change_kind"]:
        yield Issue(
            "change_kind", "The story has been published: say what kind of change this is.", "change_kind"
        )
    if public["change_kind"] in NOTED_CHANGES and not public["public_note"]:
        kind = ChangeKind(public["change_kind"]).word.lower()
        yield Issue(
            "public_note", f"Tell readers what the {kind} is about, in a sentence or two.", "public_note"
        )


def _address(story: Story, public: dict[str, Any]) -> Iterator[Issue]:
    slug = public["slug"]
    if not slug:
        yield Issue("slug", "The headline gives no address: write a short one in plain letters.", "slug")
    elif Address.objects.filter(slug=slug).exclude(story=story).exists():
        yield Issue(
            "slug", f"The address “{slug}” belongs to another story. Choose a different one.", "slug_taken"
        )


def _licences(public: dict[str, Any], at: datetime) -> Iterator[Issue]:
    keys = [use["key"] for use in public["pictures"]] + ([public["lead"]["key"]] if public["lead"] else [])
    for image in Image.objects.filter(key__in=keys).out_of_licence(at):
        field = "lead_image" if public["lead"] and public["lead"]["key"] == image.key else "body"
        yield Issue(
            field, f"The licence of the picture “{image}” will have ended by then.", f"licence:{image.key}"
        )


def _less_what_came_so(story: Story, issues: list[Issue]) -> list[Issue]:
    """Without what the story already lacked when it was imported."""
    imported = story.editions.filter(origin=Edition.Origin.IMPORTED).first()
    if imported is None:
        return issues
    then = imported.public()
    known = {(issue.rule, issue.sentence) for issue in [*_text(then), *_pictures(then)]}
    return [issue for issue in issues if (issue.rule, issue.sentence) not in known]
