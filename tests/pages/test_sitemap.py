from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from lxml import etree
from pytest_django import DjangoAssertNumQueries

from articles.sitemaps import contents
from tests.newsdesk import (
    MINUTE,
    NOW,
    Cast,
    author,
    draft,
    published,
    republished,
    scheduled,
    section,
    taken_down,
    topic,
)
from tests.title_pages import title_page

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW + MINUTE, tick=False):
        yield


def listed(client: Client, path: str) -> dict[str, str]:
    """The addresses a sitemap lists, each with its lastmod."""
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/xml; charset=utf-8"
    tree = etree.fromstring(response.content)
    return {item.findtext("s:loc", "", NAMES): item.findtext("s:lastmod", "", NAMES) for item in tree}


def part_of(number: int) -> str:
    return f"/sitemap-articles-{number}.xml"


class TestIndex:
    def test_lists_the_sitemaps_that_have_something_in_them(self, cast: Cast, client: Client) -> None:
        published(cast)
        assert listed(client, "/sitemap.xml") == {
            "http://testserver/sitemap-pages.xml": "",
            "http://testserver/sitemap-articles-0.xml": "2026-11-23T09:30:00+00:00",
        }

    def test_lists_only_the_pages_of_an_empty_site(self, cast: Cast, client: Client) -> None:
        draft(cast.editor)
        taken_down(cast)
        scheduled(cast, at=NOW + timedelta(hours=1))
        assert list(listed(client, "/sitemap.xml")) == ["http://testserver/sitemap-pages.xml"]

    def test_tells_of_what_came_since_it_was_last_asked(self, cast: Cast, client: Client) -> None:
        story = published(cast, now=NOW - timedelta(days=1))
        scheduled(cast, at=NOW + timedelta(hours=1))
        part = f"http://testserver{part_of(story.pk // contents.PART)}"
        assert listed(client, "/sitemap.xml")[part] == "2026-11-22T09:30:00+00:00"
        republished(story, cast, now=NOW, standfirst="There is more.", change_kind="update")
        assert listed(client, "/sitemap.xml")[part] == "2026-11-23T09:30:00+00:00"
        with time_machine.travel(NOW + timedelta(hours=2), tick=False):
            assert listed(client, "/sitemap.xml")[part] == "2026-11-23T10:30:00+00:00"

    def test_splits_a_long_archive(self, cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(contents, "PART", 2)
        stories = [published(cast, headline=f"Story {number}") for number in range(4)]
        parts = {story.pk // 2 for story in stories}
        index = [path.removeprefix("http://testserver") for path in listed(client, "/sitemap.xml")]
        assert index == ["/sitemap-pages.xml", *(part_of(number) for number in sorted(parts))]
        found = [path for part in index[1:] for path in listed(client, part)]
        assert found == [f"http://testserver/articles/{story.slug}/" for story in stories]


class TestArticles:
    def test_are_the_live_ones_at_their_present_addresses(self, cast: Cast, client: Client) -> None:
        moved = published(cast, slug="before", now=NOW - timedelta(days=2))
        republished(moved, cast, now=NOW - timedelta(days=1), slug="after", change_kind="update")
        taken_down(cast, headline="Removed")
        draft(cast.editor, headline="Draft")
        scheduled(cast, headline="Tomorrow", at=NOW + timedelta(days=1))
        assert listed(client, part_of(moved.pk // contents.PART)) == {
            "http://testserver/articles/after/": "2026-11-22T09:30:00+00:00"
        }

    @pytest.mark.parametrize("number", ["1", "999999999", "00", "01", "-1", "x", "9999999999", "1٣"])
    def test_are_nowhere_else(self, cast: Cast, client: Client, number: str) -> None:
        published(cast)
        assert client.get(f"/sitemap-articles-{number}.xml").status_code == 404

    def test_are_not_sent_again_unchanged(self, cast: Cast, client: Client) -> None:
        published(cast)
        etag = client.get("/sitemap.xml").headers["ETag"]
        assert client.get("/sitemap.xml", headers={"If-None-Match": etag}).status_code == 304


class TestPages:
    def test_are_those_that_have_something_to_read(self, cast: Cast, client: Client) -> None:
        published(cast, topics=[topic("Köln", "köln")])
        title_page(cast), title_page(cast, "Later", "later", is_public=False)
        section("Quiet", "quiet"), topic("Unused"), author("Nobody Yet")
        taken_down(cast, section=section("Gone", "gone"), topics=[topic("Gone")], authors=[author("Gone")])
        assert list(listed(client, "/sitemap-pages.xml")) == [
            "http://testserver/",
            "http://testserver/articles/",
            "http://testserver/about/",
            "http://testserver/sections/local-government/",
            "http://testserver/topics/k%C3%B6ln/",
            "http://testserver/authors/ada-quill/",
        ]


class TestBudget:
    PATHS = {"/sitemap.xml": 3, "/sitemap-pages.xml": 4, part_of(0): 1}

    def test_is_the_same_for_1_and_for_50_stories(
        self, cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        published(cast)
        self.check(client, django_assert_num_queries)
        for number in range(49):
            published(cast, headline=f"Story {number}", topics=[topic(f"Topic {number}")])
        self.check(client, django_assert_num_queries)

    def check(self, client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        for path, budget in self.PATHS.items():
            with django_assert_num_queries(budget, info=path):
                client.get(path)


class TestNews:
    NEWS = {"n": "http://www.google.com/schemas/sitemap-news/0.9", **NAMES}

    def told(self, client: Client) -> list[dict[str, str]]:
        tree = etree.fromstring(client.get("/news-sitemap.xml").content)
        names = {"loc": "s:loc", "title": ".//n:title", "at": ".//n:publication_date", "name": ".//n:name"}
        return [{key: item.findtext(path, "", self.NEWS) for key, path in names.items()} for item in tree]

    def test_lists_what_is_younger_than_two_days(self, cast: Cast, client: Client) -> None:
        published(cast, headline="News & more", now=NOW - timedelta(hours=47), slug="news")
        published(cast, headline="Old", now=NOW - timedelta(hours=49))
        draft(cast.editor, headline="Draft")
        scheduled(cast, headline="Later", at=NOW + timedelta(hours=1))
        taken_down(cast, headline="Removed")
        (told,) = self.told(client)
        assert told["loc"] == "http://testserver/articles/news/"
        assert (told["title"], told["name"]) == ("News & more", "The Civic Wire")
        assert told["at"] == "2026-11-21T10:30:00+00:00"

    def test_does_not_list_an_old_story_that_was_corrected(self, cast: Cast, client: Client) -> None:
        story = published(cast, now=NOW - timedelta(days=9))
        note = {"change_kind": "correction", "public_note": "We said ten."}
        republished(story, cast, now=NOW, standfirst="Eleven.", **note)
        assert self.told(client) == []

    def test_lists_no_more_than_news_search_takes(
        self, cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(contents, "MOST_NEWS", 2)
        for number in range(3):
            published(cast, headline=f"Story {number}", now=NOW - number * MINUTE)
        assert [told["title"] for told in self.told(client)] == ["Story 0", "Story 1"]
