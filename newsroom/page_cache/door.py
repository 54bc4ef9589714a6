"""The way in: answers what is kept, has made what is not, and lets through what is no public page."""

from collections.abc import Callable, Iterable
from threading import BoundedSemaphore
from time import time
from typing import Any, NamedTuple

import structlog

from articles.freshness import Stamp
from articles.public_pages import KEYS
from newsroom.counting import Counter
from newsroom.page_cache import outage
from newsroom.page_cache.asking import Asking, Environ, Question, plain
from newsroom.page_cache.flights import Flights
from newsroom.page_cache.memory import Memory
from newsroom.page_cache.pages import Answer, Page
from newsroom.page_cache.shared import Shared
from newsroom.page_cache.watching import Watch

log = structlog.get_logger(__name__)

type Site = Callable[[Environ, Any], Iterable[bytes]]

ASKED = Counter(
    "newsroom_page_cache_total",
    "Public pages asked for, by what readers got: one that was kept, one that was made for them, one from before"
    " because there is no newer, or an apology.",
    result=("hit", "miss", "stale", "unavailable"),
)


#: What nginx is to keep for a second in place of the page that was there before, lest that come back when we are away.
REPLACING = frozenset({301, 302, 404, 410})

#: How many of a process's threads may find out for themselves that the database is away.
TRYING = 3


class Reader(NamedTuple):
    """One request for a public page, and where its answer goes."""

    question: Question
    environ: Environ
    start_response: Any

    def given(self, page: Page, how: str, result: str = "hit") -> Iterable[bytes]:
        """Give them a page that is kept; `how` tells where it is from."""
        ASKED.add(result)
        return page.answer(self.environ, self.start_response, now=time(), how=how)

    def refused(self) -> Iterable[bytes]:
        """Tell them, without asking Django, that the database is away."""
        ASKED.add("unavailable")
        return outage.apology(self.environ, self.start_response)

    def told(self, answer: Answer, page: Page | None) -> Iterable[bytes]:
        """Give them what Django has just said."""
        if page is not None:
            return page.answer(self.environ, self.start_response, now=time(), how="fwd=miss; stored")
        if answer.said("set-cookie"):
            log.error("a public page wanted to set a cookie", path=self.environ["PATH_INFO"])
        headers = [(name, value) for name, value in answer.headers if name.lower() != "set-cookie"]
        if answer.code in REPLACING:
            # Ahead of Cache-Control: nginx 1.22 keeps nothing where "no-cache" comes first, whatever follows.
            headers = [("X-Accel-Expires", "1"), (KEYS, self.question.found.surrogates), *headers]
        self.start_response(answer.status, headers)
        return [] if self.environ["REQUEST_METHOD"] == "HEAD" else [answer.body]


class Door:
    """A WSGI application in front of Django's."""

    def __init__(self, site: Site, *, memory: Memory, shared: Shared | None, watch: Watch) -> None:
        self.site = site
        self.memory, self.shared, self.watch = memory, shared, watch
        self.asking, self.flights = Asking(), Flights()
        self._trying = BoundedSemaphore(TRYING)

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        question = self.asking.question(environ)
        if question is None:
            return self.site(environ, start_response)
        reader = Reader(question, environ, start_response)
        stamp, page = self.watch.current(), self.memory.get(question.key)
        if stamp is None:
            return self._unwatched(reader, page)
        now = time()
        if page is not None and page.is_good(stamp, now) and page.is_young(now):
            return reader.given(page, "hit")
        return self._made(reader, page, stamp)

    def _made(self, reader: Reader, old: Page | None, stamp: Stamp) -> Iterable[bytes]:
        """Have it made, or wait for whoever is making it."""
        flight, is_mine = self.flights.board(reader.question.key)
        if is_mine:
            return self._make(reader, old, stamp)
        if old is not None and old.is_good(stamp, time()):
            return reader.given(old, "hit; detail=being-made-again", "stale")
        page = flight.wait()
        if flight.is_outage:
            return self._instead(reader, old, stamp)
        if page is None:  # none that is kept
            ASKED.add("miss")
            return reader.told(*self._asked(reader, stamp))
        if page.is_good(stamp, time()):
            return reader.given(page, "hit; detail=waited")
        # Older than what this reader has to see.
        return self._made(reader, None, stamp)

    def _make(self, reader: Reader, old: Page | None, stamp: Stamp) -> Iterable[bytes]:
        answer, page = None, None
        try:
            page = self._from_others(reader.question, stamp)
            if page is not None:
                return reader.given(page, "hit; detail=shared")
            ASKED.add("miss")
            answer, page = self._asked(reader, stamp)
        finally:
            is_outage = answer is not None and answer.is_outage
            self.flights.end(reader.question.key, page, is_outage=is_outage)
        if answer.code >= 500 and old is not None and old.may_stand_in([stamp], time()):
            return reader.given(old, "hit; detail=stale", "stale")
        return reader.told(answer, page)

    def _instead(self, reader: Reader, old: Page | None, stamp: Stamp) -> Iterable[bytes]:
        """What is given where whoever asked for all has learnt that the database is away."""
        if old is not None and old.may_stand_in([stamp], time()):
            return reader.given(old, "hit; detail=stale", "stale")
        return reader.refused()

    def _from_others(self, question: Question, stamp: Stamp) -> Page | None:
        """What another process made of it."""
        if self.shared is None or (page := self.shared.get(question.key)) is None:
            return None
        now = time()
        if not (page.is_good(stamp, now) and page.is_young(now)):
            return None
        self.memory.keep(question.key, page)
        return page

    def _asked(self, reader: Reader, stamp: Stamp) -> tuple[Answer, Page | None]:
        """Ask Django, and keep what it says if that is for everybody. The stamp is older than what is asked."""
        question = reader.question
        answer = answered(self.site, plain(reader.environ, question))
        if not answer.is_for_all():
            return answer, None
        page = Page.of(answer, surrogates=question.found.surrogates, stamp=stamp, made_at=time())
        self.asking.remember(question)
        self.memory.keep(question.key, page)
        if self.shared is not None:
            # Of queries there is no end: whoever makes them up would fill a day's memory of everybody's.
            self.shared.keep(question.key, page, lasting=not question.query)
        return answer, page

    def _unwatched(self, reader: Reader, page: Page | None) -> Iterable[bytes]:
        """While the database does not say what has changed: what may stand in, else an apology."""
        if (
            not self.watch.is_away
        ):  # it answers, and something else is wrong: nothing is kept, everything is asked
            return self.site(reader.environ, reader.start_response)
        known = [self.watch.last]
        if self.shared is not None:
            page = page or self.shared.get(reader.question.key)
            # It may be away for this process alone, while another has heard of what was taken since.
            known.append(self.shared.last())
        if page is not None and page.may_stand_in([last for last in known if last is not None], time()):
            return reader.given(page, "hit; detail=stale", "stale")
        if self.watch.has_just_gone:  # whoever asks waits a moment for it (newsroom.patience)
            return self.site(reader.environ, reader.start_response)
        if self._trying.acquire(blocking=False):
            try:  # it may be back any moment
                return self.site(reader.environ, reader.start_response)
            finally:
                self._trying.release()
        return reader.refused()


def answered(site: Site, environ: Environ) -> Answer:
    """Run a WSGI application to its end."""
    told: list[Any] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], exc_info: Any = None
    ) -> Callable[[bytes], None]:
        told[:] = [status, headers]
        return lambda data: None

    body = site(environ, start_response)
    try:
        whole = b"".join(body)
    finally:
        if (close := getattr(body, "close", None)) is not None:
            close()
    return Answer(told[0], told[1], whole)
