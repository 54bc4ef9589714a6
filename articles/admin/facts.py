"""What a public dict says, field by field in plain words, and what differs between two of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from articles.body.text import plain_text
from articles.bylines import byline_text
from articles.desk.public import CHANGE_FIELDS
from articles.differences.steps import Budget, wholly
from articles.models import ChangeKind, Kind

type Public = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """A field whose words differ; either side may be empty."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Fact:
    label: str
    value: str


#: Every field of the public dict that is not told with the text itself, in the order a manager checks them.
LABELS = {
    "headline": "Headline",
    "standfirst": "Standfirst",
    "kicker": "Kicker",
    "kind": "Kind",
    "section": "Section",
    "topics": "Topics",
    "byline": "Byline",
    "lead": "Lead picture",
    "body": "Text",
    "pictures": "Pictures in the text",
    "slug": "Address",
    "search_headline": "Headline for search engines",
    "social_headline": "Headline for shared links",
    "change_kind": "Kind of change",
    "public_note": "Note to readers",
}

#: What the preview beside it does not show at a glance.
BESIDE_THE_TEXT = (
    "section",
    "kind",
    "topics",
    "byline",
    "slug",
    "search_headline",
    "social_headline",
    "change_kind",
    "public_note",
)


def facts(public: Public) -> list[Fact]:
    return [Fact(LABELS[name], words(name, public.get(name))) for name in BESIDE_THE_TEXT]


def changes(before: Public, after: Public) -> list[Change]:
    """The fields that say something else now. Markup alone counts too, though both sides may read the same.

    What the last change said of itself is not taken back by the next one, so it counts as nothing.
    """
    if before == after:
        return []
    before = {**before, **dict.fromkeys(CHANGE_FIELDS, "")}
    return [_change(name, before, after) for name in LABELS if before.get(name) != after.get(name)]


def _change(name: str, before: Public, after: Public) -> Change:
    was, now = words(name, before.get(name)), words(name, after.get(name))
    return Change(LABELS[name], *(_paragraphs(was, now) if name == "body" else (was, now)))


def _paragraphs(was: str, now: str) -> tuple[str, str]:
    """Only the paragraphs that differ, with an ellipsis for those between; everything where only markup does."""
    if was == now:
        return was, now
    sides = was.split("\n\n"), now.split("\n\n")
    kept: tuple[list[str], list[str]] = [], []
    for tag, start, end, new_start, new_end in Budget().steps(*sides) or wholly(*sides):
        spans = (sides[0][start:end], sides[1][new_start:new_end])
        for side, span in zip(kept, spans, strict=True):
            side.extend(["…"] if tag == "equal" else span)
    return "\n\n".join(kept[0]), "\n\n".join(kept[1])


def words(name: str, value: Any) -> str:
    """A field's value as text."""
    if not value:
        return ""
    return str(_IN_WORDS.get(name, str)(value))


def picture(use: Mapping[str, Any]) -> str:
    """A picture's words as used: what a reader who cannot see it gets, what stands below it, and whose it is."""
    alt = "decorative" if use["decorative"] else use["alt"] or "no alternative text"
    caption = [f"Caption: {use['caption']}"] if use["caption"] else []
    return " · ".join([f"Alt: {alt}", *caption, f"Credit: {use['credit'] or 'none'}"])


_IN_WORDS: dict[str, Callable[[Any], object]] = {
    "kind": lambda value: Kind(value).label,
    "section": lambda value: value["name"],
    "topics": lambda value: ", ".join(topic["name"] for topic in value),
    "byline": byline_text,
    "lead": picture,
    "body": plain_text,
    "pictures": lambda value: "\n".join(picture(use) for use in value),
    "slug": lambda value: f"/articles/{value}/",
    "change_kind": lambda value: ChangeKind(value).label,
}
