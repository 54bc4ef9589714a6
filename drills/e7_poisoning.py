"""Drill E7: through nginx nobody plants a word in what others get, and nobody finds a page that was another's.

Headers that no key holds, odd parameters, cookies, passwords and the session of somebody who works here go with the
first request for each page, which nobody keeps by then; the next, a plain one, must have no word of them. Whatever is
not listed as public, and pages of staff under the name of a file, must not be kept.
`python -m drills.e7_poisoning`
"""

import sqlite3
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks import _site
from drills import _nginx
from drills._reporter import NAME
from drills._verdict import verdict

MARK = "zanzara"
HEADERS = (
    *(
        "Accept-Language",
        "Accept",
        "User-Agent",
        "Referer",
        "Origin",
        "Cookie",
        "Authorization",
        "Via",
        "Vary",
    ),
    *("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Scheme"),
    *("X-Forwarded-Prefix", "X-Forwarded-Port", "X-Host", "X-Original-URL", "X-Rewrite-URL", "X-Request-ID"),
    *(
        "X-HTTP-Method-Override",
        "X-Real-IP",
        "X-Requested-With",
        "True-Client-IP",
        "Content-Type",
        "SCRIPT_NAME",
    ),
)
PUBLIC = (
    "/",
    "/articles/",
    "/articles/story-{}/",
    "/feeds/latest.rss",
    "/api/v1/articles/",
    "/search/?q=story",
)
#: Pages that are somebody's, under names of files.
DECEIVING = (
    "/accounts/x.css",
    "/admin/a.js",
    "/admin/articles/story/a.png",
    "/alerts/x.css",
    "/preview/x.css",
)

#: Whatever a route answers that is on no list of public ones (tests/wall/addresses.py), nginx keeps none of it.
PRIVATE = """
import django; django.setup()
from tests import walking
from tests.wall.addresses import ADDRESSES
for route, _ in walking.routes():
    if route not in ADDRESSES and not route.startswith("media/"):
        print(walking.address(route, 1))
"""
KEPT = ("HIT", "STALE", "UPDATING", "REVALIDATED")
#: Seconds after which nginx and every process of the newsroom have taken notice of a change.
NOTICED = 2.5


def main() -> int:
    with _site.scratch("sqlite") as made:
        site = replace(made, environ={**made.environ, "REQUIRE_SECOND_FACTOR": "off"})
        site.run("-m", "benchmarks._archive", "100")
        session = f"session={site.run('-m', 'drills._reporter').strip()}"
        private = [*site.run("-c", PRIVATE).split(), *DECEIVING]
        with (
            _site.served(site.environ, "newsroom.wsgi:application") as web,
            _nginx.in_front_of(web.port) as port,
        ):
            found = Found()
            for number, header in enumerate(HEADERS):
                change(site)
                plant(port, number, header, f"{MARK}.example", found)
            change(site)
            plant(port, len(HEADERS), "Cookie", session, found)
            deceive(port, private, session, found)
    for fault in found.faults():
        print(f"   {fault}")
    asked = f"{len(HEADERS)} headers at {len(PUBLIC)} pages, {len(private)} private addresses"
    told = f"{len(found.planted)} planted, {len(found.cookies)} cookies, {len(found.kept)} kept"
    return verdict(not found.faults(), f"{asked}: {told}, {len(found.unproved)} unproved")


@dataclass
class Found:
    planted: set[str] = field(default_factory=set)
    cookies: set[str] = field(default_factory=set)
    kept: set[str] = field(default_factory=set)
    #: What the newsroom never saw, as the page was kept already.
    unproved: set[str] = field(default_factory=set)

    def faults(self) -> list[str]:
        named = {
            "planted": self.planted,
            "a cookie": self.cookies,
            "kept": self.kept,
            "unproved": self.unproved,
        }
        return [f"{name}: {fault}" for name, faults in named.items() for fault in sorted(faults)]


def change(site: _site.Scratch) -> None:
    """Announce a change, as a publication does: each page is made anew by whoever asks first."""
    with closing(sqlite3.connect(Path(site.environ["VAR_DIR"]) / "newsroom.sqlite3", timeout=30)) as raw, raw:
        raw.execute("INSERT INTO articles_publicchange (number, at, takes) VALUES (7, datetime('now'), true)")
    time.sleep(NOTICED)


def plant(port: int, number: int, header: str, value: str, found: Found) -> None:
    """Be the first who asks for each page, with this header; then see what somebody plain is given."""
    for page in (path.format(number) for path in PUBLIC):
        first = _nginx.ask(port, page, **{header: value})
        if first.headers.get("X-Cache") in KEPT:
            found.unproved.add(f"{header} at {page}")
        sign = "&" if "?" in page else "?"
        odd = _nginx.ask(port, f"{page}{sign}utm_source={MARK}&before[]={MARK}", **{header: value})
        plain = _nginx.ask(port, page)
        if plain.status != 200:
            found.unproved.add(f"{page} answers {plain.status}")
        for answer in (first, odd, plain):
            said = answer.body.decode(errors="replace") + repr(answer.headers)
            if (MARK in said and header != "X-Request-ID") or NAME in said:
                found.planted.add(f"{header} at {page}")
            if "Set-Cookie" in answer.headers:
                found.cookies.add(page)


def deceive(port: int, private: list[str], session: str, found: Found) -> None:
    """Have somebody who is signed in open each page twice; nothing of it may be there for whoever comes after."""
    own = 0
    for page in private:
        answers = [_nginx.ask(port, page, Cookie=session) for _ in range(2)] + [_nginx.ask(port, page)]
        own += NAME.encode() in answers[0].body
        said = answers[-1].body.decode(errors="replace") + repr(answers[-1].headers)
        if NAME in said or any(answer.headers.get("X-Cache") in KEPT for answer in answers):
            found.kept.add(page)
        if any(
            "public" in answer.headers.get("Cache-Control", "") for answer in answers if answer.status == 200
        ):
            found.kept.add(f"{page} may be kept")
    if not own:
        found.unproved.add("no page was anybody's own")


if __name__ == "__main__":
    sys.exit(main())
