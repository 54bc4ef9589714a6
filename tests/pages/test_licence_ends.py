"""The clock passes the end of a licence: in that second the picture is gone from every surface, and nothing else is."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from articles.models import Author, Image
from tests.newsdesk import NOW, Cast, author, picture, published

pytestmark = pytest.mark.django_db

ENDS = NOW + timedelta(hours=2)
SECOND = timedelta(seconds=1)

FEEDS = [
    f"/{place}.{ending}"
    for place in (
        *("feeds/latest", "sections/local-government/feed", "topics/records/feed"),
        "authors/ada-quill/feed",
    )
    for ending in ("rss", "atom", "json")
]
#: Each shows the picture while it may be shown.
SHOWING = ["/", "/articles/", "/articles/pictured/", "/sections/local-government/", "/topics/records/"]
SHOWING += ["/authors/ada-quill/", *FEEDS]
#: Some show it, some have none; after the end none does.
OTHERS = [
    "/search/?q=records",
    "/articles/second/",
    "/articles/pictured/history/",
    "/archive/2026/",
    "/archive/2026/11/",
]
OTHERS += ["/sitemap.xml", "/news-sitemap.xml", "/corrections/", "/search/", "/api/v1/articles/"]
OTHERS += ["/api/v1/articles/pictured/"]


@pytest.fixture
def image(cast: Cast) -> Iterator[Image]:
    """The lead, in the text, a portrait, and of a related story: one picture everywhere."""
    with time_machine.travel(NOW + timedelta(hours=1), tick=False) as clock:
        image = picture(licence_ends_at=ENDS, alt="The pictured hall", credit="Hall archive")
        Author.objects.filter(pk=author().pk).update(picture=image, biography="She writes.")
        figure = f'<figure><img data-file="{image.key}" alt="The pictured hall inside"></figure>'
        earlier = NOW - timedelta(hours=1)
        published(cast, slug="second", headline="A second story of records", now=earlier)
        story = published(
            cast, slug="pictured", lead_image=image, body=f"<p>Before.</p>{figure}<p>After.</p>"
        )
        image.story, image.clock = story, clock  # type: ignore[attr-defined]
        yield image


def telling(client: Client, paths: list[str], image: Image) -> list[str]:
    """Those of the addresses whose answer names the picture's file."""
    answers = {path: client.get(path) for path in paths}
    assert {path: one.status_code for path, one in answers.items() if one.status_code != 200} == {}
    return [path for path, one in answers.items() if image.key in one.content.decode()]


class TestTheSecondALicenceEnds:
    def test_it_is_gone_everywhere_and_the_pages_are_whole(
        self, client: Client, cast: Cast, image: Any
    ) -> None:
        preview = [f"/admin/articles/story/{image.story.pk}/preview/"]
        staff = Client()
        staff.force_login(cast.manager)
        file = f"/media/{image.key}/w640.jpg"
        image.clock.move_to(ENDS - SECOND, tick=False)
        assert set(SHOWING) - set(telling(client, SHOWING, image)) == set()
        assert telling(staff, preview, image) == preview
        assert client.get(file).status_code == 200

        image.clock.move_to(ENDS, tick=False)
        assert telling(client, SHOWING + OTHERS, image) == []
        assert telling(staff, preview, image) == []
        assert client.get(file).status_code == 404
        article = client.get("/articles/pictured/").content.decode()
        for trace in ("<figure", "Hall archive", "The pictured hall"):
            assert trace not in article, trace
        assert "Before." in article and "After." in article
