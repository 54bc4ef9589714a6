"""Has readers wait a moment for a database that has just gone, instead of an apology.

A restart takes it a second or two. Whoever asks in the first moments waits for that and is asked again; those who find
no thread free wait for one. Once it has been away for longer nobody waits, so that threads remain for the pages that
are kept. Only what changes nothing is asked twice.
"""

from collections.abc import Callable, Iterable
from time import monotonic, sleep
from typing import Any

from newsroom.access import BEGAN

type Environ = dict[str, Any]
type Site = Callable[[Environ, Any], Iterable[bytes]]

#: Seconds of an outage in which all wait, and of a request; seconds between two tries. The last may wait for the pool
#: (`locations.WAITING`): together less than the five after which readers are told to come back.
LONGEST, PAUSE = 2.5, 0.25
#: Seconds in which nobody noticed that the database is away, after which it is another outage.
FORGOTTEN = 10.0


class Patience:
    """A WSGI application around another."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._began = self._noticed = float("-inf")

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.site(environ, start_response)
        # What it waited before, as for the word of what changed, counts too.
        began, told = environ.get(BEGAN, monotonic()), list[Any]()
        body = self.site(environ, lambda *said: told.append(said))
        while _is_away(told) and self._has_just_gone() and monotonic() + PAUSE < began + LONGEST:
            _close(body)
            sleep(PAUSE)
            told.clear()
            body = self.site(environ, lambda *said: told.append(said))
        start_response(*told[-1])
        return body

    def _has_just_gone(self) -> bool:
        """Whether the outage that was noticed now has begun a moment ago."""
        now = monotonic()
        if now - self._noticed > FORGOTTEN:
            self._began = now
        self._noticed = now
        return now - self._began < LONGEST


def _is_away(told: list[Any]) -> bool:
    """As `articles.views.errors` says it."""
    status, headers, *_ = told[-1]
    return status.startswith("503") and any(name == "Retry-After" for name, _ in headers)


def _close(body: Iterable[bytes]) -> None:
    if (close := getattr(body, "close", None)) is not None:
        close()
