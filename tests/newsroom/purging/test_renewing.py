"""An nginx in front is asked for what was taken from readers, in each coding, until it has the new answer."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from articles.desk import workflow
from articles.models import Edition, Story, Withholding
from newsroom.models import PurgeMark
from newsroom.purging import taken
from tests.newsdesk import MINUTE, Cast, author, published, republished, section, topic
from tests.newsroom.purging.cache import CacheInFront, listening
from tests.newsroom.purging.test_telling import Worker, owed_for

pytestmark = pytest.mark.django_db

ARTICLE = "/articles/not-for-long/"


@pytest.fixture
def worker() -> Worker:
    return Worker()


@pytest.fixture
def nginx(cast: Cast, worker: Worker, settings: Any) -> Iterator[CacheInFront]:
    """One that has been told all that there is."""
    settings.PURGE_STYLE = "nginx"
    with listening() as nginx:
        settings.PURGE_URL = f"http://127.0.0.1:{nginx.port}"
        published(cast, headline="Stays")
        worker.works()
        nginx.asked.clear()
        yield nginx


def out(cast: Cast, worker: Worker) -> Story:
    story = published(
        cast,
        headline="Not for long",
        now=worker.now,
        section=section("Health", "health"),
        topics=[topic("Köln")],
        authors=[author("Ada Quill")],
    )
    worker.works()
    return story


def take_down(story: Story, cast: Cast, worker: Worker) -> None:
    note = {"kind": "legal", "public_note": "By order."}
    workflow.perform(story, "take_down", by=cast.manager, now=worker.now, **note)


def paths(nginx: CacheInFront) -> set[str]:
    return {path for _, path, _ in nginx.asked}


class TestWhatWasTaken:
    def test_is_asked_for_in_each_coding_as_a_reader_asks(
        self, nginx: CacheInFront, worker: Worker, cast: Cast, settings: Any
    ) -> None:
        take_down(out(cast, worker), cast, worker)
        worker.works(60)
        asked = [headers for method, path, headers in nginx.asked if (method, path) == ("GET", ARTICLE)]
        assert [headers["Accept-Encoding"] for headers in asked] == ["br", "gzip", "identity"]
        assert {f"http://{headers['Host']}" for headers in asked} == {settings.SITE_URL}
        assert set(Counter(path for _, path, _ in nginx.asked).values()) == {3}
        assert owed_for(worker.now) == 0

    def test_is_asked_for_wherever_it_was_listed(
        self, nginx: CacheInFront, worker: Worker, cast: Cast
    ) -> None:
        take_down(out(cast, worker), cast, worker)
        worker.works()
        assert {
            *(ARTICLE, f"{ARTICLE}history/", "/api/v1/articles/not-for-long/", "/api/v1/articles/"),
            *("/", "/articles/", "/feeds/latest.rss", "/feeds/latest.atom", "/news-sitemap.xml"),
            *("/sections/health/", "/topics/k%C3%B6ln/", "/authors/ada-quill/feed.json"),
            *("/archive/2026/", "/archive/2026/11/"),
        } <= paths(nginx)
        assert not any("stays" in path for path in paths(nginx))

    def test_is_asked_for_at_its_earlier_addresses_too(
        self, nginx: CacheInFront, worker: Worker, cast: Cast
    ) -> None:
        story = out(cast, worker)
        republished(story, cast, now=worker.now, slug="renamed", change_kind="minor")
        worker.works()
        take_down(story, cast, worker)
        nginx.asked.clear()
        worker.works()
        assert {ARTICLE, "/articles/renamed/"} <= paths(nginx)

    def test_may_be_what_a_correction_replaced(self, nginx: CacheInFront, worker: Worker, cast: Cast) -> None:
        story, note = out(cast, worker), {"change_kind": "correction", "public_note": "It was eleven."}
        republished(story, cast, now=worker.now, headline="Corrected", **note)
        worker.works()
        assert ARTICLE in paths(nginx)

    def test_may_be_words_that_are_withheld(self, nginx: CacheInFront, worker: Worker, cast: Cast) -> None:
        edition = Edition.objects.get(story=out(cast, worker))
        Withholding.objects.create(
            edition=edition, kind="legal", placed_at=worker.now, placed_by=cast.manager
        )
        worker.works()
        assert f"{ARTICLE}history/" in paths(nginx)

    def test_while_no_worker_ran_is_asked_for_by_the_next(
        self, nginx: CacheInFront, worker: Worker, cast: Cast
    ) -> None:
        take_down(out(cast, worker), cast, worker)
        worker.now += timedelta(hours=3)
        worker.works()
        assert ARTICLE in paths(nginx)

    def test_is_asked_for_once(self, nginx: CacheInFront, worker: Worker, cast: Cast) -> None:
        take_down(out(cast, worker), cast, worker)
        worker.works()
        worker.now += 2 * MINUTE
        nginx.asked.clear()
        another = published(cast, headline="Another", now=worker.now)
        worker.works()
        take_down(another, cast, worker)
        worker.works()
        assert "/articles/another/" in paths(nginx)
        assert ARTICLE not in paths(nginx)


class TestWhatWasAdded:
    def test_is_asked_for_by_readers_alone(self, nginx: CacheInFront, worker: Worker, cast: Cast) -> None:
        out(cast, worker)
        worker.works()
        assert nginx.asked == []
        assert owed_for(worker.now) == 0


class TestAnswersThatMayBeOld:
    @pytest.mark.parametrize(
        "headers",
        [
            {"X-Cache": "STALE"},
            {"X-Cache": "UPDATING"},
            {"X-Cache": "EXPIRED", "Cache-Control": "public, max-age=0, stale-if-error=86400"},
            {},
        ],
    )
    def test_are_asked_for_again(
        self, nginx: CacheInFront, worker: Worker, cast: Cast, headers: dict[str, str]
    ) -> None:
        nginx.headers, anew = headers, nginx.headers
        take_down(out(cast, worker), cast, worker)
        worker.works(4)
        assert owed_for(worker.now) > 0
        nginx.headers = anew
        worker.works(30)
        assert owed_for(worker.now) == 0
        assert len([path for path in (path for _, path, _ in nginx.asked) if path == ARTICLE]) == 4

    def test_are_those_of_a_newsroom_that_is_away(
        self, nginx: CacheInFront, worker: Worker, cast: Cast
    ) -> None:
        nginx.answers = [200, 502]
        take_down(out(cast, worker), cast, worker)
        worker.works(4)
        assert owed_for(worker.now) > 0
        worker.works(30)
        assert owed_for(worker.now) == 0


class TestTheAddresses:
    def test_are_none_where_nothing_was_taken(self, cast: Cast, worker: Worker) -> None:
        published(cast, now=worker.now)
        assert taken.addresses(worker.now - MINUTE, worker.now) == []

    def test_that_were_taken_before_anybody_was_told_are_those_of_a_day(
        self, nginx: CacheInFront, worker: Worker, cast: Cast
    ) -> None:
        take_down(out(cast, worker), cast, worker)
        PurgeMark.objects.all().delete()
        worker.now += timedelta(hours=2)
        worker.works()
        assert ARTICLE in paths(nginx)
