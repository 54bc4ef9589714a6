"""What somebody asked to follow, as it is stored with a registration and a consent: keys, of which names are made."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from alerts.models.subscriptions import Follows
from articles.models.authors import Author
from articles.models.sections import Section
from articles.models.topics import Tag

EVERYTHING = "Everything we publish"

#: Of each kind: its name in stored choices, what a subscription of it follows, and where its names stand.
_KINDS: tuple[tuple[str, Follows, type[Model]], ...] = (
    ("topics", Follows.TOPIC, Tag),
    ("sections", Follows.SECTION, Section),
    ("authors", Follows.AUTHOR, Author),
)


@dataclass(frozen=True)
class Chosen:
    """One thing to follow; `key` is the row of a topic, section or author."""

    follows: Follows
    name: str
    key: int | None = None

    @property
    def columns(self) -> dict[str, Any]:
        """What a subscription to it has in its columns."""
        which = {} if self.key is None else {f"{self.follows}_id": self.key}
        return {"follows": self.follows, **which}


def chosen(choices: dict[str, Any]) -> list[Chosen]:
    """Name each thing in stored choices that there still is. A query a kind that was chosen."""
    return list(_chosen(choices))


def _chosen(choices: dict[str, Any]) -> Iterator[Chosen]:
    if choices.get("everything"):
        yield Chosen(Follows.EVERYTHING, EVERYTHING)
    for name, follows, model in _KINDS:
        if keys := choices.get(name):
            rows = model._default_manager.filter(pk__in=keys).order_by("name")
            yield from (Chosen(follows, called, key) for key, called in rows.values_list("pk", "name"))
