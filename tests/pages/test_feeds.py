import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from lxml import etree
from pytest_django import DjangoAssertNumQueries

from articles.feeds import channels
from articles.models import Image
from tests.newsdesk import (
    MINUTE,
    NOW,
    Cast,
    author,
    picture,
    published,
    republished,
    scheduled,
    section,
    taken_down,
    topic,
)
from tests.pages.reading import fill

EVERY = ("rss", "atom", "json")
TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json",
}
NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW + MINUTE, tick=False):
        yield


def read(client: Client, path: str) -> etree._Element:
    response = client.get(path)
    assert response.status_code == 200
    return etree.fromstring(response.content)


def texts(tree: etree._Element, path: str) -> list[str]:
    return tree.xpath(path, namespaces=NAMES)


class TestRss:
    def test_tells_a_story_whole(self, cast: Cast, client: Client) -> None:
        people = [author(), author("Ben Nib", "")]
        story = published(
            cast, authors=people, topics=[topic("Records"), topic("Councils")], lead_image=picture()
        )
        feed = read(client, "/feeds/latest.rss")
        assert texts(feed, "channel/title/text()") == ["The Civic Wire"]
        assert texts(feed, "channel/item/title/text()") == [story.headline]
        assert texts(feed, "channel/item/link/text()") == [f"http://testserver/articles/{story.slug}/"]
        assert texts(feed, "channel/item/dc:creator/text()") == ["Ada Quill, Managing Editor and Ben Nib"]
        assert texts(feed, "channel/item/description/text()") == [story.standfirst]
        assert texts(feed, "channel/item/category/text()") == ["Councils", "Records"]
        assert texts(feed, "channel/item/pubDate/text()") == ["Mon, 23 Nov 2026 09:30:00 +0000"]
        assert "keep its records in one place" in texts(feed, "channel/item/content:encoded/text()")[0]
        shown = feed.find("channel/item/media:content", NAMES)
        assert shown.get("url") == f"http://testserver/media/{story.lead_image.key}/w800.jpg"
        assert (shown.get("width"), shown.get("height"), shown.get("medium")) == ("800", "500", "image")
        assert texts(shown, "media:credit/text()") == ["Council archive"]
        assert texts(shown, "media:description/text()") == ["A town hall at dusk"]

    def test_names_a_story_the_same_for_ever(self, cast: Cast, client: Client) -> None:
        story = published(cast)
        before = read(client, "/feeds/latest.rss").find("channel/item/guid")
        with time_machine.travel(NOW + timedelta(days=3), tick=False):
            republished(
                story,
                cast,
                now=NOW + timedelta(days=2),
                headline="Another",
                slug="another",
                change_kind="update",
            )
            after = read(client, "/feeds/latest.rss")
        assert before.get("isPermaLink") == "false"
        assert before.text == f"tag:testserver,2026-11-23:story/{story.pk}"
        assert texts(after, "channel/item/guid/text()") == [before.text]
        assert texts(after, "channel/item/link/text()") == ["http://testserver/articles/another/"]

    def test_says_where_it_is_itself(self, cast: Cast, client: Client) -> None:
        published(cast)
        feed = read(client, "/sections/local-government/feed.rss")
        assert texts(feed, "channel/atom:link/@href") == [
            "http://testserver/sections/local-government/feed.rss"
        ]
        assert texts(feed, "channel/link/text()") == ["http://testserver/sections/local-government/"]


class TestAtom:
    def test_tells_a_story_whole(self, cast: Cast, client: Client) -> None:
        story = published(cast, lead_image=picture())
        feed = read(client, "/feeds/latest.atom")
        (entry,) = feed.findall("atom:entry", NAMES)
        assert texts(entry, "atom:title/text()") == [story.headline]
        assert texts(entry, "atom:link[@rel='alternate']/@href") == [
            f"http://testserver/articles/{story.slug}/"
        ]
        assert texts(entry, "atom:author/atom:name/text()") == ["Ada Quill, Managing Editor"]
        assert texts(entry, "atom:summary/text()") == [story.standfirst]
        assert texts(entry, "atom:category/@term") == ["Records"]
        assert texts(entry, "atom:published/text()") == ["2026-11-23T09:30:00+00:00"]
        assert texts(entry, "atom:content/@type") == ["html"]
        assert "keep its records in one place" in texts(entry, "atom:content/text()")[0]
        assert len(entry.findall("media:content", NAMES)) == 1

    def test_says_what_rfc_4287_demands_even_when_empty(self, db: None, client: Client) -> None:
        feed = read(client, "/feeds/latest.atom")
        for name in ("id", "title", "updated", "author"):
            assert len(feed.findall(f"atom:{name}", NAMES)) == 1
        assert texts(feed, "atom:id/text()") == ["http://testserver/feeds/latest.atom"]


