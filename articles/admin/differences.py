"""Differences as the desk shows them: codes in words, pictures small and by the names that the library has for them."""

from collections.abc import Collection, Iterator, Mapping

from django.utils.safestring import SafeString

from articles.admin.lead import thumbnail_url
from articles.differences.difference import Change, Public, change, difference, picture_keys
from articles.differences.html import Picture, told
from articles.models import ChangeKind, Image, Kind

NAMES = {
    "kind": {str(code): str(label) for code, label in Kind.choices},
    "change_kind": {kind.value: kind.word for kind in ChangeKind},
}


def between(before: Public, after: Public, *, titles: Mapping[str, str]) -> SafeString:
    """Everything that readers would get differently; empty where that is nothing. `titles` are of related stories."""
    changes = difference(before, after, names={**NAMES, "related": titles})
    return told(changes, pictures=pictures_of(changes))


def since_published(before: Public, after: Public, *, titles: Mapping[str, str]) -> SafeString:
    """As `between`, for a text that is to follow a published one: with what becomes of the last one's note."""
    changes = difference(before, after, names={**NAMES, "related": titles})
    return told(changes, pictures=pictures_of(changes), explained=dict(_about_the_last(before, after)))


def _about_the_last(before: Public, after: Public) -> Iterator[tuple[str, str]]:
    """A note belongs to the change it was made for, and stays on the page with its date whatever follows."""
    if before.get("change_kind") and not after.get("change_kind"):
        yield (
            "change_kind",
            "That was the kind of the last change. This text does not say yet what it changes.",
        )
    if before.get("public_note") and not after.get("public_note"):
        yield "public_note", "The note of the last change stays on the page. This text makes none of its own."
    elif before.get("public_note"):
        yield "public_note", "The note of the last change stays on the page. This one is added to it."
    if before.get("tell_readers") and not after.get("tell_readers"):
        yield (
            "tell_readers",
            "Readers who follow it were told of the last change. They are not told of this one.",
        )


def of_field(name: str, before: object, after: object, *, label: str = "") -> Change:
    return change(name, before, after, label=label, names=NAMES)


def pictures_of(changes: Collection[Change]) -> dict[str, Picture]:
    """The pictures these changes name, by key: one query, or none where they name no picture."""
    keys = picture_keys(changes)
    images = Image.objects.filter(key__in=keys) if keys else []
    return {image.key: Picture(_name(image), thumbnail_url(image)) for image in images}


def _name(image: Image) -> str:
    """With the beginning of its key, for two pictures of one town hall."""
    return f"{image} ({image.key[:6]})" if image.alt or image.caption else str(image)
