"""Where a passage stands in a story's working copy, and how suggested words come to stand in its place."""

from collections.abc import Iterable

from articles.body import passages
from articles.body.passages import MarkupInTheWay
from articles.desk.refusals import NotReady, Stale
from articles.models import Note, Story

LONGEST_QUOTE = 1000
#: A suggestion mends words; who has more to say writes the story, and is one of its writers.
LONGEST_SUGGESTION = 300

_LONGEST = {name: Story._meta.get_field(name).max_length for name in ("headline", "standfirst")}  # type: ignore[union-attr]


def field_of(story: Story, quote: str, within: str = "") -> str:
    """Which field holds the passage, looking only `within` one where it is known."""
    for name in _fields(within):
        if _holds(story, name, quote):
            return name
    says = "This passage does not stand in the text. Copy it word for word, or leave the box empty."
    raise NotReady(says, field="quote")


def field_to_change(story: Story, quote: str, within: str = "") -> str:
    """Which field holds the passage, for words to be put in its place: it must be clear which is meant."""
    found = {name: times(story, name, quote) for name in _fields(within)}
    if sum(found.values()) > 1:
        says = "This passage stands there more than once. Quote a few more words of it."
        raise NotReady(says, field="quote")
    if not any(found.values()):
        field_of(story, quote, within)
        raise NotReady(
            "Suggest words for a passage of one paragraph: this one runs over several, or is code.",
            field="quote",
        )
    return next(name for name, number in found.items() if number)


def times(story: Story, field: str, quote: str) -> int:
    """How often the passage stands in this field."""
    if field == Note.Field.BODY:
        return passages.times(story.body, quote)
    return len(passages.places(_line(story, field), quote))


def stands(story: Story, note: Note) -> bool:
    """Whether the suggestion could be accepted as the working copy is now."""
    return times(story, note.field, note.quote) == 1


def reworded(story: Story, field: str, quote: str, new: str) -> str:
    """What the field would say. Raises Stale where the passage does not stand there exactly once."""
    if times(story, field, quote) != 1:
        raise Stale("The passage does not stand in the text like this any more, so nothing was changed.")
    if field == Note.Field.BODY:
        return _body(story, quote, new)
    line = _line(story, field)
    at = passages.places(line, quote)[0]
    return _fitting(field, passages.one_line(line[:at] + new + line[at + len(quote) :]))


def _body(story: Story, quote: str, new: str) -> str:
    try:
        return passages.replaced(story.body, quote, new)
    except MarkupInTheWay as fault:
        raise NotReady(
            "The passage is partly a link or emphasised, and it cannot be told which of the new words should be. "
            "Suggest words for a part of it, or change it in the story's form.",
            field="quote",
        ) from fault


def _fitting(field: str, line: str) -> str:
    longest = _LONGEST[field] or 0
    if len(line) > longest:
        raise NotReady(f"The {field} would be longer than {longest} characters.", field="replacement")
    if field == Note.Field.HEADLINE and not line:
        raise NotReady("The story would have no headline.", field="replacement")
    return line


def _holds(story: Story, field: str, quote: str) -> bool:
    if field == Note.Field.BODY:
        return passages.stands_in(story.body, quote)
    return bool(times(story, field, quote))


def _line(story: Story, field: str) -> str:
    return passages.one_line(getattr(story, field))


def _fields(within: str) -> Iterable[str]:
    return [within] if within in Note.Field.values else Note.Field.values
