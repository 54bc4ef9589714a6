from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image as Pillow
from pytest_django import DjangoAssertNumQueries

from articles.desk import workflow
from articles.models import Author, Image
from articles.pictures.developing import develop
from tests.newsdesk import (
    MINUTE,
    NOW,
    Cast,
    approve,
    author,
    change,
    draft,
    picture,
    published,
    republished,
    scheduled,
    submitted,
    taken_down,
)

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel(NOW + MINUTE, tick=False):
        yield


def address(image: Image, spec: str = "w640", ending: str = "jpg") -> str:
    return f"/media/{image.key}/{spec}.{ending}"


def developed(**fields: Any) -> Image:
    """A picture whose sizes the worker has made."""
    image = picture(**fields)
    develop(NOW + MINUTE)
    return image


def inside(image: Image) -> str:
    return f'<p>Text.</p><figure><img data-file="{image.key}" alt="Hall"></figure>'


def status(client: Client, image: Image) -> int:
    return client.get(address(image)).status_code


class TestAPictureReadersSee:
    def test_is_served_in_each_of_its_sizes_and_formats(self, cast: Cast, client: Client) -> None:
        lead = developed()
        published(cast, lead_image=lead)
        asked = [(ending, width) for ending in ("avif", "webp", "jpg") for width in (320, 640, 800)]
        answers = {each: client.get(address(lead, f"w{each[1]}", each[0])) for each in asked}
        assert {each: answer.headers["Content-Type"] for each, answer in answers.items()} == {
            each: f"image/{each[0].replace('jpg', 'jpeg')}" for each in asked
        }
        shown = {each: Pillow.open(BytesIO(answer.content)) for each, answer in answers.items()}
        assert {each: (seen.format.lower(), seen.width) for each, seen in shown.items() if seen.format} == {
            each: (each[0].replace("jpg", "jpeg"), each[1]) for each in asked
        }

    def test_is_stood_in_for_while_it_is_being_made(self, cast: Cast, client: Client) -> None:
        lead = picture()
        published(cast, lead_image=lead)
        for ending in ("avif", "webp", "jpg"):
            response = client.get(address(lead, "w320", ending))
            assert response.headers["Content-Type"] == "image/jpeg"
            assert Pillow.open(BytesIO(response.content)).width == 800
            assert response.headers["Cache-Control"] == "public, max-age=60, s-maxage=60"
        before = response.headers["ETag"]
        develop(NOW + MINUTE)
        assert client.get(address(lead, "w320", "avif"), headers={"If-None-Match": before}).status_code == 200

    def test_is_served_with_a_guard_around_it(self, cast: Cast, client: Client) -> None:
        lead = developed()
        published(cast, lead_image=lead)
        response = client.get(address(lead))
        assert response.headers["Content-Type"] == "image/jpeg"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert response.headers["Cache-Control"] == "public, max-age=3600, s-maxage=60"
        assert response.headers["Content-Length"] == str(len(response.content))
        assert "Vary" not in response.headers
        assert not response.cookies

    def test_answers_head_alike_and_304_to_whoever_has_it(self, cast: Cast, client: Client) -> None:
        lead = picture()
        published(cast, lead_image=lead)
        full, head = client.get(address(lead)), client.head(address(lead))
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["Content-Length"] == full.headers["Content-Length"]
        again = client.get(address(lead), headers={"If-None-Match": full.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["Cache-Control"] == full.headers["Cache-Control"]

    def test_may_stand_in_the_text(self, cast: Cast, client: Client) -> None:
        shown = picture()
        published(cast, body=inside(shown))
        assert status(client, shown) == 200

    def test_may_be_the_portrait_of_an_author_who_is_read(self, cast: Cast, client: Client) -> None:
        face, other = picture(), picture(alt="Another")
        Author.objects.filter(pk=author().pk).update(picture=face)
        Author.objects.filter(pk=author("Nobody Yet").pk).update(picture=other)
        published(cast)
        assert status(client, face) == 200
        assert status(client, other) == 404

    def test_is_kept_no_longer_than_its_licence_runs(self, cast: Cast, client: Client) -> None:
        lead = developed(licence_ends_at=NOW + MINUTE + timedelta(seconds=40))
        published(cast, lead_image=lead)
        assert client.get(address(lead)).headers["Cache-Control"] == "public, max-age=40, s-maxage=40"

    def test_is_kept_no_longer_than_its_edition_lasts(self, cast: Cast, client: Client) -> None:
        lead = developed()
        story = published(cast, lead_image=lead, now=NOW - HOUR)
        change(story, by=cast.editor, now=NOW, lead_image=None, change_kind="update")
        workflow.perform(story, "submit", by=cast.editor, now=NOW)
        approve(story, cast, now=NOW)
        workflow.perform(story, "schedule", by=cast.manager, now=NOW, at=NOW + 6 * MINUTE)
        assert client.get(address(lead)).headers["Cache-Control"] == "public, max-age=300, s-maxage=60"
        with time_machine.travel(NOW + 6 * MINUTE, tick=False):
            assert status(client, lead) == 404


class TestAPictureReadersDoNotSee:
    """Drill B2, small: every state that is not live, every name that is not a size of it."""

    def test_is_not_there_before_publication(self, cast: Cast, client: Client) -> None:
        pictures = [picture(alt=f"Picture {number}") for number in range(4)]
        draft(cast.editor, lead_image=pictures[0])
        submitted(cast, lead_image=pictures[1])
        scheduled(cast, lead_image=pictures[2], at=NOW + HOUR)
        assert {status(client, image) for image in pictures} == {404}
        with time_machine.travel(NOW + HOUR, tick=False):
            assert [status(client, image) for image in pictures] == [404, 404, 200, 404]

    @pytest.mark.parametrize("kind", ["legal", "privacy", "error", "rights"])
    def test_is_gone_when_the_story_is_taken_down(self, cast: Cast, client: Client, kind: str) -> None:
        lead, shown = picture(), picture(alt="Inside")
        taken_down(cast, lead_image=lead, body=inside(shown), kind=kind)
        assert {status(client, lead), status(client, shown)} == {404}

    def test_stays_where_the_text_stays(self, cast: Cast, client: Client) -> None:
        lead, shown = picture(), picture(alt="Inside")
        taken_down(cast, lead_image=lead, body=inside(shown), kind="withdrawn")
        assert {status(client, lead), status(client, shown)} == {200}

    def test_is_gone_when_the_next_edition_drops_it(self, cast: Cast, client: Client) -> None:
        lead = picture()
        story = published(cast, lead_image=lead, now=NOW - HOUR)
        republished(story, cast, now=NOW, lead_image=None, change_kind="update")
        assert status(client, lead) == 404

    def test_comes_back_with_the_story(self, cast: Cast, client: Client) -> None:
        lead = picture()
        story = taken_down(cast, lead_image=lead)
        workflow.perform(story, "reinstate", by=cast.manager, now=NOW)
        assert status(client, lead) == 200

    def test_is_gone_when_its_licence_ends(self, cast: Cast, client: Client) -> None:
        lead = picture(licence_ends_at=NOW + 2 * MINUTE)
        published(cast, lead_image=lead)
        assert status(client, lead) == 200
        with time_machine.travel(NOW + 2 * MINUTE, tick=False):
            assert status(client, lead) == 404

    def test_is_gone_when_its_licence_covers_nothing_any_more(self, cast: Cast, client: Client) -> None:
        lead = picture()
        published(cast, lead_image=lead)
        Image.objects.filter(pk=lead.pk).update(licence_scopes=["feeds"])
        assert status(client, lead) == 200
        Image.objects.filter(pk=lead.pk).update(licence_scopes=[])
        assert status(client, lead) == 404

    def test_is_never_served_as_it_came_in(self, cast: Cast, client: Client) -> None:
        lead = picture()
        published(cast, lead_image=lead)
        assert default_storage.exists(f"pictures/{lead.key}/master.jpg")
        key = lead.key
        names = [
            f"{key}/master.jpg",
            f"{key}/w0.jpg",
            f"{key}/w999.jpg",
            f"{key}/w1280.jpg",
            f"{key}/w0640.jpg",
            f"{key}/w640.png",
            f"{key}/w640.jpeg",
            f"{key}/w999.avif",
            f"{key}/master.webp",
            f"{key}/w640.jpg/",
            f"{key}/w640.jpg%0a",
            f"{key}/w6٤0.jpg",
            f"{key}/../{key}/w640.jpg",
            f"pictures/{key}/w640.jpg",
            f"{key.upper()}/w640.jpg" if key.upper() != key else "x",
            f"{key[:-1]}/w640.jpg",
            f"{key}%00/w640.jpg",
            f"{key}/",
            key,
            "",
            "x" * 5000,
        ]
        assert {name: client.get(f"/media/{name}").status_code for name in names} == dict.fromkeys(names, 404)

    @pytest.mark.parametrize("ending", ["avif", "webp", "jpg"])
    def test_answers_like_one_that_never_was(self, cast: Cast, client: Client, ending: str) -> None:
        secret, unknown = developed(), f"/media/{'0' * 32}/w640.{ending}"
        draft(cast.editor, lead_image=secret)
        for method in (client.get, client.head):
            for ways in ({}, {"Range": "bytes=0-10"}, {"If-None-Match": "*"}, {"Accept": "image/avif"}):
                answers = [method(name, headers=ways) for name in (address(secret, ending=ending), unknown)]
                told = [
                    (answer.status_code, answer.content, {**answer.headers, "X-Request-ID": ""})
                    for answer in answers
                ]
                assert told[0] == told[1]
                assert answers[0].status_code == 404

    @pytest.mark.parametrize("ending", ["avif", "webp", "jpg"])
    def test_is_there_in_every_format_or_in_none(self, cast: Cast, client: Client, ending: str) -> None:
        lead = developed()
        story = published(cast, lead_image=lead)
        names = [address(lead, f"w{width}", ending) for width in (320, 640, 800)]
        assert [client.get(name).status_code for name in names] == [200, 200, 200]
        workflow.perform(
            story, "take_down", by=cast.manager, now=NOW + MINUTE, kind="rights", public_note="Not ours."
        )
        assert [client.get(name).status_code for name in names] == [404, 404, 404]

    def test_is_not_there_when_its_file_is_lost(self, cast: Cast, client: Client) -> None:
        lead = picture()
        published(cast, lead_image=lead)
        develop(NOW + MINUTE)
        default_storage.delete(f"pictures/{lead.key}/w640.jpg")
        assert status(client, lead) == 404


class TestBudget:
    def test_is_one_query_however_often_a_picture_is_used(
        self, cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        lead = developed()
        for number in range(5):
            published(cast, headline=f"Story {number}", lead_image=lead)
        with django_assert_num_queries(1):
            assert status(client, lead) == 200
        with django_assert_num_queries(0):
            client.get("/media/x/w640.jpg")

    def test_is_one_more_while_another_size_stands_in(
        self, cast: Cast, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        lead = picture()
        published(cast, lead_image=lead)
        with django_assert_num_queries(2):
            assert status(client, lead) == 200
