"""Drill B1, small: words that stand only in unpublished stories are looked for in every byte readers can get."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from articles.desk import workflow
from articles.models import Story
from tests.articles.previews.links import address, link_of, shared
from tests.newsdesk import (
    NOW,
    Cast,
    approved,
    change,
    draft,
    published,
    scheduled,
    submitted,
    taken_down,
)
from tests.wall.canaries import MARK, canary, leaks
from tests.wall.newspaper import Newspaper, print_newspaper

HIDDEN = [
    *(f"/articles/{MARK}-{state}/" for state in ("draft", "in-review", "approved", "scheduled", "embargoed")),
    f"/articles/{MARK}-half-done-change/",
    f"/topics/{MARK}-draft-topic/",
    f"/topics/{MARK}-taken-down-topic/",
    f"/authors/{MARK}-scheduled-author/",
    f"/sections/{MARK}-approved-section/",
    f"/sections/{MARK}-draft-section/feed.rss",
    f"/topics/{MARK}-draft-topic/feed.atom",
]

#: Finds the mark, or means it, without being it: a page repeats what was typed.
SEARCHED = (f"{MARK[:-1]}*", f"{MARK[:-1]}*&sort=relevance", MARK.replace("ara", "era"))


@pytest.fixture
def paper(cast: Cast) -> Newspaper:
    """The newspaper, and beside it a story full of canaries in every state readers must not know of."""
    printed = print_newspaper(cast)
    _show_outside(draft(cast.editor, **canary("draft")), cast)
    submitted(cast, **canary("in_review"))
    approved(cast, **canary("approved"))
    scheduled(cast, at=NOW + timedelta(hours=1), **canary("scheduled"))
    embargoed = draft(cast.editor, **canary("embargoed"))
    embargoed.embargo_at = NOW + timedelta(days=1)
    embargoed.save()
    taken_down(cast, **canary("taken_down"))
    words = canary("half_done_change")
    story = published(cast, headline="Printed as it was", slug="printed-as-it-was")
    words.pop("authors"), words.pop("topics")
    change(story, by=cast.editor, now=NOW, change_kind="update", **words)
    _talk_about(printed.live, cast)
    return printed


def _talk_about(story: Story, cast: Cast) -> None:
    """A note, a suggestion and a reply on what readers have in front of them."""
    said = {"note": f"{MARK} note", "quote": "Text.", "replacement": f"{MARK} suggestion"}
    event = workflow.perform(story, "add_note", by=cast.manager, now=NOW, **said)
    assert event is not None
    thread = event.details["note"]
    workflow.perform(story, "reply", by=cast.editor, now=NOW, note=f"{MARK} reply", thread=thread)


def _show_outside(story: Story, cast: Cast) -> None:
    """A preview link that somebody has read, and one that was ended."""
    for ended in (False, True):
        token = shared(story, cast.editor, for_whom=f"{MARK} source")
        assert leaks(Client().get(address(token)))  # type: ignore[arg-type]
        if ended:
            workflow.perform(story, "revoke_preview", by=cast.editor, now=NOW, link=link_of(token).pk)
            assert not leaks(Client().get(address(token)))  # type: ignore[arg-type]


class TestCensus:
    def test_finds_no_canary(self, cast: Cast, paper: Newspaper) -> None:
        reader, editor = Client(), Client()
        editor.force_login(cast.editor)
        paths = [row.path for row in paper.examples()]
        paths += ["/articles/printed-as-it-was/", f"/articles/{MARK}-taken-down/"]
        paths += [f"/search/?q={typed}" for typed in SEARCHED]
        assert [path for path in paths for client in (reader, editor) if leaks(client.get(path))] == []

    def test_would_find_one_that_flies(self, cast: Cast, client: Client) -> None:
        """Published, the same words are on the front page, in the feeds, the sitemaps and the picture's address."""
        published(cast, **canary("live"))
        for path in (
            "/",
            "/articles/",
            "/feeds/latest.rss",
            "/sitemap-pages.xml",
            f"/topics/{MARK}-live-topic/",
            *(f"/search/?q={typed}" for typed in SEARCHED),
        ):
            assert leaks(client.get(path)), path


class TestUnknown:
    """What exists only at the desk answers, byte for byte, like what never existed."""

    def test_is_what_everything_unpublished_looks_like(self, client: Client, paper: Newspaper) -> None:
        for path in HIDDEN:
            hidden, unknown = client.get(path), client.get(path.replace(MARK, "nothing"))
            assert hidden.status_code == unknown.status_code == 404, path
            assert hidden.content == unknown.content, path
            assert dict(_headers(hidden)) == dict(_headers(unknown)), path


def _headers(response: HttpResponse) -> Iterator[tuple[str, str]]:
    return (item for item in response.headers.items() if item[0] != "X-Request-ID")
