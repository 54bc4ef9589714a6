"""A cache in front of the site, as far as it can be told something: a real server that answers as a test wants."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any


@dataclass
class CacheInFront:
    port: int = 0
    #: What it says next; 200 when it has said all of them.
    answers: list[int] = field(default_factory=list)
    #: Method, path and headers of what it was asked.
    asked: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    #: What an nginx adds to each answer.
    headers: dict[str, str] = field(default_factory=lambda: {"X-Cache": "EXPIRED"})

    @property
    def softly(self) -> list[bool]:
        return ["Soft-Purge" in headers for _, _, headers in self.asked]


@contextmanager
def listening(port: int = 0) -> Iterator[CacheInFront]:
    cache = CacheInFront()

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            cache.asked.append((self.command, self.path, dict(self.headers)))
            self.send_response(cache.answers.pop(0) if cache.answers else 200)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            for name, value in cache.headers.items():
                self.send_header(name, value)
            self.end_headers()

        do_PURGE = do_POST = do_GET = answer  # noqa: N815  (http.server calls them so)

        def log_message(self, *args: Any) -> None:
            pass

    with HTTPServer(("127.0.0.1", port), Handler) as server:
        cache.port = server.server_port
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield cache
        finally:
            server.shutdown()
            thread.join()
