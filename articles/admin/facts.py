"""What a public dict says, field by field in plain words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from articles.body.text import plain_text
from articles.bylines import byline_text
from articles.differences.fields import LABELS
from articles.models import ChangeKind, Kind

type Public = Mapping[str, Any]


@dataclass(frozen=True)
class Fact:
    label: str
    value: str


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


def facts(public: Public, *, titles: Mapping[str, str]) -> list[Fact]:
    """`titles` are those of related stories, by number, as whoever reads this may know them."""
    found = [Fact(LABELS[name], words(name, public.get(name))) for name in BESIDE_THE_TEXT]
    if public.get("tell_readers"):
        found.append(Fact(LABELS["tell_readers"], "Yes"))
    picked = [titles[str(number)] for number in public.get("related", [])]
    return [*found, Fact(LABELS["related"], "\n".join(picked))] if picked else found


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
