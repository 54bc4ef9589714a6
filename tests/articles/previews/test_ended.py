"""Drill B10: a preview link that may not be read, for whatever reason, is like an address that never was."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from articles.desk import workflow
from articles.models import Image, Story
from tests.articles.previews.links import CLOSED, LATER, address, get, headers, link_of, shared
from tests.newsdesk import (
    MINUTE,
    NOW,
    Cast,
    approve,
    change,
    draft,
    picture,
    published,
    republished,
    scheduled,
)

UNKNOWN = "A" * 43


@dataclass
class Shared:
    """A draft with a picture, and the token of a link to it."""

    cast: Cast
    story: Story
    token: str
    image: Image

    def act(self, act: str, *, by: str = "manager", **details: object) -> None:
        workflow.perform(self.story, act, by=getattr(self.cast, by), now=NOW + MINUTE, **details)  # type: ignore[arg-type]

    def publish(self) -> None:
        self.act("submit", by="editor")
        approve(self.story, self.cast, now=NOW + MINUTE)
        self.act("publish")


def _of_draft(cast: Cast) -> Shared:
    image = picture(cast.editor)
    story = draft(cast.editor, lead_image=image)
    return Shared(cast, story, shared(story, cast.editor), image)


def _of_change(cast: Cast) -> Shared:
    """A link to what is changed in a story that readers have."""
    image = picture(cast.editor)
    story = published(cast, now=NOW - MINUTE, lead_image=image)
    change(story, by=cast.editor, now=NOW, headline="Council changes its mind", change_kind="update")
    return Shared(cast, story, shared(story, cast.editor), image)


def _of_scheduled(cast: Cast) -> Shared:
    image = picture(cast.editor)
    story = scheduled(cast, at=LATER, lead_image=image)
    return Shared(cast, story, shared(story, cast.editor), image)


def _of_an_old_text(cast: Cast) -> Shared:
    """A link to a draft that says again what readers once had, and have no more."""
    image = picture(cast.editor)
    story = published(cast, now=NOW - 2 * MINUTE, lead_image=image)
    republished(story, cast, now=NOW - MINUTE, headline="Council changes its mind", change_kind="update")
    workflow.perform(story, "revert_to", by=cast.editor, now=NOW, number=1, revision=story.version)
    assert story.revisions.get(number=3).hash == story.revisions.get(number=1).hash
    return Shared(cast, story, shared(story, cast.editor), image)


def _publish_a_later_text(it: Shared) -> None:
    change(it.story, by=it.cast.editor, now=NOW, headline="Council thinks again")
    it.publish()


def _restrict(it: Shared) -> None:
    Story.objects.filter(pk=it.story.pk).update(restricted=True)


def _withhold(it: Shared) -> None:
    first = it.story.editions.order_by("published_at").values_list("pk", flat=True).first()
    it.act("withhold", edition=first, kind="privacy", note="An order came.")


def _take_down(it: Shared) -> None:
    it.act("take_down", kind="error", public_note="Published too soon.")


def _redact(it: Shared) -> None:
    it.act("redact", words="eleven", confirmation="redact", note="A court ordered it.")


def _nothing(it: Shared) -> None:
    """The clock does it."""


ENDS: dict[str, tuple[Callable[[Cast], Shared], Callable[[Shared], None]]] = {
    "revoked": (_of_draft, lambda it: it.act("revoke_preview", by="editor", link=link_of(it.token).pk)),
    "published": (_of_draft, Shared.publish),
    "published in a later text": (_of_draft, _publish_a_later_text),
    "published by the clock": (_of_scheduled, _nothing),
    "held": (_of_draft, lambda it: it.act("hold", note="The lawyer is reading it.")),
    "spiked": (_of_draft, lambda it: it.act("spike", note="Overtaken by events.")),
    "restricted": (_of_draft, _restrict),
    "withheld": (_of_an_old_text, _withhold),
    "taken down": (_of_change, _take_down),
    "redacted": (_of_draft, _redact),
}


@pytest.mark.parametrize("why", ENDS)
def test_what_ended_is_like_what_never_was(why: str, cast: Cast) -> None:
    make, end = ENDS[why]
    with time_machine.travel(NOW + MINUTE, tick=False):
        it = make(cast)
        assert (get(it.token).status_code, get(it.token, it.image).status_code) == (200, 200)
        end(it)
    for image in (None, it.image):
        got, unknown = get(it.token, image), get(UNKNOWN, image)
        assert got.status_code == unknown.status_code == 404
        assert got.content == unknown.content
        assert headers(got) == headers(unknown)
        assert headers(got).items() >= CLOSED.items()
    assert link_of(it.token).reads == 1


@pytest.mark.parametrize("days", [1, 30])
def test_its_time_is_over_to_the_minute(days: int, cast: Cast) -> None:
    token = shared(draft(cast.editor), cast.editor, days=days)
    for left, status in ((timedelta(seconds=1), 200), (timedelta(0), 404)):
        with time_machine.travel(NOW + timedelta(days=days) - left, tick=False):
            assert get(token).status_code == status


def test_what_is_no_token_is_like_one_that_never_was(cast: Cast) -> None:
    token = shared(draft(cast.editor), cast.editor)
    unknown = get(UNKNOWN)
    for forged in (
        token[:-1],
        f"{token}A",
        token.swapcase(),
        link_of(token).token_hash,
        "é",
        "a/b",
        "%2e%2e",
        "0",
    ):
        got = get(forged)
        assert (got.status_code, got.content) == (404, unknown.content), forged
        assert headers(got).items() >= CLOSED.items(), forged


def test_a_link_opens_the_pictures_of_its_text_alone(cast: Cast) -> None:
    it, other = _of_draft(cast), picture(cast.editor)
    draft(cast.editor, headline="Another", lead_image=other)
    assert get(it.token, it.image).status_code == 200
    unknown = get(UNKNOWN, it.image)
    for path in (address(it.token, other), address(it.token, it.image).replace("w320", "w321")):
        got = Client().get(path)
        assert (got.status_code, got.content) == (404, unknown.content)
        assert headers(got).items() >= CLOSED.items()
    assert Client().get(f"/media/{it.image.key}/w320.jpg").status_code == 404


def test_a_hold_that_is_lifted_lets_it_be_read_again(cast: Cast) -> None:
    it = _of_draft(cast)
    it.act("hold", note="The lawyer is reading it.")
    assert get(it.token).status_code == 404
    it.act("lift_hold", by="second_manager", note="Nothing found.")
    assert get(it.token).status_code == 200


def test_a_crawler_finds_no_way_to_it(cast: Cast) -> None:
    """From every page where a robot begins, over every link there is, as one that heeds nothing."""
    published(cast, headline="Printed", lead_image=picture())
    token = shared(draft(cast.editor), cast.editor)
    robot, seen, ahead = Client(), set(), ["/", "/robots.txt", "/sitemap.xml", "/feeds/latest.rss"]
    while ahead:
        path = ahead.pop()
        seen.add(path)
        page = robot.get(path).content.decode(errors="replace")
        assert token not in page
        found = re.findall(r'(?:href="|src="|<loc>|<link>)(?:https?://[^/"<]+)?(/[^"<#?]*)', page)
        ahead += {link for link in found if not link.startswith("/static/")} - seen - {*ahead}
    assert len(seen) > 10
    assert [path for path in seen if path.startswith("/preview")] == []
    assert "Disallow: /preview/" in robot.get("/robots.txt").content.decode().splitlines()
