"""Drill B11: what a preview shows stays there, however warm the caches are (Wagtail #5074)."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from articles import navigation
from tests.articles.previews.links import get, shared
from tests.newsdesk import NOW, Cast, change, published
from tests.wall.canaries import MARK, canary, leaks

PUBLIC = (
    *("/", "/articles/", "/articles/printed/", "/articles/printed/history/", f"/articles/{MARK}-half-done/"),
    *(
        "/sections/local-government/",
        "/topics/records/",
        "/feeds/latest.rss",
        "/sitemap-pages.xml",
        "/corrections/",
    ),
)


@pytest.fixture(autouse=True)
def _warm(settings) -> Iterator[None]:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    yield
    cache.clear()


def test_no_byte_of_a_preview_reaches_readers(cast: Cast) -> None:
    story = published(cast, headline="Printed", slug="printed")
    words = canary("half_done")
    words.pop("authors"), words.pop("topics")
    change(story, by=cast.editor, now=NOW, change_kind="update", **words)
    token = shared(story, cast.editor)
    reader = Client()
    for _ in range(2):
        assert leaks(get(token))
        assert [path for path in PUBLIC if leaks(reader.get(path))] == []
    navigation.forget()
    assert [path for path in PUBLIC if leaks(reader.get(path))] == []
