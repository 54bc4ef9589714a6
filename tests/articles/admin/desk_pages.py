"""How the tests of the desk ask for its pages."""

import os
import re
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from articles.desk import workflow
from articles.models import Story
from tests.newsdesk import MINUTE, NOW, Cast, change, draft
from tests.remembering import remembered

#: When the tests of the desk sit at it: an hour after the stories were made.
LATER = NOW + timedelta(hours=1)


def signed_in(person: User | None, **kwargs: Any) -> Client:
    client = Client(**kwargs)
    if person is not None:
        client.force_login(person)
    return client


def url(page: str, story: Story | int | str, *args: Any) -> str:
    return reverse(f"admin:articles_story_{page}", args=[getattr(story, "pk", story), *args])


def post(person: User | None, story: Story | int | str, act: str, **data: Any) -> HttpResponse:
    return signed_in(person).post(url("act", story, act), data)  # type: ignore[return-value]


def seen(story: Story) -> dict[str, Any]:
    """What a form says of the text that was read."""
    revision = story.revisions.latest("number")
    return {"revision": revision.number, "hash": revision.hash}


@remembered
def twice_saved(cast: Cast, **fields: Any) -> Story:
    """A draft of the editor's with two revisions."""
    story = draft(cast.editor, **fields)
    change(story, by=cast.editor, now=NOW, standfirst="One store replaces eleven, from May.")
    return story


@remembered
def in_situation(cast: Cast, situation: str, **fields: Any) -> Story:
    """A story taken as far as the name says, by the editor and the manager."""
    story = twice_saved(cast, **fields)
    for act in SITUATIONS[situation]:
        _step(story, act, cast)
    return story


SITUATIONS: dict[str, list[str]] = {
    "draft": [],
    "in review": ["submit"],
    "approved": ["submit", "approve"],
    "spiked": ["spike"],
    "scheduled": ["submit", "approve", "schedule"],
    "live": ["submit", "approve", "publish"],
    "removed": ["submit", "approve", "publish", "take_down"],
    "claimed": ["submit", "claim"],
    "held": ["submit", "approve", "hold"],
    "published unreviewed": ["submit", "publish_unreviewed"],
    "withheld": ["submit", "approve", "publish", "take_down", "withhold"],
}


#: Those the tables of who may do what are held against: all, and on a second database the telling ones.
TOLD_OF = [*SITUATIONS] if not os.environ.get("SECOND_DATABASE") else ["in review", "held"]


def _step(story: Story, act: str, cast: Cast) -> None:
    by = cast.editor if act in {"submit", "spike"} else cast.manager
    details: dict[str, Any] = {
        "approve": {"revision": story.version},
        "schedule": {"at": NOW + timedelta(days=1)},
        "take_down": {"kind": "error", "public_note": "Published too soon."},
        "spike": {"note": "Overtaken by events."},
        "hold": {"note": "The lawyer is reading it."},
        "publish_unreviewed": {"note": "The minister is speaking now.", "revision": story.version},
        "withhold": {
            "note": "An order came.",
            "kind": "legal",
            "edition": story.editions.values_list("pk", flat=True).first(),
        },
    }.get(act, {})
    # What was taken down in the instant of its publication is removed from the next one on.
    now = NOW + MINUTE if act == "withhold" else NOW
    workflow.perform(story, act, by=by, now=now, **details)


def review(person: object, story: Story) -> str:
    """The review page of a story as somebody sees it."""
    answer = signed_in(person).get(url("review", story))  # type: ignore[arg-type]
    assert answer.status_code == 200
    return answer.content.decode()


def primary(page: str) -> list[str]:
    return re.findall(r'class="(?:step )?primary">([^<…]+)', page)


def offered(page: str) -> list[str]:
    return re.findall(r'<(?:details|p) class="act[^"]*" id="([a-z_]+)"', page)
