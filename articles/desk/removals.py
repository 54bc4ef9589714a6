"""Taking a story down: what has to be said, and where readers may be sent instead."""

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from articles.desk import publishing
from articles.desk.asking import Request, event_of
from articles.desk.refusals import NotReady
from articles.models import RemovalKind, Story, StoryEvent


@dataclass(frozen=True)
class Removal:
    """Why, and what readers get instead: a note at the address (410), another page, or the text under a banner."""

    kind: str
    public_note: str
    redirect_to: str


def read(said: Mapping[str, Any], story: Story, now: datetime) -> Removal:
    """What was asked for, if it makes sense; raises NotReady with the sentence that says why not."""
    kind = said.get("kind") or ""
    public_note = " ".join((said.get("public_note") or "").split())
    redirect_to = (said.get("redirect_to") or "").strip()
    if kind not in RemovalKind.values:
        raise NotReady("Say why the story is taken down.", field="kind")
    if kind == RemovalKind.WITHDRAWN:
        _check_withdrawal(redirect_to, story, now)
    if not public_note and not redirect_to:
        raise NotReady("Write what readers are told, or where they are sent instead.", field="public_note")
    if redirect_to and not _is_own_address(redirect_to):
        says = "Readers can only be sent to a page of this site, such as /articles/…/."
        raise NotReady(says, field="redirect_to")
    if _leads_back(redirect_to, story):
        says = "This is the story's own address: readers would go round in circles."
        raise NotReady(says, field="redirect_to")
    return Removal(kind, public_note, redirect_to)


def take_down(request: Request) -> StoryEvent:
    said = asdict(read(request.details, request.story, request.now))
    tombstone = publishing.take_down(request.story, now=request.now, **said)
    return event_of(request, tombstone.revision, {"edition": tombstone.pk, **said})


def _check_withdrawal(redirect_to: str, story: Story, now: datetime) -> None:
    if redirect_to:
        raise NotReady(
            "A withdrawn story keeps its text at its own address, so readers cannot be sent elsewhere too. "
            "Choose another reason, or leave out where to send them.",
            field="redirect_to",
        )
    if story.editions.current(now).exclude(removal_kind="").exists():
        says = "The story is withdrawn already. Choose another reason, to take its text away too."
        raise NotReady(says, field="kind")


def _is_own_address(path: str) -> bool:
    """A path on this site. `//host` leads away from it, and so do `/\\host` and `/<tab>/host` in browsers."""
    plain = path.isprintable() and not any(character.isspace() or character == "\\" for character in path)
    return plain and path.startswith("/") and not path.startswith("//") and "/." not in path


def _leads_back(path: str, story: Story) -> bool:
    own = {f"/articles/{slug}" for slug in story.addresses.values_list("slug", flat=True)}
    return re.split("[?#]", path, maxsplit=1)[0].rstrip("/") in own
