"""What an article's address answers: the article, where it went, or that it is gone."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from tests.newsdesk import (
    MINUTE,
    NOW,
    Cast,
    picture,
    published,
    republished,
    taken_down,
)
from tests.pages.reading import read, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

PATH = "/articles/council-puts-its-records-in-one-place/"


class TestRemoved:
    def test_is_gone_and_says_why(self, client: Client, cast: Cast) -> None:
        taken_down(cast, note="The figures were another council’s.", now=NOW)
        page = read(client, PATH, 410)
        assert "23 November 2026" in page.words()
        assert "The figures were another council’s." in page.words()
        assert page.meta("robots") == "noindex"
        assert "records in one place" not in page.response.text  # of the story, no word

    def test_is_asked_for_again_by_a_browser_that_was_told_so(self, client: Client, cast: Cast) -> None:
        taken_down(cast, note="Wrong.", now=NOW)
        assert client.get(PATH).headers["Cache-Control"] == "no-cache"

    def test_leads_on_where_it_was_replaced(self, client: Client, cast: Cast) -> None:
        from articles.desk import workflow

        story = published(cast)
        to = {"kind": "error", "public_note": "", "redirect_to": "/sections/local-government/"}
        workflow.perform(story, "take_down", by=cast.manager, now=NOW, **to)
        response = client.get(PATH)
        assert (response.status_code, response.headers["Location"]) == (302, "/sections/local-government/")

    def test_keeps_its_text_under_a_banner_when_withdrawn(self, client: Client, cast: Cast) -> None:
        image = picture()
        taken_down(cast, kind="withdrawn", note="We no longer stand by it.", now=NOW, lead_image=image)
        page = read(client, PATH)
        assert (
            said(page, "notice") == "This story was withdrawn on 23 November 2026 We no longer stand by it."
        )
        assert "The council will keep its records in one place." in page.words()
        assert page.meta("robots") == "noindex"
        assert page.main.find(".//figure/picture/img") is not None

    def test_drops_its_pictures_then_too_when_their_licence_ends(self, client: Client, cast: Cast) -> None:
        image = picture(licence_ends_at=NOW + MINUTE / 2)
        taken_down(cast, kind="withdrawn", note="Why.", now=NOW, lead_image=image)
        assert read(client, PATH).main.find(".//figure") is None


class TestAddress:
    def test_that_a_story_had_leads_to_the_one_it_has(self, client: Client, cast: Cast) -> None:
        story = published(cast, slug="first")
        with time_machine.travel(NOW + 3 * MINUTE, tick=False):
            republished(story, cast, now=NOW + 2 * MINUTE, slug="second", change_kind="typo")
            response = client.get("/articles/first/")
            assert (response.status_code, response.headers["Location"]) == (301, "/articles/second/")
            assert response.headers["Cache-Control"] == "no-cache"  # the story may get its old address back
            read(client, "/articles/second/")

    def test_that_a_story_will_have_is_not_known_before(self, client: Client, cast: Cast) -> None:
        from articles.desk import workflow
        from tests.newsdesk import approve, change

        story = published(cast, slug="first")
        change(story, by=cast.editor, now=NOW, slug="second", change_kind="typo")
        workflow.perform(story, "submit", by=cast.editor, now=NOW)
        approve(story, cast, now=NOW)
        workflow.perform(story, "schedule", by=cast.manager, now=NOW, at=NOW + timedelta(hours=1))
        unknown = client.get("/articles/unknown/")
        assert client.get("/articles/second/").content == unknown.content
        with time_machine.travel(NOW + timedelta(hours=1), tick=False):
            assert client.get("/articles/second/").status_code == 200
            assert client.get("/articles/first/").status_code == 301

    def test_of_a_removed_story_says_so_whichever_it_was(self, client: Client, cast: Cast) -> None:
        from articles.desk import workflow

        story = published(cast, slug="first", now=NOW - 3 * MINUTE)
        republished(story, cast, now=NOW - 2 * MINUTE, slug="second", change_kind="typo")
        workflow.perform(story, "take_down", by=cast.manager, now=NOW, kind="error", public_note="Why.")
        assert "Why." in read(client, "/articles/first/", 410).words()
        assert "Why." in read(client, "/articles/second/", 410).words()

    @pytest.mark.parametrize(
        "slug", ["unknown", "COUNCIL-PUTS-ITS-RECORDS-IN-ONE-PLACE", "x" * 500, "a%00b", "é", "a/b"]
    )
    def test_that_is_wrong_answers_404(self, client: Client, cast: Cast, slug: str) -> None:
        published(cast)
        assert client.get(f"/articles/{slug}/").status_code == 404

    def test_takes_no_post(self, client: Client, cast: Cast) -> None:
        published(cast)
        assert client.post(PATH).status_code == 405
        assert client.head(PATH).status_code == 200
