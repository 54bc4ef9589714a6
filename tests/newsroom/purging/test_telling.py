"""The cache in front is told of what readers see anew: once, again until it says yes, and at once what was taken."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.desk import workflow
from articles.desk.chores import CHORES
from articles.models import Image
from newsroom.backups.fencing import fence
from newsroom.metrics import purges
from newsroom.models import PurgeMark
from newsroom.purging import telling
from tests.newsdesk import MINUTE, NOW, Cast, picture, published, scheduled
from tests.newsroom.purging.cache import CacheInFront, listening

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
TOKEN = "a-token-of-some-length"


class Worker:
    """Looks each second, as the real one does."""

    def __init__(self) -> None:
        self.now = NOW + MINUTE

    def works(self, seconds: int = 4) -> datetime:
        for _ in range(seconds):
            self.now += SECOND
            CHORES["purges"].do(self.now, stopping=lambda: False)
        if connection.vendor == "postgresql":  # a test is one transaction, and those say once what they did
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('newsroom.announced', '', true)")
        return self.now


@pytest.fixture
def worker() -> Worker:
    return Worker()


@pytest.fixture
def cache(cast: Cast, worker: Worker, settings: Any) -> Iterator[CacheInFront]:
    """One that has been told all that there is."""
    with listening() as cache:
        settings.PURGE_URL = f"http://127.0.0.1:{cache.port}/purge?all=1"
        settings.PURGE_TOKEN = TOKEN
        published(cast)
        worker.works()
        cache.asked.clear()
        yield cache


def owed_for(now: datetime) -> float:
    (gauge,) = purges.gauges(now)
    return gauge.value


class TestAChange:
    def test_is_told_once_softly_when_it_has_settled(
        self, cache: CacheInFront, worker: Worker, cast: Cast
    ) -> None:
        published(cast, headline="Another", now=worker.now)
        worker.works(2)
        assert cache.asked == []
        worker.works(60)
        ((method, path, headers),) = cache.asked
        assert (method, path) == ("PURGE", "/purge?all=1")
        assert headers["Surrogate-Key"] == "site"
        assert headers["Authorization"] == f"Bearer {TOKEN}"
        assert headers["Soft-Purge"] == "1"

    def test_is_one_purge_together_with_others(self, cache: CacheInFront, worker: Worker, cast: Cast) -> None:
        for number in range(3):
            published(cast, headline=f"Story {number}", now=worker.now)
        worker.works(30)
        assert cache.softly == [True]

    def test_that_comes_while_another_settles_is_told_after_it(
        self, cache: CacheInFront, worker: Worker, cast: Cast
    ) -> None:
        published(cast, headline="One", now=worker.now)
        worker.works(2)
        published(cast, headline="Two", now=worker.now)
        worker.works(10)
        assert cache.softly == [True, True]

    def test_is_dropped_hard_where_it_takes_something(
        self, cache: CacheInFront, worker: Worker, cast: Cast
    ) -> None:
        story = published(cast, headline="Not for long", now=worker.now)
        worker.works()
        at = worker.now
        workflow.perform(story, "take_down", by=cast.manager, now=at, kind="legal", public_note="Gone.")
        worker.works()
        assert cache.softly == [True, False]


class TestWhatComesByItself:
    def test_a_story_that_begins_is_told_softly(
        self, cache: CacheInFront, worker: Worker, cast: Cast
    ) -> None:
        scheduled(cast, at=worker.now + MINUTE, headline="Ahead", now=worker.now)
        worker.works()
        cache.asked.clear()
        worker.works(55)
        assert cache.asked == []
        worker.works(5)
        assert cache.softly == [True]

    def test_a_licence_that_ends_is_told_hard(self, cache: CacheInFront, worker: Worker) -> None:
        image = picture()
        Image.objects.filter(pk=image.pk).update(licence_ends_at=worker.now + MINUTE)
        worker.works()
        cache.asked.clear()
        worker.works(62)
        assert cache.softly == [False]


class TestACacheThatDoesNotSayYes:
    def test_is_told_again_with_pauses(self, cache: CacheInFront, worker: Worker, cast: Cast) -> None:
        cache.answers = [503, 302, 200]
        published(cast, headline="Another", now=worker.now)
        worker.works(4)
        assert len(cache.asked) == 1
        assert owed_for(worker.now) == 3
        worker.works(30)
        assert [path for _, path, _ in cache.asked] == ["/purge?all=1"] * 3
        assert owed_for(worker.now) == 0

    def test_is_told_when_it_is_back(self, worker: Worker, cast: Cast, settings: Any) -> None:
        with listening() as gone:
            settings.PURGE_URL = f"http://127.0.0.1:{gone.port}/"
        published(cast)
        worker.works(10)
        assert owed_for(worker.now) == 9
        with listening(gone.port) as back:
            worker.works(30)
        assert back.softly == [False]
        assert owed_for(worker.now) == 0

    def test_is_left_alone_after_a_day(self, cache: CacheInFront, worker: Worker, cast: Cast) -> None:
        cache.answers = [503, 503]
        published(cast, headline="Another", now=worker.now)
        worker.works(4)
        worker.now += timedelta(days=1)
        worker.works(1)
        assert len(cache.asked) == 2
        assert owed_for(worker.now) == 0


class TestWhoTells:
    def test_is_one_of_several_workers(self, cache: CacheInFront, worker: Worker, cast: Cast) -> None:
        published(cast, headline="Another", now=worker.now)
        worker.works(2)
        seen, now = PurgeMark.objects.get(), worker.now + 2 * SECOND
        assert [telling._is_mine(seen, now) for _ in range(2)] == [True, False]

    def test_drops_all_hard_where_it_knows_nothing(self, cache: CacheInFront, worker: Worker) -> None:
        fence(SimpleNamespace(made_at=NOW.isoformat()), now=worker.now)  # type: ignore[arg-type]
        worker.works()
        assert cache.softly == [False]

    def test_costs_two_queries_where_nothing_happens(self, cache: CacheInFront, worker: Worker) -> None:
        with CaptureQueriesContext(connection) as queries:
            telling.tell(worker.now, stopping=lambda: False)
        assert len(queries) == 2

    def test_speaks_as_fastly_wants_it(
        self, cache: CacheInFront, worker: Worker, cast: Cast, settings: Any
    ) -> None:
        settings.PURGE_STYLE = "fastly"
        published(cast, headline="Another", now=worker.now)
        worker.works()
        ((method, _, headers),) = cache.asked
        assert method == "POST"
        assert headers["Fastly-Key"] == TOKEN
        assert headers["Fastly-Soft-Purge"] == "1"

    def test_tells_nobody_where_no_cache_is_named(
        self, cache: CacheInFront, worker: Worker, cast: Cast, settings: Any
    ) -> None:
        settings.PURGE_URL = ""
        published(cast, headline="Another", now=worker.now)
        worker.works(10)
        assert cache.asked == []
        assert list(purges.gauges(worker.now)) == []
