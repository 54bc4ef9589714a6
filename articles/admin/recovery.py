"""Going on with what was typed and never saved: offered above the form, and put back into it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.template.defaultfilters import pluralize

from articles.admin.bylines import PREFIX
from articles.admin.local_time import LocalTimeField
from articles.admin.opened import OPENED
from articles.admin.typed import as_posted, people
from articles.body.clean import clean
from articles.body.text import plain_text
from articles.models import Autosave, Story
from articles.models.autosaves import Typed

#: The end of the form's address when it is to begin with what was kept.
RECOVER = "recover"

#: Fields whose several values are one answer, and those that post nothing when they are not ticked.
_SEVERAL = frozenset({"topics", "restricted_to", "related"})
_TICKS = frozenset({"restricted", "tell_readers"})

_ASIDE = frozenset({"seen", "mine_over", OPENED, "void_scheduled"})
_LONGEST = 120


@dataclass(frozen=True)
class Differing:
    """A field that what was kept has different from what is saved, and how, in a few words."""

    label: str
    kept: str


@dataclass(frozen=True)
class Offer:
    at: datetime
    differs: list[Differing]
    is_stale: bool


def offer(autosave: Autosave, story: Story | None, form: Any) -> Offer | None:
    """What there is to go on with; None where all of it is saved. `form` is the empty form's class."""
    typed = autosave.as_typed()
    bound = form(as_posted(typed), instance=story or Story())
    differs = [_differing(bound, name, typed) for name in bound.changed_data if name not in _ASIDE]
    differs += _byline(typed, story)
    if not differs:
        return None
    return Offer(autosave.saved_at, differs, story is not None and autosave.seen != story.version)


def initial(autosave: Autosave) -> dict[str, Any]:
    """What the form's fields begin with, as they were typed; nothing is judged before it is saved."""
    typed = autosave.as_typed()
    values: dict[str, Any] = dict.fromkeys(_TICKS, False)
    for name, said in typed.items():
        if not name.startswith(PREFIX):
            values[name] = said if name in _SEVERAL else said[-1] if said else ""
    return values | {"topics": typed.get("topics", []), "seen": autosave.seen}


def _differing(form: Any, name: str, typed: Typed) -> Differing:
    label = str(form.fields[name].label or name.replace("_", " ")).capitalize()
    if name == "body":
        words = len(plain_text(clean(form.data.get("body", ""))).split())
        saved = len(plain_text(clean(form.instance.body)).split())
        return Differing(label, f"{words} word{pluralize(words)}; the saved text has {saved or 'none'}")
    if hasattr(form.fields[name], "choices") or name in _TICKS | _SEVERAL or name not in typed:
        return Differing(label, "Another choice")
    if isinstance(form.fields[name], LocalTimeField):
        return Differing(label, form.data.get(name, "").replace("T", ", ") or "Empty")
    return Differing(label, _short(form.data.get(name, "")) or "Empty")


def _byline(typed: Typed, story: Story | None) -> list[Differing]:
    named = list(people(typed))
    saved = story.bylines.values_list("author_id", flat=True) if story else []
    if [author.pk for author in named] == list(saved):
        return []
    return [Differing("Byline", ", ".join(author.name for author in named) or "Nobody")]


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]} …"
