"""What a form says that nobody has saved, read as a story that is in no database yet.

Nothing is judged here and nothing refused: what makes no sense yet counts as not typed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from articles.admin.bylines import MOST, PREFIX
from articles.admin.keys import is_key
from articles.admin.related import numbers
from articles.admin.topics import NEW, find
from articles.desk.known_topics import known_to
from articles.desk.public import canonical, public_dict
from articles.desk.related import MOST as MOST_RELATED
from articles.desk.slugs import slug_from
from articles.models import Author, ChangeKind, Image, Kind, Revision, Section, Story, Tag
from articles.models.autosaves import Typed

#: The key of a story that was never saved. It has one so that it can be asked about: of nothing there is nothing.
NEVER_SAVED = 0

_TEXTS = (
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
    "public_note",
)
_CHOICES = {"kind": Kind.values, "change_kind": ["", *ChangeKind.values]}


@dataclass(frozen=True)
class Unsaved:
    """A story as a form has it."""

    story: Story
    people: list[Author] | None
    topics: list[Tag] | None

    def public(self) -> dict[str, Any]:
        return public_dict(self.story, people=self.people, topics=self.topics)

    def revision(self) -> Revision:
        """What a save would write, were it one; for a preview only."""
        return Revision(story=self.story, number=self.story.version, public=canonical(self.public()))


def posted(data: QueryDict) -> Typed:
    return {name: [str(value) for value in values] for name, values in data.lists()}


def as_posted(typed: Typed) -> QueryDict:
    """The same, as a form reads it."""
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, values)
    return data


def as_stored(story: Story) -> Unsaved:
    return Unsaved(story, None, None)


def as_typed(story: Story, typed: Typed, *, by: User) -> Unsaved:
    """Write what was typed `by` somebody into `story`, which must not be saved after."""
    _write_texts(story, typed, by)
    _write_places(story, typed)
    return Unsaved(story, list(people(typed)), list(_topics(typed, by)))


def new_story(by: User) -> Story:
    return Story(pk=NEVER_SAVED, created_by=by)


def _write_texts(story: Story, typed: Typed, by: User) -> None:
    for name in _TEXTS:
        if name in typed:
            setattr(story, name, _one(typed, name))
    for name, known in _CHOICES.items():
        if _one(typed, name) in known and name in typed:
            setattr(story, name, _one(typed, name))
    if "change_kind" in typed:  # the tick beside it posts nothing where it is not set
        story.tell_readers = bool(_one(typed, "tell_readers"))
    if "related" in typed:
        story.related = [number for number in numbers(typed["related"], by) if number != story.pk][
            :MOST_RELATED
        ]
    slug = _one(typed, "slug").strip()
    if "slug" in typed and slug != story.slug:
        story.slug = slug_from(slug)


def _write_places(story: Story, typed: Typed) -> None:
    if "section" in typed:
        story.section = _row(Section, _one(typed, "section"))
    if "lead_image" in typed:
        story.lead_image = _row(Image, _one(typed, "lead_image"))


def people(typed: Typed) -> Iterator[Author]:
    """Whom the rows of the byline name, in their order; each once."""
    rows = [f"{PREFIX}-{number}" for number in range(2 * MOST)]
    rows = [row for row in rows if is_key(_one(typed, f"{row}-author")) and not _one(typed, f"{row}-DELETE")]
    rows.sort(key=lambda row: _place(_one(typed, f"{row}-position")))
    keys = dict.fromkeys(int(_one(typed, f"{row}-author")) for row in rows)
    known = Author.objects.in_bulk(list(keys))
    return (known[key] for key in keys if key in known)


def _topics(typed: Typed, by: User) -> Iterator[Tag]:
    chosen = typed.get("topics", [])
    known = known_to(by, timezone.now())
    yield from known.filter(pk__in=[int(one) for one in chosen if is_key(one)])
    for name in (one.removeprefix(NEW).strip() for one in chosen if one.startswith(NEW)):
        if name and find(name) is None:
            yield Tag(name=name, slug=slugify(name))


def _one(typed: Typed, name: str) -> str:
    values = typed.get(name)
    return values[-1] if values else ""


def _place(text: str) -> int:
    return int(text) if is_key(text) else 0


def _row(model: Any, key: str) -> Any:
    return model.objects.filter(pk=int(key)).first() if is_key(key) else None
