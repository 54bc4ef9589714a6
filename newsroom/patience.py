"""Has a reader wait a moment for a database that is about to be back, instead of an apology.

A restart takes it a second or two. A few requests at a time wait for that and are asked again; all others are told at
once, so that threads remain for the pages that are kept. Only what changes nothing is asked twice.
"""

from collections.abc import Callable, Iterable
from threading import BoundedSemaphore
from time import monotonic, sleep
from typing import Any

from newsroom.access import BEGAN

type Environ = dict[str, Any]
type Site = Callable[[Environ, Any], Iterable[bytes]]

#: Seconds after a request came in until which it is asked again, and between two tries. The last may wait for the pool
#: (`locations.WAITING`): together less than the five after which readers are told to come back.
LONGEST, PAUSE = 2.5, 0.25
#: How many of a process's threads, of which there are eight if nobody says otherwise.
WAITING = 5


class Patience:
    """A WSGI application around another."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._places = BoundedSemaphore(WAITING)

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.site(environ, start_response)
        # What it waited before, as for the word of what changed, counts too.
        began, told = environ.get(BEGAN, monotonic()), list[Any]()
        body = self.site(environ, lambda *said: told.append(said))
        if _is_away(told) and self._places.acquire(blocking=False):
            try:
                while _is_away(told) and monotonic() + PAUSE < began + LONGEST:
                    _close(body)
                    sleep(PAUSE)
                    told.clear()
                    body = self.site(environ, lambda *said: told.append(said))
            finally:
                self._places.release()
        start_response(*told[-1])
        return body


def _is_away(told: list[Any]) -> bool:
    """As `articles.views.errors` says it."""
    status, headers, *_ = told[-1]
    return status.startswith("503") and any(name == "Retry-After" for name, _ in headers)


def _close(body: Iterable[bytes]) -> None:
    if (close := getattr(body, "close", None)) is not None:
        close()
