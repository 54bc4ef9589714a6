"""A page as it is kept, and how it is answered: in which coding, for how long, or that the other has it already."""

import gzip
import hashlib
from collections.abc import Iterable, Sequence
from threading import Lock
from typing import Any, NamedTuple

import brotli

from articles.freshness import Stamp
from articles.public_pages import KEYS

type Headers = list[tuple[str, str]]

#: Seconds for which a page is believed without having been made again: what no announcement says is seen then.
FRESH = 60

#: Seconds that whoever is between us and readers may keep a page, and for which they may give it away stale: together a
#: minute, by which what was taken is gone from a cache that nobody purges.
SHARED, WHILE_ASKING, IN_AN_OUTAGE = 45, 15, 86_400

#: Smaller bodies gain nothing by compression; larger ones are not kept.
SMALLEST, LARGEST = 500, 4_000_000

#: Said by each answer anew, or by the server.
_OURS = {"etag", "cache-control", "vary", "content-length", "x-request-id", "surrogate-key", "date"}

#: What of an answer may say that it is not for everybody.
_NOT_SHARED = ("private", "no-store", "no-cache")

_SUFFIX = {"": "", "br": "-br", "gzip": "-gz"}


class Answer(NamedTuple):
    """What Django said to one request."""

    status: str
    headers: Headers
    body: bytes

    @property
    def code(self) -> int:
        return int(self.status[:3])

    def said(self, name: str) -> str:
        """All that a header says; `name` in small letters."""
        return ", ".join(value for key, value in self.headers if key.lower() == name)

    @property
    def is_outage(self) -> bool:
        """Whether it says that the database is away, as `articles.views.errors` does."""
        return self.code == 503 and bool(self.said("retry-after"))

    def is_for_all(self) -> bool:
        """Whether it may be kept: a whole page, which gives nobody a cookie and differs for nobody."""
        varies = {name.strip() for name in self.said("vary").lower().split(",")} - {"", "accept-encoding"}
        shared = not any(word in self.said("cache-control").lower() for word in _NOT_SHARED)
        return (
            self.code == 200
            and shared
            and not varies
            and not self.said("set-cookie")
            and len(self.body) <= LARGEST
        )


