"""Drill B1, small: words that stand only in unpublished stories are looked for in every byte readers can get."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from articles.desk import workflow
from articles.models import Arrangement, Placement, Story
from articles.models.placements import SECONDARIES
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
from tests.newsroom.page_cache.asking import Cache
from tests.title_pages import title_page
from tests.wall.addresses import UNKNOWN
from tests.wall.canaries import MARK, canary, keys, leaks, slugs_of
from tests.wall.newspaper import Newspaper, print_newspaper

#: In each of these a story full of canaries stands on the desk; readers must not know that there is any.
NEVER_LIVE = (
    *("draft", "in_review", "approved", "scheduled", "embargoed", "unscheduled", "held", "spiked"),
    "another_draft",
)
HIDDEN_PAGE = f"{MARK}-page"
SPECS = ("w320.jpg", "w320.webp", "w320.avif")

#: Finds the mark, or means it, without being it: a page repeats what was typed.
SEARCHED = (f"{MARK[:-1]}*", f"{MARK[:-1]}*&sort=relevance", MARK.replace("ara", "era"))


@pytest.fixture
def paper(cast: Cast) -> Newspaper:
    """The newspaper, and beside it a story full of canaries in every state readers must not know of."""
    printed = print_newspaper(cast)
    tomorrow = NOW + timedelta(days=1)
    stories = [
        draft(cast.editor, **canary("draft")),
        submitted(cast, **canary("in_review")),
        approved(cast, **canary("approved")),
        scheduled(cast, at=NOW + timedelta(hours=1), **canary("scheduled")),
        approved(cast, embargo_at=tomorrow, **canary("embargoed")),
        unscheduled := scheduled(cast, at=tomorrow, **canary("unscheduled")),
        held := scheduled(cast, at=tomorrow, **canary("held")),
        spiked := draft(cast.editor, **canary("spiked")),
        draft(cast.editor, **canary("another_draft")),
        taken_down(cast, **canary("taken_down")),
    ]
    workflow.perform(unscheduled, "unschedule", by=cast.manager, now=NOW)
    workflow.perform(held, "hold", by=cast.manager, now=NOW, note=f"{MARK} lawyer")
    workflow.perform(spiked, "spike", by=cast.editor, now=NOW, note=f"{MARK} overtaken")
    said = {"title": f"{MARK} page", "body": f"<p>{MARK} page</p>", "description": f"{MARK} page"}
    title_page(cast, slug=HIDDEN_PAGE, is_public=False, **said)
    _show_outside(stories[0], cast)
    words = canary("half_done_change")
    picked = {"related": [each.pk for each in stories]}
    story = published(cast, headline="Printed as it was", slug="printed-as-it-was", **picked)
    words.pop("authors"), words.pop("topics")
    change(story, by=cast.editor, now=NOW, change_kind="update", **words)
    _talk_about(printed.live, cast)
    _arrange([story, *stories])
    return printed


def _arrange(stories: list[Story]) -> None:
    """Put them on the front page, past what the desk would say to that."""
    arrangement = Arrangement.objects.create(number=1, made_at=NOW)
    for position, story in enumerate(stories[: SECONDARIES + 1]):
        Placement.objects.create(arrangement=arrangement, story=story, position=position)
    for story in stories[SECONDARIES + 1 :]:
        Placement.objects.create(arrangement=arrangement, story=story, section=story.section)


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
        paths += ["/articles/printed-as-it-was/", "/articles/printed-as-it-was/history/"]
        paths += ["/api/v1/articles/printed-as-it-was/", f"/articles/{MARK}-taken-down/"]
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
            f"/articles/{MARK}-live/",
            f"/articles/{MARK}-live/history/",
            f"/sections/{MARK}-live-section/",
            f"/topics/{MARK}-live-topic/",
            f"/authors/{MARK}-live-author/feed.json",
            f"/api/v1/articles/{MARK}-live/",
            *(f"/search/?q={typed}" for typed in SEARCHED),
        ):
            assert leaks(client.get(path)), path


class TestThroughThePageCache:
    """Drill B11: with every page kept, and previews read, nobody gets what Django would not have said."""

    def test_finds_no_canary_and_no_draft_that_answers(self, cast: Cast, paper: Newspaper) -> None:
        cache, editor = Cache(), Client()
        editor.force_login(cast.editor)
        paths = [row.path for row in paper.examples() if row.status in {200, 404}]
        paths += [f"/articles/{slug}/" for state in NEVER_LIVE for slug in slugs_of(state)[:1]]
        for _ in range(2):
            answers = {path: cache.get(path) for path in paths}
            assert [path for path, got in answers.items() if MARK in got.text.casefold()] == []
            assert [path for path, got in answers.items() if "Set-Cookie" in got.headers] == []
        # The order of parameters is the cache’s own.
        compared = [path for path in paths if not path.startswith("/alerts/") and "&" not in path]
        said = {path: editor.get(path) for path in compared}
        assert [path for path, got in said.items() if got.content != answers[path].body] == []
        unknown = answers[f"/articles/{UNKNOWN}/"].body
        assert {answers[f"/articles/{slugs_of(state)[0]}/"].body for state in NEVER_LIVE} == {unknown}


class TestUnknown:
    """What exists only at the desk answers, byte for byte, like what never existed."""

    def test_is_what_everything_unpublished_looks_like(self, client: Client, paper: Newspaper) -> None:
        slugs = [slug for state in NEVER_LIVE for slug in slugs_of(state)] + slugs_of("taken_down")[1:]
        slugs += [*slugs_of("half_done_change"), HIDDEN_PAGE]
        asking = [row.path for row in paper.examples() if UNKNOWN in row.path]
        assert len(asking) > 10
        for path in asking:
            unknown = _told(client, path, UNKNOWN)
            assert {slug: told for slug in slugs if (told := _told(client, path, slug)) != unknown} == {}, (
                path
            )
        self._pictures(client)

    def _pictures(self, client: Client) -> None:
        assert len(keys()) > 3 * len(NEVER_LIVE)
        for spec in SPECS:
            unknown = _told(client, f"/media/{UNKNOWN}/{spec}", "0" * 32)
            told = {key: _told(client, f"/media/{UNKNOWN}/{spec}", key) for key in keys()}
            assert {key for key in told if told[key] != unknown} == set(), spec
            assert unknown[0] == 404


def _told(client: Client, path: str, name: str) -> tuple[int, str, dict[str, str]]:
    """The answer without what was asked for, which a page may repeat."""
    answer = client.get(path.replace(UNKNOWN, name))
    body = answer.content.decode(errors="replace").replace(name, UNKNOWN)
    return answer.status_code, body, dict(_headers(answer))  # type: ignore[arg-type]


def _headers(response: HttpResponse) -> Iterator[tuple[str, str]]:
    return (item for item in response.headers.items() if item[0] != "X-Request-ID")
