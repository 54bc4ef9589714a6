"""Whatever changes what readers see, the next answer says so: by an act, by the clock, or by a line in the admin."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine

from articles.desk import front_page, pages, workflow
from articles.desk.front_page import Pick, Place
from articles.models import Author, Edition, Image, Page, Section, Story, Tag
from tests.newsdesk import (
    MINUTE,
    NOW,
    Cast,
    approve,
    author,
    change,
    picture,
    published,
    republished,
    scheduled,
    section,
    topic,
)
from tests.newsroom.page_cache.asking import Cache
from tests.title_pages import title_page

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
LATER = NOW + HOUR


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(LATER, tick=False) as clock:
        yield clock


@pytest.fixture
def cache(clock: Any) -> Cache:
    return Cache()


def publish(cast: Cast, story: Story) -> None:
    published(cast, headline="Another story of records", now=LATER)


def correct(cast: Cast, story: Story) -> None:
    republished(
        story, cast, now=LATER, headline="Now corrected", change_kind="correction", public_note="Was."
    )


def take_down(cast: Cast, story: Story) -> None:
    workflow.perform(story, "take_down", by=cast.manager, now=LATER, kind="legal", public_note="Gone.")


def arrange(cast: Cast, story: Story) -> None:
    other = published(cast, headline="An older one", now=NOW - HOUR)
    front_page.put({Place(): Pick(other.pk)}, by=cast.editor, now=LATER, seen=0)


def withdraw_a_page(cast: Cast, story: Story) -> None:
    page = Page.objects.get(slug="about")
    page.is_public = False
    pages.save(page, by=cast.manager, now=LATER)


def end_a_licence(cast: Cast, story: Story) -> None:
    Image.objects.update(licence_scopes=[])


def rename(model: Any) -> Callable[[Cast, Story], None]:
    return lambda cast, story: model.objects.update(name="Renamed now")


LISTS = ["/", "/articles/", "/topics/records/", "/sections/local-government/", "/search/?q=records"]
FEEDS = ["/feeds/latest.rss", "/topics/records/feed.json", "/api/v1/articles/"]
ARTICLE = ["/articles/pictured/", "/articles/pictured/history/", "/api/v1/articles/pictured/"]
CHANGES = [
    (publish, [*LISTS, *FEEDS, "/articles/pictured/", "/archive/2026/11/", "/news-sitemap.xml"]),
    (correct, [*LISTS, *FEEDS, *ARTICLE, "/corrections/"]),
    (take_down, [*LISTS, *FEEDS, *ARTICLE, "/news-sitemap.xml"]),
    (arrange, ["/"]),
    (withdraw_a_page, ["/", "/about/", "/articles/pictured/"]),
    (end_a_licence, ["/", "/articles/", "/articles/pictured/", "/feeds/latest.rss"]),
    (rename(Section), ["/", "/sections/local-government/", "/articles/pictured/"]),
    (rename(Tag), ["/topics/records/", "/topics/records/feed.rss"]),
    (rename(Author), ["/authors/ada-quill/", "/authors/ada-quill/feed.rss"]),
]


class TestAChange:
    @pytest.mark.parametrize(("make", "addresses"), CHANGES)
    def test_is_what_the_next_reader_sees(
        self, cast: Cast, cache: Cache, make: Callable[[Cast, Story], None], addresses: list[str]
    ) -> None:
        story = published(cast, slug="pictured", lead_image=picture())
        title_page(cast)
        before = {address: cache.kept(address).body for address in addresses}
        make(cast, story)
        assert [address for address in addresses if cache.get(address).body == before[address]] == []

    def test_that_readers_do_not_see_leaves_pages_kept(self, cast: Cast, cache: Cache) -> None:
        story = published(cast)
        cache.kept("/")
        workflow.perform(story, "assign", by=cast.manager, now=LATER, assignee=cast.editor)
        topic("Not used"), section("Nothing", "nothing"), author("Nobody Yet"), picture()
        assert cache.get("/").is_kept

    def test_that_no_row_tells_of_is_seen_within_a_minute(self, cast: Cast, cache: Cache, clock: Any) -> None:
        published(cast)
        cache.kept("/")
        clock.shift(timedelta(seconds=61))
        assert not cache.get("/").is_kept


class TestByTheClock:
    """Nothing is written at that moment; in its second the page is another."""

    def until(self, cache: Cache, clock: Any, at: datetime, *addresses: str) -> None:
        clock.move_to(at - timedelta(seconds=1))
        before = {address: cache.kept(address) for address in addresses}
        for answer in before.values():
            assert answer.headers["Cache-Control"].startswith("public, max-age=1, stale-if-error=")
        clock.move_to(at)
        same = [address for address in addresses if cache.get(address).body == before[address].body]
        assert same == []

    def test_a_scheduled_story_appears(self, cast: Cast, cache: Cache, clock: Any) -> None:
        published(cast)
        scheduled(cast, headline="At six", at=LATER + HOUR)
        self.until(cache, clock, LATER + HOUR, "/", "/articles/", "/feeds/latest.rss")

    def test_a_scheduled_correction_takes_its_place(self, cast: Cast, cache: Cache, clock: Any) -> None:
        story = published(cast, slug="pictured")
        change(story, by=cast.editor, now=NOW + MINUTE, headline="Corrected", change_kind="update")
        workflow.perform(story, "submit", by=cast.editor, now=NOW + MINUTE)
        approve(story, cast, now=NOW + MINUTE)
        workflow.perform(story, "schedule", by=cast.manager, now=NOW + MINUTE, at=LATER + HOUR)
        self.until(cache, clock, LATER + HOUR, "/articles/pictured/", "/")

    def test_a_licence_ends(self, cast: Cast, cache: Cache, clock: Any) -> None:
        published(cast, slug="pictured", lead_image=picture(licence_ends_at=LATER + HOUR))
        self.until(cache, clock, LATER + HOUR, "/articles/pictured/", "/", "/feeds/latest.json")

    def test_a_place_on_the_front_page_ends(self, cast: Cast, cache: Cache, clock: Any) -> None:
        old = published(cast, headline="An older one", now=NOW - HOUR)
        published(cast)
        front_page.put({Place(): Pick(old.pk, until=LATER + HOUR)}, by=cast.editor, now=LATER, seen=0)
        self.until(cache, clock, LATER + HOUR, "/")

    def test_a_day_ends_where_the_newsroom_is(self, cast: Cast, cache: Cache, clock: Any) -> None:
        published(cast)
        midnight = datetime.fromisoformat("2026-11-24T00:00:00+00:00")
        self.until(cache, clock, midnight, "/", "/articles/")

    def test_a_cancelled_schedule_changes_nothing(self, cast: Cast, cache: Cache, clock: Any) -> None:
        story = scheduled(cast, headline="At six", at=LATER + HOUR)
        workflow.perform(story, "hold", by=cast.manager, now=LATER, note="Wait.")
        assert not Edition.objects.scheduled(LATER).exists()
        assert "stale-while-revalidate=15" in cache.get("/").headers["Cache-Control"]
