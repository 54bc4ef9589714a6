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
        section("Quiet", "quiet"), topic("Unused"), author("Nobody Yet")
        taken_down(cast, section=section("Gone", "gone"), topics=[topic("Gone")], authors=[author("Gone")])
        assert list(listed(client, "/sitemap-pages.xml")) == [
            "http://testserver/",
            "http://testserver/articles/",
            "http://testserver/sections/local-government/",
            "http://testserver/topics/k%C3%B6ln/",
            "http://testserver/authors/ada-quill/",
        ]


class TestBudget:
    PATHS = {"/sitemap.xml": 2, "/sitemap-pages.xml": 3, part_of(0): 1}

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
