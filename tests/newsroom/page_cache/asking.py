"""The page cache as tests ask it: in front of the site itself, with a watch that looks at each request."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.utils import timezone

from articles import navigation
from articles.freshness import Stamp, stamp
from newsroom.page_cache.asking import Environ
from newsroom.page_cache.door import Door, Site
from newsroom.page_cache.memory import Memory
from newsroom.page_cache.shared import Shared
from newsroom.page_cache.watching import Watch


class EachTime(Watch):
    """Sees a change at once, in the test's own transaction; `is_down` takes the database away."""

    is_down = False

    def current(self) -> Stamp | None:
        if self.is_down:
            return None
        if (
            connection.vendor == "postgresql"
        ):  # a test is one transaction, and each of those says once what it did
            with connection.cursor() as cursor:
                cursor.execute("SELECT set_config('newsroom.announced', '', true)")
        found = stamp(timezone.now())
        if found != self.last:
            navigation.forget()
        self.last = found
        return found


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")

    @property
    def is_kept(self) -> bool:
        return "hit" in self.headers.get("Cache-Status", "")


@dataclass
class Cache:
    """A door with a watch of its own."""

    site: Site = field(default_factory=lambda: undisturbed(WSGIHandler()))
    shared: Shared | None = None
    watch: Any = field(default_factory=EachTime)
    megabytes: int = 50

    def __post_init__(self) -> None:
        memory = Memory(self.megabytes * 1_000_000)
        self.door = Door(self.site, memory=memory, shared=self.shared, watch=self.watch)

    def get(self, address: str, *, method: str = "GET", host: str = "testserver", **headers: str) -> Answer:
        path, _, query = address.partition("?")
        environ = environ_of(path, query, method, host) | {
            f"HTTP_{name.upper()}": value for name, value in headers.items()
        }
        told: list[Any] = []
        body = self.door(environ, lambda status, headers, *rest: told.extend([status, headers]))
        whole = b"".join(body)
        if hasattr(body, "close"):
            body.close()
        return Answer(int(told[0][:3]), dict(told[1]), whole)

    def kept(self, address: str, **headers: str) -> Answer:
        """Ask until it comes from what is kept."""
        self.get(address, **headers)
        answer = self.get(address, **headers)
        assert answer.is_kept, address
        return answer


def undisturbed(site: Site) -> Site:
    """The same, which leaves the test's connection open at the end of a request."""

    def ask(environ: Environ, start_response: Any) -> Iterable[bytes]:
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        try:
            answer: Any = site(environ, start_response)
            body = b"".join(answer)
            answer.close()
        finally:
            for signal in (request_started, request_finished):
                signal.connect(close_old_connections)
        return [body]

    return ask


def environ_of(path: str, query: str = "", method: str = "GET", host: str = "testserver") -> dict[str, Any]:
    return {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": host,
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
