"""Every place in which a story keeps words: what `redact` goes through. A new table with words gets a line here."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, Model, QuerySet

from articles.body.blanking import Blank
from articles.desk.public import canonical
from articles.models import (
    Autosave,
    Edition,
    FollowUp,
    Note,
    PreviewLink,
    Revision,
    Story,
    StoryEvent,
    Withholding,
)


@dataclass(frozen=True)
class Place:
    """The rows of a story in one table, and how each of their columns holds words."""

    name: str
    rows: "Callable[[Story], QuerySet[Any]]"
    lines: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    #: Values written as JSON in plain text, such as public dicts in their canonical form.
    publics: tuple[str, ...] = ()


@dataclass(frozen=True)
class Blanking:
    """One row in which the words were found, and what its columns are to say instead."""

    place: Place
    row: Model
    columns: dict[str, Any]
    times: int


PLACES = [
    Place("Revisions", lambda story: Revision.objects.filter(story=story), publics=("public",)),
    Place(
        "Editions",
        lambda story: Edition.objects.filter(story=story),
        lines=(
            "headline",
            "standfirst",
            "kicker",
            "search_headline",
            "social_headline",
            "public_note",
            "reason",
        ),
        values=("byline", "topics", "lead", "corrections"),
        publics=("content",),
    ),
    Place(
        "Notes between colleagues",
        lambda story: Note.objects.filter(story=story),
        lines=("text", "quote", "replacement"),
    ),
    Place(
        "For whom previews are",
        lambda story: PreviewLink.objects.filter(story=story),
        lines=("for_whom",),
    ),
    Place(
        "Notes on record",
        lambda story: StoryEvent.objects.filter(story=story),
        lines=("note", "refusal"),
        values=("details",),
    ),
    Place(
        "Notes to readers about what is withheld",
        lambda story: Withholding.objects.of_story(story.pk),
        lines=("public_note",),
    ),
    Place(
        "The story as it is being written",
        lambda story: Story.objects.filter(pk=story.pk),
        lines=(
            "headline",
            "standfirst",
            "kicker",
            "lead_alt",
            "lead_caption",
            "lead_credit",
            "byline_label",
            "search_headline",
            "social_headline",
            "public_note",
        ),
        bodies=("body",),
    ),
    Place(
        "What went wrong after publishing",
        lambda story: FollowUp.objects.filter(edition__story=story),
        lines=("error",),
    ),
    Place(
        "Words typed and not saved yet",
        lambda story: Autosave.objects.filter(story=story),
        publics=("typed",),
    ),
]

#: What forgets the words of a story where they were said again, such as in a mail, and can be made anew from it.
FORGETTING: list[Callable[[Story], object]] = []


def register(place: Place, *forgetting: Callable[[Story], object]) -> None:
    """Have `redact` go through a place of another app, and call what forgets the rest there."""
    PLACES.append(place)
    FORGETTING.extend(forgetting)


def find(story: Story, words: str) -> list[Blanking]:
    """Every row of the story that says `words`. Changes nothing."""
    return [found for place in PLACES for found in _in_place(place, story, words)]


def _in_place(place: Place, story: Story, words: str) -> Iterator[Blanking]:
    for row in place.rows(story).order_by("pk"):
        blank = Blank(words)
        columns = dict(_blanked(place, row, blank))
        if columns:
            yield Blanking(place, row, columns, blank.found)


def _blanked(place: Place, row: Model, blank: Blank) -> Iterator[tuple[str, Any]]:
    """The columns that say the words, as they read without them."""
    ways: tuple[tuple[tuple[str, ...], Callable[[Any], Any]], ...] = (
        (place.lines, blank.line),
        (place.bodies, blank.body),
        (place.values, blank.value),
        (place.publics, lambda text: canonical(blank.value(json.loads(text)))),
    )
    for names, way in ways:
        for name in names:
            before, says = blank.found, getattr(row, name)
            said = way(says) if says else says
            if blank.found > before:
                yield name, _fitted(row._meta.get_field(name), said)


def _fitted(column: "Field[Any, Any] | Any", said: Any) -> Any:
    """The mark may be longer than what it stands for."""
    longest = getattr(column, "max_length", None)
    return said[:longest] if longest and isinstance(said, str) else said