class Page:
    """One page, made under a stamp. Compressed when that is first asked for."""

    __slots__ = (
        "_heads", "_lock", "bodies", "changes", "etag", "headers", "made_at", "takes_at", "takings", "until", "used",
    )  # fmt: skip

    def __init__(
        self, headers: Headers, bodies: dict[str, bytes], etag: str, *, stamp: Stamp, made_at: float
    ) -> None:
        self.headers = headers
        self._heads: dict[str, Headers] = {}
        self._lock = Lock()
        self.bodies = bodies
        self.etag = etag
        self.changes, self.takings = stamp.changes, stamp.takings
        self.until, self.takes_at = stamp.due, stamp.takes_at
        self.made_at = made_at
        #: Whether anybody asked for it since the last look round (`memory`).
        self.used = False

    @classmethod
    def of(cls, answer: Answer, *, surrogates: str, stamp: Stamp, made_at: float) -> "Page":
        kept = [(name, value) for name, value in answer.headers if name.lower() not in _OURS]
        keys = " ".join(dict.fromkeys(f"{surrogates} {answer.said(KEYS.lower())}".split()))
        digest = hashlib.sha256(answer.body).hexdigest()[:32]
        headers = [*kept, ("Vary", "Accept-Encoding"), (KEYS, keys)]
        return cls(headers, {"": answer.body}, digest, stamp=stamp, made_at=made_at)

    @property
    def size(self) -> int:
        """About how much memory it takes."""
        return sum(map(len, self.bodies.values())) + 3000

    def is_good(self, stamp: Stamp, now: float) -> bool:
        """Whether nothing has changed since it was made."""
        return self.changes == stamp.changes and now < self.until

    def is_young(self, now: float) -> bool:
        """Whether it was made a moment ago; what was made in the future was made by a clock that has been put right."""
        return abs(now - self.made_at) < FRESH

    def may_stand_in(self, known: Sequence[Stamp], now: float) -> bool:
        """Whether readers may have it while nobody can say what is so; `known` is what each who knew knew last.

        Nothing that was taken from readers before comes back: after a taking no older page stands in, and none does
        beyond the moment at which something is taken by itself.
        """
        return bool(known) and all(
            self.takings == last.takings
            and now < min(self.takes_at, last.takes_at, self.made_at + IN_AN_OUTAGE)
            for last in known
        )

    def answer(
        self, environ: dict[str, Any], start_response: Any, *, now: float, how: str
    ) -> Iterable[bytes]:
        """Answer a request for it; `how` says where it is from, for whoever looks for a fault (RFC 9211)."""
        coding = accepted(environ.get("HTTP_ACCEPT_ENCODING", ""))
        body = self._coded(coding)
        if body is None:
            coding, body = "", self.bodies[""]
        heads = self._heads.get(coding) or self._head(coding, body)
        own = [
            ("Cache-Control", self._lifetime(now)),
            # For nginx alone, which passes it on to nobody: a second is as long as a reader may be behind.
            ("X-Accel-Expires", "1" if self.until - now >= 1 else "0"),
            ("Cache-Status", f"newsroom; {how}"),
        ]
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked and self._is_among(asked):
            start_response("304 Not Modified", [*_without_content(heads), *own])
            return []
        start_response("200 OK", [*heads, *own])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _lifetime(self, now: float) -> str:
        """Counts down to what changes by itself; nothing is given away stale beyond it."""
        left = max(0, int(self.until - now))
        said = f"public, max-age={min(SHARED, left)}"
        if left > SHARED + WHILE_ASKING:
            said += f", stale-while-revalidate={WHILE_ASKING}"
        return f"{said}, stale-if-error={max(0, min(IN_AN_OUTAGE, int(self.takes_at - now)))}"

    def _coded(self, coding: str) -> bytes | None:
        """The body in a coding; None where it gains nothing by it."""
        if coding in self.bodies:
            return self.bodies[coding] or None
        if len(self.bodies[""]) < SMALLEST:
            return None
        with self._lock:
            if coding not in self.bodies:
                body = compressed(self.bodies[""], coding)
                self.bodies[coding] = body if len(body) < len(self.bodies[""]) else b""
        return self.bodies[coding] or None

    def _head(self, coding: str, body: bytes) -> Headers:
        heads = [
            *self.headers,
            ("ETag", f'"{self.etag}{_SUFFIX[coding]}"'),
            ("Content-Length", str(len(body))),
        ]
        if coding:
            heads.append(("Content-Encoding", coding))
        self._heads[coding] = heads
        return heads

    def _is_among(self, asked: str) -> bool:
        """Compare weakly (RFC 9110, 13.1.2), and whatever coding the other has it in: it is the same page."""
        tags = [tag.strip().removeprefix("W/").strip('"') for tag in asked.split(",")]
        return "*" in tags or any(tag.removesuffix("-br").removesuffix("-gz") == self.etag for tag in tags)


def compressed(body: bytes, coding: str) -> bytes:
    return brotli.compress(body, quality=5) if coding == "br" else gzip.compress(body, 6, mtime=0)


def accepted(said: str) -> str:
    """The coding to answer in: Brotli, else gzip, else none."""
    found = _ACCEPTED.get(said)
    if found is None:
        found = _accepted(said)
        if len(_ACCEPTED) < 200:
            _ACCEPTED[said] = found
    return found


_ACCEPTED: dict[str, str] = {"": ""}


def _accepted(said: str) -> str:
    wanted = set()
    for part in said.lower().split(","):
        coding, _, quality = part.partition(";")
        if quality.replace(" ", "").rstrip("0") not in ("q=", "q=0."):
            wanted.add(coding.strip())
    return next((coding for coding in ("br", "gzip") if coding in wanted), "")


def _without_content(heads: Headers) -> Headers:
    return [(name, value) for name, value in heads if not name.startswith("Content-") or name == _POLICY]


_POLICY = "Content-Security-Policy"
