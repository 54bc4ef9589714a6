"""Drill E6: nobody is led off the site, shown in a frame, or given a link to a host that somebody else named.

Every route is asked for by somebody who works here and by nobody: what it says about frames, and whether it takes up
any of the names by which an address to go on to is known; wherever one is taken up, sixty forms of false addresses
follow, and so they do in the desk's own form for stories taken down. Then false hosts, in each header that names one,
at pages, feeds, maps and the forms that send mail. Passes when nothing leads away, unknown hosts get 400, and no false
host stands in any answer or mail. `python -m drills.e6_off_site`
"""

import http.client
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from benchmarks import _site
from drills import _signing_in
from drills._redirects import FORMS, leaves
from drills._signing_in import LOGIN, PASSWORD, Browser
from drills._verdict import verdict

EDITOR, EVIL, MARK = "editor@newsroom.example", "evil.example", "/zanzara/"
SITE = "http://127.0.0.1"

#: By which frameworks, and careless people, know the address to go on to.
NAMES = (
    *("next", "to", "url", "uri", "u", "goto", "go", "redirect", "redirect_to", "redirect_uri", "return"),
    *("return_to", "returnUrl", "continue", "dest", "destination", "target", "from", "back", "ref", "r"),
    *("callback", "forward", "page", "path", "_to_field", "_changelist_filters", "success_url"),
)
#: What names a host, beside Host itself. nginx sets or drops some; behind other proxies they come through.
NAMING = (
    *("X-Forwarded-Host", "X-Host", "X-Forwarded-Server", "X-HTTP-Host-Override", "X-Original-Host"),
    *("X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix", "Forwarded", "Referer", "Origin"),
)
HOSTS = (
    *(EVIL, f"{EVIL}:80", f"127.0.0.1.{EVIL}", f"127.0.0.1@{EVIL}", f"{EVIL}#127.0.0.1", f"{EVIL}/127.0.0.1"),
    *(f"127.0.0.1, {EVIL}", f"127.0.0.1:80@{EVIL}", f"127.0.0.1 {EVIL}", f"[{EVIL}]", f".{EVIL}", "", "*"),
)
ASKED = (
    *(
        "/",
        "/articles/",
        "/articles/on-the-record/",
        "/feeds/latest.rss",
        "/feeds/latest.atom",
        "/sitemap.xml",
    ),
    *(
        "/robots.txt",
        "/search/?q=records",
        "/api/v1/articles",
        "/accounts/login/",
        "/admin/",
        "/alerts/",
        "/none/",
    ),
)
PATHS = (
    f"//{EVIL}",
    f"//{EVIL}/x",
    f"/\\{EVIL}",
    f"///{EVIL}/%2f..",
    f"/%2f/{EVIL}",
    f"/%5c{EVIL}/%2e%2e",
    f"/articles//{EVIL}",
    f"/admin//{EVIL}",
    f"/accounts//{EVIL}",
    f"http://{EVIL}/",
)

PREPARE = """
import json, django; django.setup()
from django.db import transaction
from django.test import Client
from django.utils import timezone
from articles.desk import workflow
from articles.desk.refusals import NotReady
from drills._redirects import FORMS, leaves
from tests import walking
from tests.newsdesk import hire, published
from tests.newsroom.test_headers import FRAMED_BY_THE_DESK
cast, now = hire(), timezone.now()
story = published(cast, now=now, headline="On the record", slug="on-the-record")
taken = []
for form in (one.format(host="127.0.0.1") for one in FORMS):
    with transaction.atomic():
        said = {"kind": "error", "public_note": "Untrue.", "redirect_to": form}
        try:
            workflow.perform(story, "take_down", by=cast.manager, now=now, **said)
        except NotReady:
            pass
        else:
            taken.append(form)
        transaction.set_rollback(True)
client = Client()
client.force_login(cast.editor)
print(json.dumps({
    "taken": taken,
    "framed": sorted(FRAMED_BY_THE_DESK),
    "routes": [(route, walking.address(route, story.pk)) for route, _ in walking.routes()],
    "session": client.cookies["session"].value,
}))
"""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str


def main() -> int:
    with _signing_in.newsroom("sqlite") as (site, server):
        told = json.loads(site.run("-c", PREPARE))
        parts = {
            "taken down": list(desk(told["taken"])),
            "frames": list(framed(server.port, told["routes"], told["session"], told["framed"])),
            "redirects": list(led_away(server.port, told["routes"], told["session"])),
            "hosts": list(named(server.port)),
            "mails": list(mailed(site, server.port)),
        }
    for part, faults in parts.items():
        for fault in faults:
            print(f"   - {part}: {fault}")
    counts = ", ".join(f"{part} {len(faults)}" for part, faults in parts.items())
    figure = f"{len(told['routes'])} routes, {len(FORMS)} forms, {len(HOSTS)} hosts; wrong: {counts}"
    return verdict(not any(parts.values()), figure)


def desk(taken: list[str]) -> Iterator[str]:
    """What the desk may have a story's old address lead to."""
    return (f"readers may be sent to {form!r}" for form in taken if leaves(form, site=SITE))


def framed(port: int, routes: list[list[str]], session: str, by_the_desk: list[str]) -> Iterator[str]:
    for route, address in routes:
        for cookie in ("", f"session={session}"):
            answer = ask(port, address, Cookie=cookie)
            policy, option = (
                answer.headers.get(name, "") for name in ("Content-Security-Policy", "X-Frame-Options")
            )
            own = route in by_the_desk and "frame-ancestors 'self'" in policy
            if not (own or "frame-ancestors 'none'" in policy) or option not in ("DENY", "SAMEORIGIN"):
                yield f"{address} ({answer.status}): {policy} {option}"


