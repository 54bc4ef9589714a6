"""The door: one page made once at a time, and what readers get while the database is away."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
import time_machine
from django.db import OperationalError

from articles.desk import workflow
from articles.freshness import Stamp
from newsroom.page_cache.building import before
from newsroom.page_cache.door import TRYING
from newsroom.page_cache.flights import Flight
from tests.newsdesk import NOW, Cast, picture, published, republished
from tests.newsroom.page_cache.asking import Cache, environ_of

HOUR = timedelta(hours=1)
NEVER = 10.0**11


class Standing:
    """A watch by which things stand as a test says."""

    is_away = True
    has_just_gone = False

    def __init__(self) -> None:
        self.last: Stamp | None = Stamp("1", "1", NEVER, NEVER)
        self.is_down = False

    def current(self) -> Stamp | None:
        return None if self.is_down else self.last


class Slow:
    """A site that counts who asks it, and answers when it is let."""

    def __init__(self, status: str = "200 OK", *headers: tuple[str, str]) -> None:
        self.status, self.headers, self.asked, self.go = status, headers, 0, Event()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.asked += 1
        self.go.wait(5)
        start_response(self.status, [("Content-Type", "text/plain"), *self.headers])
        return [b"Said."]


def take_away_the_database(cache: Cache) -> None:
    """From the watch, and from whoever is asked for a page."""
    site = Slow("503 Service Unavailable")
    site.go.set()
    cache.watch.is_down, cache.door.site = True, site


class TestAColdPage:
    def test_is_made_once_for_all_who_ask_meanwhile(self) -> None:
        site = Slow()
        cache = Cache(site=site, watch=Standing())
        with ThreadPoolExecutor(6) as pool:
            answers = [pool.submit(cache.get, "/robots.txt") for _ in range(6)]
            site.go.set()
            assert {answer.result().text for answer in answers} == {"Said."}
        assert site.asked == 1

    def test_that_is_none_is_made_for_each(self) -> None:
        site = Slow("404 Not Found")
        cache = Cache(site=site, watch=Standing())
        with ThreadPoolExecutor(3) as pool:
            answers = [pool.submit(cache.get, "/robots.txt") for _ in range(3)]
            site.go.set()
            assert {answer.result().status for answer in answers} == {404}
        assert site.asked == 3

    def test_is_asked_for_once_by_all_while_the_database_is_away(self, monkeypatch: Any) -> None:
        """Each would wait for the database after having waited for the first."""
        waiting, wait = list[Flight](), Flight.wait
        monkeypatch.setattr(Flight, "wait", lambda flight: waiting.append(flight) or wait(flight))
        site = Slow("503 Service Unavailable", ("Retry-After", "5"))
        cache = Cache(site=site, watch=Standing())
        with ThreadPoolExecutor(3) as pool:
            answers = [pool.submit(cache.get, "/robots.txt") for _ in range(3)]
            while len(waiting) < 2:
                pass
            site.go.set()
            told = {(answer.result().status, answer.result().headers["Retry-After"]) for answer in answers}
        assert told == {(503, "5")}
        assert site.asked == 1

    def test_is_made_again_for_who_must_see_a_change(self) -> None:
        site, watch = Slow(), Standing()
        cache = Cache(site=site, watch=watch)
        with ThreadPoolExecutor(2) as pool:
            early = pool.submit(cache.get, "/robots.txt")
            while not site.asked:
                pass
            watch.last = Stamp("2", "1", NEVER, NEVER)
            late = pool.submit(cache.get, "/robots.txt")
            site.go.set()
            assert early.result().status == late.result().status == 200
        assert site.asked == 2

    def test_lets_nobody_wait_for_one_that_raised(self) -> None:
        def site(environ: Any, start_response: Any) -> Any:
            raise ValueError("a fault of ours")

        cache = Cache(site=site, watch=Standing())
        for _ in range(2):
            with pytest.raises(ValueError, match="ours"):
                cache.get("/robots.txt")


def test_without_a_page_cache_no_cache_in_front_keeps_a_page(settings: Any) -> None:
    settings.PAGE_CACHE_MB = 0
    told: list[Any] = []
    site = before(lambda environ, start_response: start_response("200 OK", [("Content-Type", "text/html")]))
    site(environ_of("/"), lambda *said: told.extend(said) or [b""])
    assert dict(told[1])["Cache-Control"] == "no-cache"


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(NOW + HOUR, tick=False) as clock:
        yield clock


class Others:
    """What other processes have kept, and knew last."""

    def __init__(self, last: Stamp) -> None:
        self._last = last
        self.lasting: dict[str, bool] = {}

    def get(self, key: str) -> None:
        return None

    def keep(self, key: str, page: Any, *, lasting: bool) -> None:
        self.lasting[key] = lasting

    def last(self) -> Stamp:
        return self._last


def test_a_page_made_by_a_clock_that_was_ahead_is_made_again(clock: Any) -> None:
    """It may show what is still under embargo."""
    site = Slow()
    site.go.set()
    cache = Cache(site=site, watch=Standing())
    cache.get("/robots.txt")
    clock.shift(-HOUR)
    cache.get("/robots.txt")
    assert site.asked == 2


def test_what_is_made_up_fills_nobodys_memory_for_long() -> None:
    site, others = Slow(), Others(Stamp("1", "1", NEVER, NEVER))
    site.go.set()
    cache = Cache(site=site, watch=Standing(), shared=others)  # type: ignore[arg-type]
    for address in ("/articles/", "/articles/?made=up", "/search/?q=made-up"):
        cache.get(address)
    assert others.lasting == {"/articles/": True, "/search/?q=made-up": False}


class TestWhileTheDatabaseIsAwayForThisProcessAlone:
    @pytest.mark.parametrize(("takings", "status"), [("1", 200), ("2", 503)])
    def test_what_was_taken_meanwhile_does_not_stand_in(self, clock: Any, takings: str, status: int) -> None:
        site = Slow()
        site.go.set()
        cache = Cache(site=site, watch=Standing(), shared=Others(Stamp("2", takings, NEVER, NEVER)))  # type: ignore[arg-type]
        cache.get("/robots.txt")
        take_away_the_database(cache)
        assert cache.get("/robots.txt").status == status


@pytest.mark.django_db
class TestWhileTheDatabaseIsAway:
    def test_what_was_public_stays_for_a_day(self, cast: Cast, clock: Any) -> None:
        published(cast, slug="a-story")
        cache = Cache()
        before = cache.get("/articles/a-story/").body
        take_away_the_database(cache)
        clock.shift(23 * HOUR)
        answer = cache.get("/articles/a-story/", AUTHORIZATION="Basic eDp5")
        assert (answer.status, answer.body) == (200, before)
        assert "stale" in answer.headers["Cache-Status"]
        clock.shift(2 * HOUR)
        assert cache.get("/articles/a-story/").status == 503

    def test_what_was_not_kept_says_when_to_come_again(self, cast: Cast, clock: Any) -> None:
        site = Slow("503 Service Unavailable")
        cache = Cache(site=site)
        cache.watch.is_down = True
        with ThreadPoolExecutor(TRYING) as pool:
            trying = [pool.submit(cache.get, "/") for _ in range(TRYING)]
            while site.asked < TRYING:
                pass
            answer = cache.get("/articles/never-asked-for/")
            site.go.set()
            assert {one.result().status for one in trying} == {503}
        assert answer.status == 503
        assert answer.headers["Retry-After"] == "5"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Try again" in answer.text

    def test_all_may_wait_for_one_that_has_just_gone(self, cast: Cast, clock: Any) -> None:
        """It may be a restart, which takes a second or two."""
        site, watch = Slow(), Standing()
        watch.is_down = watch.has_just_gone = True
        cache = Cache(site=site, watch=watch)
        with ThreadPoolExecutor(2 * TRYING) as pool:
            asking = [pool.submit(cache.get, f"/articles/story-{n}/") for n in range(2 * TRYING)]
            while site.asked < len(asking):
                pass
            site.go.set()
            assert {one.result().status for one in asking} == {200}

    def test_what_was_added_since_takes_nothing_away(self, cast: Cast, clock: Any) -> None:
        published(cast, slug="a-story")
        cache = Cache()
        cache.get("/articles/a-story/")
        published(cast, headline="Another story", now=NOW + HOUR)
        cache.get("/")
        take_away_the_database(cache)
        assert cache.get("/articles/a-story/").status == 200

    @pytest.mark.parametrize("act", ["take_down", "correct"])
    def test_what_was_taken_or_corrected_before_does_not_come_back(
        self, cast: Cast, clock: Any, act: str
    ) -> None:
        story = published(cast, slug="a-story")
        cache = Cache()
        for address in ("/articles/a-story/", "/", "/feeds/latest.rss"):
            cache.get(address)
        if act == "take_down":
            workflow.perform(
                story, act, by=cast.manager, now=NOW + HOUR, kind="legal", public_note="By order."
            )
        else:
            changed = {"change_kind": "correction", "public_note": "We were wrong."}
            republished(story, cast, now=NOW + HOUR, headline="Put right", **changed)
        cache.get("/robots.txt")  # any request: the process has heard of it
        take_away_the_database(cache)
        for address in ("/articles/a-story/", "/", "/feeds/latest.rss"):
            assert cache.get(address).status == 503
        assert cache.get("/robots.txt").status == 200

    def test_a_picture_goes_with_its_licence(self, cast: Cast, clock: Any) -> None:
        published(cast, slug="a-story", lead_image=picture(licence_ends_at=NOW + 3 * HOUR))
        cache = Cache()
        cache.get("/articles/a-story/")
        take_away_the_database(cache)
        clock.shift(HOUR)
        assert cache.get("/articles/a-story/").status == 200
        clock.shift(HOUR)
        assert cache.get("/articles/a-story/").status == 503

    def test_a_page_that_fails_is_given_as_it_was(self, cast: Cast, clock: Any) -> None:
        site = Slow()
        site.go.set()
        cache = Cache(site=site, watch=Standing())
        cache.get("/robots.txt")
        site.status = "503 Service Unavailable"
        clock.shift(timedelta(seconds=61))
        assert cache.get("/robots.txt").status == 200

    def test_django_says_so_too(self, cast: Cast, client: Any, monkeypatch: Any) -> None:
        def refuse(*_: Any, **__: Any) -> None:
            raise OperationalError("connection refused")

        monkeypatch.setattr("articles.views.latest.listing", refuse)
        client.raise_request_exception = False
        answer = client.get("/articles/")
        assert answer.status_code == 503
        assert answer.headers["Retry-After"] == "5"

    def test_nothing_is_kept_where_something_else_is_wrong(self, cast: Cast) -> None:
        watch = Standing()
        watch.is_down, watch.is_away = True, False
        answers = [Cache(watch=watch).get("/robots.txt") for _ in range(2)]
        assert not any("Cache-Status" in answer.headers for answer in answers)
