"""Gives each request an id, a line in the log and a place in the metrics, whichever part of the site answers it.

The id is on every line that the request causes, in its answer and on the page of a fault, so that who reports one
can name it. The line says what was asked for and how that went, and nothing of who asked: no address, no cookie, no
query. All of it costs a request some twenty microseconds: pages from the cache pay it too.
"""

import json
import re
import secrets
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from time import monotonic, perf_counter_ns
from typing import Any

import structlog

from newsroom.counting import Histogram
from newsroom.logs import masked

type Environ = dict[str, Any]
type Site = Callable[[Environ, Any], Iterable[bytes]]

HEADER = "X-Request-ID"

#: Where a request says when it came in, in seconds of `time.monotonic`.
BEGAN = "newsroom.began"

#: What a proxy of ours may send: nothing that could end a line or a header, or fill a page.
_WELL_FORMED = re.compile(r"[A-Za-z0-9_-]{8,64}")

_LONGEST_PATH = 200

#: By the first word of the address; every other address is a page of the title's own, or none.
KINDS = {
    "": "front",
    "articles": "article",
    **dict.fromkeys(("sections", "topics", "authors", "archive", "corrections"), "listing"),
    "search": "search",
    "feeds": "feed",
    "media": "picture",
    "static": "static",
    "api": "api",
    "alerts": "alerts",
    "preview": "preview",
    "admin": "desk",
    "accounts": "sign-in",
    **dict.fromkeys(("healthz", "readyz", "metrics"), "watching"),
}
OTHER = "other"

REQUESTS = Histogram(
    "newsroom_request_seconds",
    "How long requests took until their answer began, by the kind of page and the class of the answer.",
    bounds=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    kind=sorted({*KINDS.values(), OTHER}),
    status=("2xx", "3xx", "4xx", "5xx"),
)


class Access:
    """A WSGI application around another, and the outermost: nothing is answered without it."""

    def __init__(self, site: Site, *, is_behind_proxy: bool, writes: bool) -> None:
        self.site, self.is_behind_proxy, self.writes = site, is_behind_proxy, writes

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        began, path = perf_counter_ns(), environ["PATH_INFO"]  # Django writes it anew, decoded
        environ[BEGAN] = monotonic()
        request_id = self._given(environ) or secrets.token_hex(16)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)

        def start(status: str, headers: list[tuple[str, str]], *fault: Any) -> Any:
            took, kind = (perf_counter_ns() - began) // 1000, kind_of(path)
            REQUESTS.observe(kind, f"{status[0]}xx", took)
            if self.writes:
                sys.stderr.write(line(environ["REQUEST_METHOD"], path, request_id, status, kind, took))
            others = [(name, value) for name, value in headers if name != HEADER]
            return start_response(status, [*others, (HEADER, request_id)], *fault)

        return self.site(environ, start)

    def _given(self, environ: Environ) -> str:
        """The proxy's own id, so that its log and ours can be read together; nobody else may choose one."""
        given = environ.get("HTTP_X_REQUEST_ID", "") if self.is_behind_proxy else ""
        return given if _WELL_FORMED.fullmatch(given) else ""


def kind_of(path: str) -> str:
    """What sort of page an address is, known without asking the map of the site: a kept page never asks it."""
    return KINDS.get(path[1:].partition("/")[0], OTHER)


def line(method: str, path: str, request_id: str, status: str, kind: str, microseconds: int) -> str:
    """As the other lines are written, but past Python's logging, which would take five times as long."""
    readable = path.encode("latin-1", "replace").decode(errors="replace")  # PEP 3333
    said = {
        "event": "request",
        "request_id": request_id,
        "method": method,
        "path": masked(readable[:_LONGEST_PATH]),
        "status_code": int(status[:3]),
        "kind": kind,
        "milliseconds": microseconds / 1000,
        "logger": __name__,
        "level": "info",
        "timestamp": datetime.now(UTC).isoformat(),
    }
    return f"{json.dumps(said)}\n"
