from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from articles.cursors import Place, encode
from articles.models import Image
from tests.newsdesk import (
    MINUTE,
    NOW,
    Cast,
    draft,
    picture,
    published,
    republished,
    scheduled,
    taken_down,
)
from tests.pages.reading import HOSTILE, fill, queries, read, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


class TestLatest:
    def test_lists_what_is_live_newest_first(self, client: Client, cast: Cast) -> None:
        published(cast, headline="First", now=NOW - MINUTE)
        published(cast, headline="Second")
        assert read(client, "/articles/").headings(2) == ["Second", "First"]

    def test_says_of_each_what_a_reader_asks(self, client: Client, cast: Cast) -> None:
        published(cast, headline="A record for all", kicker="Records", lead_image=picture())
        page = read(client, "/articles/")
        assert page.links()["/articles/a-record-for-all/"] == "A record for all"
        for said in ("Records", "A single store replaces eleven.", "Ada Quill", "23 November 2026"):
            assert said in page.words()
        image = page.main.find(".//img")
        assert image is not None
        assert image.get("alt") == ""  # the headline beside it says it

    def test_leaves_out_what_is_not_live(self, client: Client, cast: Cast) -> None:
        draft(cast.editor, headline="Draft")
        scheduled(cast, headline="Scheduled", at=NOW + timedelta(hours=1))
        taken_down(cast, headline="Taken down")
        assert read(client, "/articles/").headings(2) == []

    def test_is_there_before_anything_is(self, client: Client) -> None:
        assert "Nothing has been published yet" in read(client, "/articles/").words()

    def test_labels_what_is_not_plain_news(self, client: Client, cast: Cast) -> None:
        published(cast, headline="A view", kind="opinion")
        published(cast, headline="A paid view", kind="sponsored")
        words = read(client, "/articles/").words()
        assert "Opinion · Ada Quill" in words
        assert "Sponsored" in words

    @pytest.mark.parametrize("path", ["/", "/articles/", "/topics/records/", "/search/?q=view"])
    def test_says_what_was_retracted(self, path: str, client: Client, cast: Cast) -> None:
        story = published(cast, headline="A view", kind="opinion", now=NOW - 2 * MINUTE)
        republished(
            story,
            cast,
            now=NOW - MINUTE,
            change_kind="retraction",
            public_note="It was not so.",
            kicker="Records",
        )
        republished(story, cast, now=NOW, change_kind="update", kicker="Record")
        published(cast, headline="Another view", kind="opinion")
        assert read(client, path).words().count("Opinion · Retracted") == 1

    def test_drops_a_picture_when_its_licence_has_ended(self, client: Client, cast: Cast) -> None:
        image = picture(licence_ends_at=NOW + MINUTE / 2)
        published(cast, lead_image=image)
        page = read(client, "/articles/")
        assert page.main.find(".//img") is None
        assert page.main.find(".//h2") is not None

    def test_shows_no_picture_whose_licence_is_not_for_the_web(self, client: Client, cast: Cast) -> None:
        image = picture()
        published(cast, lead_image=image)
        Image.objects.filter(pk=image.pk).update(licence_scopes=["email"])
        assert read(client, "/articles/").main.find(".//img") is None

    def test_prints_hostile_words_as_words(self, client: Client, cast: Cast) -> None:
        published(cast, headline=HOSTILE[:140], standfirst=HOSTILE, kicker=HOSTILE[:60])
        page = read(client, "/articles/")
        assert page.main.find(".//script") is None
        assert "<script>alert(1)</script>" in page.words()
        assert "7|add:7" in page.words()


class TestPaging:
    def test_leads_through_every_story_once(self, client: Client, cast: Cast) -> None:
        stories = fill(45)
        pages = walk(client, "/articles/")
        assert [len(page) for page in pages] == [20, 20, 5]
        assert [headline for page in pages for headline in page] == [story.headline for story in stories]

    def test_keeps_apart_stories_of_one_moment(self, client: Client, cast: Cast) -> None:
        stories = fill(23, step=timedelta(0))
        listed = [headline for page in walk(client, "/articles/") for headline in page]
        assert listed == [story.headline for story in reversed(stories)]

    def test_leads_back_to_the_newest(self, client: Client, cast: Cast) -> None:
        fill(21)
        first = read(client, "/articles/")
        assert "Newest stories" not in first.words()
        older = next(href for href, said in first.links().items() if said == "Older stories")
        assert read(client, older).links()["/articles/"] == "Newest stories"
        assert read(client, older).link("canonical") == f"http://testserver{older}"

    @pytest.mark.parametrize(
        "cursor",
        ["", "x", "A" * 22, "_" * 22, "é" * 22, "A" * 23, "/" * 22, "1 OR 1=1", "%00", "9" * 4000],
    )
    def test_answers_404_to_a_bad_cursor(self, client: Client, cursor: str) -> None:
        assert client.get("/articles/", {"before": cursor}).status_code == 404

    def test_answers_404_past_the_end(self, client: Client, cast: Cast) -> None:
        story = published(cast)
        cursor = encode(Place(NOW, story.pk))
        assert client.get("/articles/", {"before": cursor}).status_code == 404


class TestCost:
    def test_is_the_same_for_fifty_stories(self, client: Client, cast: Cast) -> None:
        published(cast, lead_image=picture())
        at_one = queries(client, "/articles/")
        fill(49, newest=NOW - MINUTE)
        assert queries(client, "/articles/") == at_one == 1

    def test_counts_nothing_and_skips_nothing(self, client: Client, cast: Cast) -> None:
        fill(45)
        with CaptureQueriesContext(connection) as captured:
            client.get("/articles/", {"before": encode(Place(NOW - timedelta(hours=25), 1))})
        sql = captured.captured_queries[-1]["sql"].upper()
        assert "COUNT(" not in sql
        assert "OFFSET" not in sql
