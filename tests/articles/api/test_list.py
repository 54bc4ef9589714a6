"""The list of articles."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from articles.models import Image
from tests.articles.api.asked import LIST, ask
from tests.newsdesk import NOW, Cast, author, picture, published, republished, scheduled, section, topic
from tests.pages.reading import fill

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def headlines(said):
    return [one["headline"] for one in said["articles"]]


class TestAnArticle:
    def test_is_told_with_all_that_its_card_has(self, cast: Cast) -> None:
        people = [author(), author("Ben Nib", "")]
        story = published(
            cast, slug="one-store", kicker="Records", lead_image=picture(), authors=people, kind="opinion"
        )
        [one] = ask()["articles"]
        assert one["url"] == "http://testserver/articles/one-store/"
        assert one["api_url"] == "http://testserver/api/v1/articles/one-store/"
        assert one["id"] == f"tag:testserver,{NOW:%Y-%m-%d}:story/{story.pk}"
        assert (one["headline"], one["kicker"]) == ("Council puts its records in one place", "Records")
        assert (one["kind"], one["kind_label"]) == ("opinion", "Opinion")
        assert one["section"]["url"] == "http://testserver/sections/local-government/"
        assert [named["slug"] for named in one["topics"]] == ["records"]
        assert one["byline"]["printed"] == "Ada Quill, Managing Editor and Ben Nib"
        assert [person["job_title"] for person in one["byline"]["people"]] == ["Managing Editor", ""]
        assert one["picture"]["credit"] == "Council archive"
        assert {file["type"] for file in one["picture"]["files"]} == {
            "image/avif",
            "image/webp",
            "image/jpeg",
        }

    def test_keeps_a_picture_to_itself_that_may_not_be_passed_on(self, cast: Cast) -> None:
        published(cast, lead_image=picture())
        Image.objects.update(licence_scopes=["web"])
        assert ask()["articles"][0]["picture"] is None

    def test_says_that_it_no_longer_stands(self, cast: Cast) -> None:
        story = published(cast, now=NOW - HOUR)
        republished(
            story, cast, now=NOW, change_kind="retraction", public_note="It was wrong.", kicker="Not so"
        )
        assert ask()["articles"][0]["is_retracted"] is True


class TestThePages:
    def test_follow_each_other_without_gap_or_double(self, cast: Cast) -> None:
        fill(7, newest=NOW)
        found, said = [], ask(limit=3)
        while True:
            found += headlines(said)
            if not said["next"]:
                break
            assert said["next"].startswith(f"http://testserver{LIST}?limit=3&before=")
            said = Client().get(said["next"]).json()
        assert found == headlines(ask(limit=100))
        assert len(found) == 7

    def test_end_in_an_empty_list(self, cast: Cast) -> None:
        assert ask() == {"articles": [], "next": None}

    def test_cost_the_same_whatever_is_asked(
        self, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        fill(5, newest=NOW)
        with django_assert_max_num_queries(1):
            ask(limit=2)
        with django_assert_max_num_queries(3):
            ask(topic="records", author="ada-quill", **{"from": "2020-01-01"})


class TestTheLimits:
    @pytest.fixture(autouse=True)
    def _stories(self, cast: Cast) -> None:
        health = section("Health", "health")
        published(cast, headline="A", now=NOW - 3 * HOUR, section=health, topics=[topic("Homes")])
        published(cast, headline="B", now=NOW - 2 * HOUR, section=health, authors=[author("Ben Nib", "")])
        published(
            cast, headline="C", now=NOW - HOUR, topics=[topic("Homes")], authors=[author("Ben Nib", "")]
        )
        published(cast, headline="D", now=NOW - timedelta(days=2))

    def test_hold_together(self) -> None:
        for asked, found in (
            ({}, "CBAD"),
            ({"section": "health"}, "BA"),
            ({"topic": "homes"}, "CA"),
            ({"author": "ben-nib"}, "CB"),
            ({"topic": "homes", "author": "ben-nib"}, "C"),
            ({"section": "health", "author": "ben-nib"}, "B"),
            ({"section": "health", "topic": "homes"}, "A"),
            ({"from": f"{NOW:%Y-%m-%d}"}, "CBA"),
            ({"to": f"{NOW - timedelta(days=1):%Y-%m-%d}"}, "D"),
            ({"unknown": "ignored"}, "CBAD"),
        ):
            assert "".join(headlines(ask(**asked))) == found, asked

    def test_are_refused_in_words(self) -> None:
        for asked, words in (
            ({"limit": "0"}, "limit: Input should be greater than or equal to 1"),
            ({"limit": "x" * 999}, "limit: Input should be a valid integer"),
            ({"from": "1066-10-14"}, "from: "),
            ({"to": "soon"}, "to: Input should be a valid date"),
            ({"before": "bad"}, "“before” is no place in this list"),
            ({"section": "nowhere"}, "There is no such section."),
            ({"topic": "'; --"}, "topic: String should match pattern"),
        ):
            assert words in ask(status=400, **asked)["detail"], asked

    def test_tell_nothing_of_what_is_not_out(self, cast: Cast) -> None:
        secret = {"topics": [topic("Secret")], "authors": [author("Secret Nib", "")]}
        scheduled(cast, at=NOW + HOUR, section=section("Secret", "secret"), **secret)
        for word, slug in (("topic", "secret"), ("author", "secret-nib"), ("section", "secret")):
            hidden, unknown = ask(status=400, **{word: slug}), ask(status=400, **{word: "no-such-thing"})
            assert hidden == unknown