def led_away(port: int, routes: list[list[str]], session: str) -> Iterator[str]:
    """Where any of the names is taken up, try the sixty; and where it is known that one is."""
    filled = [form.format(host="127.0.0.1") for form in FORMS]
    cookie = f"session={session}"
    taking = [
        (address, name, who)
        for _, address in routes
        for who in ("", cookie)
        for name in taken_up(ask(port, f"{address}?{_query(MARK)}", Cookie=who), port, address, who)
    ]
    print(f"   taken up by {sorted({(address, name) for address, name, _ in taking})}", flush=True)
    if not any(name == "next" for _, name, _ in taking):
        yield "no route took up an address at all: nothing was tried"
    for address, name, who in taking:
        for form in filled:
            answer = ask(port, f"{address}?{name}={quote(form, safe='')}", Cookie=who)
            if leaves(answer.headers.get("Location", "/"), site=SITE) or _linked(answer.text, form):
                yield f"{address} by {name}: {form!r}"
    yield from by_forms(port, filled)
    for path in PATHS:
        if leaves(ask(port, path).headers.get("Location", "/"), site=SITE):
            yield f"the path {path}"


def by_forms(port: int, filled: list[str]) -> Iterator[str]:
    """Signing in, saying again that it is you, and signing out; each form from an address of its own."""
    again = "/accounts/reauthenticate/"
    for number, form in enumerate(filled):
        browser = Browser(port, f"127.0.3.{number + 1}")
        given = {"login": EDITOR, "password": PASSWORD, "next": form}
        steps = (
            (LOGIN, given),
            (f"{again}?next={quote(form, safe='')}", {"password": PASSWORD, "next": form}),
            ("/accounts/logout/", {"next": form}),
        )
        for path, fields in steps:
            answer = browser.post(path, fields)
            if answer.status not in (302, 404) or leaves(answer.location or "/", site=SITE):
                yield f"{path.partition('?')[0]} with {form!r}: {answer.status} {answer.location}"


def taken_up(answer: Answer, port: int, address: str, who: str) -> Iterator[str]:
    """By which names this answer leads on, one asked after the other where any does."""
    if not _leads(answer):
        return
    for name in NAMES:
        if _leads(ask(port, f"{address}?{name}={quote(MARK)}", Cookie=who)):
            yield name


def _leads(answer: Answer) -> bool:
    """To where it was told: by its header, or by a link, a form or a field that says where to go on."""
    return answer.headers.get("Location", "").startswith(MARK) or _linked(answer.text, MARK)


def _linked(text: str, where: str) -> bool:
    """Whether a link or a form of the page goes there. A field that holds it is for the form that takes it."""
    places = re.findall(r'\b(?:href|action|formaction|src|content)="([^"]*)"', text)
    return any(place == where or place.startswith(f"0;url={where}") for place in places)


def named(port: int) -> Iterator[str]:
    for path in ASKED:
        for host in HOSTS:
            answer = ask(port, path, Host=host)
            if answer.status != 400 or EVIL in _said(answer):
                yield f"Host {host!r} at {path}: {answer.status}"
        plain = ask(port, path)
        if plain.status >= 500 or (
            "127.0.0.1" not in _said(plain) and path.startswith(("/feeds", "/sitemap"))
        ):
            yield f"{path} alone answers {plain.status}, without the site's own address"
        for header in NAMING:
            answer = ask(port, path, **{header: EVIL})
            if answer.status != plain.status or EVIL in _said(answer):
                yield f"{header} at {path}: {answer.status}"


def mailed(site: _site.Scratch, port: int) -> Iterator[str]:
    """Forms that send mail, sent with every false host at once."""
    false = dict.fromkeys(NAMING[:-2], EVIL)
    token = "k" * 32
    forms = {
        "/accounts/password/reset/": f"email={quote(EDITOR)}&csrfmiddlewaretoken={token}",
        "/alerts/": "address=reader%40example.org&everything=on&frequency=daily",
    }
    for path, body in forms.items():
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrf={token}"}
        answer = ask(port, path, method="POST", body=body, **false, **kind)
        if answer.status != 302 or EVIL in answer.headers["Location"]:
            yield f"{path} answers {answer.status}"
    site.run("manage.py", "worker", "--once")
    texts = [file.read_text() for file in Path(site.environ["VAR_DIR"], "mail").rglob("*") if file.is_file()]
    for part in ("/password/reset/key/", "/alerts/confirm/"):
        links = [link for text in texts for link in re.findall(rf"https?://\S*{part}", text)]
        if not links or any(not link.startswith(f"{SITE}/") for link in links):
            yield f"links in mail: {links}"
    if any(EVIL in text for text in texts):
        yield "a mail names the false host"


def _said(answer: Answer) -> str:
    return answer.text + repr(answer.headers)


def _query(value: str) -> str:
    return "&".join(f"{name}={quote(value)}" for name in NAMES)


def ask(port: int, path: str, *, method: str = "GET", body: str | None = None, **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        # Written out by hand: the library would not send some of these.
        connection.putrequest(method, quote(path, safe="/?&=%:\\;,+@"), skip_host=True)
        for name, value in {"Host": "127.0.0.1", **headers}.items():
            connection.putheader(name, value)
        if body is not None:
            connection.putheader("Content-Length", str(len(body)))
        connection.endheaders(body.encode() if body is not None else None)
        answer = connection.getresponse()
        return Answer(answer.status, dict(answer.getheaders()), answer.read().decode(errors="replace"))
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
