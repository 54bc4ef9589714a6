"""Taking a story down: what has to be said, and where readers may be sent instead."""

import re

from articles.desk import publishing
from articles.desk.asking import Request, event_of
from articles.desk.refusals import NotReady
from articles.models import RemovalKind, Story, StoryEvent


def take_down(request: Request) -> StoryEvent:
    kind = request.details.get("kind") or ""
    public_note = " ".join((request.details.get("public_note") or "").split())
    redirect_to = (request.details.get("redirect_to") or "").strip()
    if kind not in RemovalKind.values:
        raise NotReady("Say why the story is taken down.")
    if not public_note and not redirect_to:
        raise NotReady("Write what readers are told, or where they are sent instead.")
    if redirect_to and not _is_own_address(redirect_to):
        raise NotReady("Readers can only be sent to a page of this site, such as /articles/…/.")
    if _leads_back(redirect_to, request.story):
        raise NotReady("This is the story's own address: readers would go round in circles.")
    tombstone = publishing.take_down(
        request.story, now=request.now, kind=kind, public_note=public_note, redirect_to=redirect_to
    )
    details = {"edition": tombstone.pk, "kind": kind, "public_note": public_note, "redirect_to": redirect_to}
    return event_of(request, tombstone.revision, details)


def _is_own_address(path: str) -> bool:
    """A path on this site. `//host` leads away from it, and so do `/\\host` and `/<tab>/host` in browsers."""
    plain = path.isprintable() and not any(character.isspace() or character == "\\" for character in path)
    return plain and path.startswith("/") and not path.startswith("//") and "/." not in path


def _leads_back(path: str, story: Story) -> bool:
    own = {f"/articles/{slug}" for slug in story.addresses.values_list("slug", flat=True)}
    return re.split("[?#]", path, maxsplit=1)[0].rstrip("/") in own
