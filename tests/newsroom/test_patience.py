"""A restart of the database is seen by nobody who can wait a moment; a longer outage holds up nobody."""

from collections.abc import Iterator
from threading import Thread
from time import monotonic, sleep
from typing import Any

import pytest

from newsroom import patience
from newsroom.access import BEGAN, Access
from newsroom.page_cache.asking import Found, Question, plain
from newsroom.patience import LONGEST, Patience

AWAY, HERE = ("503 Service Unavailable", [("Retry-After", "5")]), ("200 OK", [("Content-Length", "4")])


@pytest.fixture(autouse=True)
def _in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PAUSE", 0.001)


class Site:
    """Answers in turn as it is told to, the last again and again."""

    def __init__(self, *answers: Any) -> None:
        self.answers = iter(answers)
        self.last: Any = None
        self.asked = self.closed = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        self.asked += 1
        self.last = next(self.answers, self.last)
        start_response(*self.last)
        return self

    def __iter__(self) -> Iterator[bytes]:
        return iter([b"page"])

    def close(self) -> None:
        self.closed += 1


def ask(site: Patience, method: str = "GET") -> str:
    told: list[str] = []
    assert b"".join(site({"REQUEST_METHOD": method}, lambda status, headers: told.append(status))) == b"page"
    (status,) = told
    return status


class TestAReader:
    def test_waits_and_gets_the_page(self) -> None:
        site = Site(AWAY, AWAY, HERE)
        assert ask(Patience(site)) == "200 OK"
        assert (site.asked, site.closed) == (3, 2)

    def test_is_told_in_the_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(patience, "LONGEST", 0.02)
        assert ask(Patience(Site(AWAY))) == AWAY[0]

    def test_has_waited_before_as_well(self) -> None:
        """Else the waits add up to more than the five seconds after which readers are told to come back."""
        site, told = Site(AWAY, HERE), list[str]()
        came_in = {"REQUEST_METHOD": "GET", BEGAN: monotonic() - LONGEST}
        Patience(site)(came_in, lambda status, headers: told.append(status))
        assert told == [AWAY[0]]

    def test_has_waited_in_the_page_cache_too(self) -> None:
        """Which asks for a page by a request of its own."""
        asked = list[dict[str, Any]]()

        def site(environ: dict[str, Any], start_response: Any) -> list[bytes]:
            asked.append(environ)
            question = Question("/", "/", "", Found(frozenset(), ""))
            asked.append(plain({**environ, "HTTP_HOST": "testserver"}, question))
            return []

        Access(site, is_behind_proxy=False, writes=False)({"REQUEST_METHOD": "GET", "PATH_INFO": "/"}, print)
        came_in, stands_for_all = asked
        assert 0 <= monotonic() - came_in[BEGAN] < 60
        assert stands_for_all[BEGAN] == came_in[BEGAN]

    @pytest.mark.parametrize("answer", [HERE, ("404 Not Found", []), ("500 Fault", []), ("503 Full", [])])
    def test_is_answered_once_otherwise(self, answer: Any) -> None:
        site = Site(answer)
        assert ask(Patience(site)) == answer[0]
        assert site.asked == 1


class TestWhoSendsAForm:
    def test_is_told_at_once(self) -> None:
        site = Site(AWAY, HERE)
        assert ask(Patience(site), "POST") == AWAY[0]
        assert site.asked == 1


class TestAnOutage:
    def test_that_has_just_begun_is_waited_for_by_all(self) -> None:
        site = Site(AWAY)
        through, told = Patience(site), list[str]()
        waiting = [Thread(target=lambda: told.append(ask(through))) for _ in range(20)]
        for one in waiting:
            one.start()
        while site.closed < len(waiting):
            sleep(0.001)
        site.last = HERE
        for one in waiting:
            one.join()
        assert told == ["200 OK"] * len(waiting)

    def test_that_lasts_is_waited_for_by_nobody(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Else no thread would be left for the pages that are kept."""
        monkeypatch.setattr(patience, "LONGEST", 0.02)
        site = Site(AWAY)
        through = Patience(site)
        ask(through)
        before = site.asked
        assert before > 1
        sleep(0.02)
        assert ask(through) == AWAY[0]
        assert site.asked == before + 1

    def test_is_another_once_the_last_is_long_ago(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(patience, "LONGEST", 0.02)
        monkeypatch.setattr(patience, "FORGOTTEN", 0.05)
        site = Site(AWAY)
        through = Patience(site)
        ask(through)
        sleep(0.06)
        site.answers = iter([AWAY, HERE])
        assert ask(through) == "200 OK"