class TestJson:
    def test_tells_a_story_whole(self, cast: Cast, client: Client) -> None:
        story = published(cast, topics=[topic("Records"), topic("Councils")], lead_image=picture())
        feed = json.loads(client.get("/feeds/latest.json").content)
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["title"] == "The Civic Wire"
        assert feed["feed_url"] == "http://testserver/feeds/latest.json"
        (item,) = feed["items"]
        assert item["id"] == f"tag:testserver,2026-11-23:story/{story.pk}"
        assert item["url"] == f"http://testserver/articles/{story.slug}/"
        assert item["title"] == story.headline
        assert item["summary"] == story.standfirst
        assert item["authors"] == [{"name": "Ada Quill, Managing Editor"}]
        assert item["tags"] == ["Councils", "Records"]
        assert item["date_published"] == "2026-11-23T09:30:00+00:00"
        assert item["image"] == f"http://testserver/media/{story.lead_image.key}/w800.jpg"
        assert item["_picture"]["credit"] == "Council archive"
        assert "keep its records in one place" in item["content_html"]

    def test_has_a_list_of_stories_even_when_there_are_none(self, db: None, client: Client) -> None:
        assert json.loads(client.get("/feeds/latest.json").content)["items"] == []


@pytest.mark.parametrize("ending", EVERY)
class TestEveryFeed:
    def test_has_the_newest_first_and_only_what_is_live(
        self, cast: Cast, client: Client, ending: str
    ) -> None:
        published(cast, headline="Older", now=NOW - timedelta(hours=2))
        published(cast, headline="Newer", now=NOW - timedelta(hours=1))
        taken_down(cast, headline="Removed")
        scheduled(cast, headline="Tomorrow", at=NOW + timedelta(days=1))
        body = client.get(f"/feeds/latest.{ending}").content.decode()
        assert body.index("Newer") < body.index("Older")
        assert "Removed" not in body
        assert "Tomorrow" not in body

    def test_is_of_a_section_a_topic_or_an_author(self, cast: Cast, client: Client, ending: str) -> None:
        published(cast, headline="Köln opens its files", topics=[topic("Köln", "köln")])
        published(cast, headline="Another", section=section("Health", "health"), authors=[author("Ben Nib")])
        for path in ("sections/local-government", "topics/köln", "authors/ada-quill"):
            body = client.get(f"/{path}/feed.{ending}").content.decode()
            assert "Köln opens its files" in body
            assert "Another" not in body

    def test_is_not_there_for_what_is_unknown_or_empty(self, cast: Cast, client: Client, ending: str) -> None:
        section("Quiet", "quiet"), topic("Unused"), author("Nobody Yet")
        taken_down(cast, section=section("Gone", "gone"))
        for path in (
            "sections/quiet",
            "sections/gone",
            "topics/unused",
            "authors/nobody-yet",
            "sections/no",
            "topics/a%00b",
        ):
            assert client.get(f"/{path}/feed.{ending}").status_code == 404, path

    def test_has_only_whole_addresses_in_its_text(self, cast: Cast, client: Client, ending: str) -> None:
        shown = picture()
        body = (
            '<p><a href="/about/">us</a> and <a href="https://example.org/">them</a> say src="/x/</p>'
            f'<figure><img data-file="{shown.key}" alt="Hall"><figcaption>The hall</figcaption></figure>'
        )
        published(cast, body=body)
        html = self.content(client, ending)
        assert 'href="http://testserver/about/"' in html
        assert 'href="https://example.org/"' in html
        assert f'src="http://testserver/media/{shown.key}/' in html
        assert 'src="/media' not in html
        assert ", /media" not in html
        assert ' say src="/x/' in html.replace("&quot;", '"')

    @pytest.mark.parametrize(
        "licence",
        [{"licence_ends_at": NOW}, {"licence_scopes": ["web", "email"]}],
        ids=["ended", "not for feeds"],
    )
    def test_leaves_out_pictures_it_may_not_pass_on(
        self, cast: Cast, client: Client, ending: str, licence: dict[str, Any]
    ) -> None:
        lead, inside = picture(), picture(alt="Inside")
        body = f'<p>Before</p><figure><img data-file="{inside.key}" alt="Inside"></figure><p>After</p>'
        published(cast, lead_image=lead, body=body)
        assert client.get(f"/feeds/latest.{ending}").content.decode().count("/media/") > 1
        Image.objects.update(**licence)
        feed = client.get(f"/feeds/latest.{ending}").content.decode()
        assert "/media/" not in feed
        assert "Inside" not in feed
        assert "After" in feed

    def test_says_what_is_sponsored_and_what_was_corrected(
        self, cast: Cast, client: Client, ending: str
    ) -> None:
        story = published(cast, kind="sponsored", now=NOW - timedelta(hours=1))
        change = {
            "standfirst": "It was twelve.",
            "change_kind": "correction",
            "public_note": "We said <eleven>.",
        }
        republished(story, cast, now=NOW, **change)
        html = self.content(client, ending)
        assert "Sponsored" in html
        assert "Correction, 23 November 2026: We said &lt;eleven&gt;." in html

    def test_says_in_its_title_that_a_story_is_retracted(
        self, cast: Cast, client: Client, ending: str
    ) -> None:
        story = published(cast, headline="Ten councils", now=NOW - timedelta(hours=1))
        republished(story, cast, now=NOW, change_kind="retraction", public_note="There are none.")
        assert "Retracted: Ten councils" in client.get(f"/feeds/latest.{ending}").content.decode()

    def test_is_not_sent_again_unchanged(self, cast: Cast, client: Client, ending: str) -> None:
        published(cast)
        first = client.get(f"/feeds/latest.{ending}")
        again = client.get(f"/feeds/latest.{ending}", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        published(cast, headline="News")
        changed = client.get(f"/feeds/latest.{ending}", headers={"If-None-Match": first.headers["ETag"]})
        assert changed.status_code == 200

    def test_may_be_kept_for_a_minute_and_sets_no_cookie(self, db: None, client: Client, ending: str) -> None:
        response = client.get(f"/feeds/latest.{ending}")
        assert response.headers["Cache-Control"] == "public, max-age=60"
        assert response.headers["Content-Type"] == TYPES[ending]
        assert not response.cookies
        assert "Vary" not in response.headers

    def test_takes_only_questions(self, db: None, client: Client, ending: str) -> None:
        assert client.post(f"/feeds/latest.{ending}").status_code == 405
        assert client.head(f"/feeds/latest.{ending}").status_code == 200

    def test_carries_so_many_stories_and_no_more(self, cast: Cast, client: Client, ending: str) -> None:
        fill(channels.LENGTH + 1)
        for path in ("feeds/latest", "topics/records/feed"):
            body = client.get(f"/{path}.{ending}").content.decode()
            told = [f"Story {number} of" in body for number in (0, channels.LENGTH - 1, channels.LENGTH)]
            assert told == [True, True, False]

    @staticmethod
    def content(client: Client, ending: str) -> str:
        """The text of the newest story, as HTML."""
        if ending == "json":
            return json.loads(client.get("/feeds/latest.json").content)["items"][0]["content_html"]
        path = {"rss": "channel/item/content:encoded/text()", "atom": "atom:entry/atom:content/text()"}[
            ending
        ]
        return texts(read(client, f"/feeds/latest.{ending}"), path)[0]


@pytest.mark.parametrize(
    ("ending", "path"), [("rss", "channel/item/title"), ("atom", "atom:entry/atom:title")]
)
class TestXml:
    def test_stays_xml_whatever_a_title_holds(
        self, cast: Cast, client: Client, ending: str, path: str
    ) -> None:
        published(
            cast,
            headline="A\x01\x0b ]]> <b>&amp; \ufffe \U0001f600 “quoted”\x1f end",
            standfirst="x\x08y\x7f",
        )
        feed = read(client, f"/feeds/latest.{ending}")
        assert texts(feed, f"{path}/text()") == ["A ]]> <b>&amp;  \U0001f600 “quoted” end"]


class TestBudget:
    PATHS = {
        "/feeds/latest.rss": 2,
        "/feeds/latest.atom": 2,
        "/sections/local-government/feed.rss": 3,
        "/topics/records/feed.atom": 3,
        "/topics/records/feed.json": 3,
        "/authors/ada-quill/feed.rss": 3,
    }

    def test_is_the_same_for_1_and_for_50_stories(
        self, cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        shown = picture()
        published(cast, lead_image=shown)
        self.check(client, django_assert_num_queries)
        for number in range(49):
            published(cast, headline=f"Story {number}", lead_image=shown, now=NOW - number * MINUTE)
        self.check(client, django_assert_num_queries)

    def check(self, client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        for path, budget in self.PATHS.items():
            with django_assert_num_queries(budget, info=path):
                client.get(path)
