"""Drill F1, the mails: every kind of mail, and the alert of every awkward story, as mail programs would show them.

Passes when axe finds nothing (WCAG 2.2 AA, the headings in order, text at 7 : 1), light and dark, on a phone and beside
a list of mails; nothing is wider than its place, with pictures or without; and no mail asks for anything but pictures
of ours. Leaves a picture of each in var/bench/mails. `python -m drills.f1_mails [PART OF A MAIL'S NAME]`
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

from benchmarks import _site
from drills._judging import OF_COLOUR, SCHEMES, TAGS, WIDER, judged

#: A phone, and a mail beside a list of mails.
WIDTHS = (360, 700)
GALLERY = _site.RESULTS / "mails"

#: A mail is no page: it has no landmarks. Of axe's best practice these are the ones that it can follow.
RULES = {
    "type": "tag",
    "values": [tag for tag in TAGS if tag != "best-practice"],
}
MORE = {
    "type": "rule",
    "values": [
        "color-contrast-enhanced",
        "heading-order",
        "page-has-heading-one",
        "empty-heading",
        "image-redundant-alt",
        "presentation-role-conflict",
        "aria-allowed-role",
    ],
}
IN_COLOUR = {"type": "rule", "values": [*OF_COLOUR, "color-contrast-enhanced"]}


def main(part: str) -> int:
    from playwright.sync_api import sync_playwright

    from tests.browsing import launch

    with _site.scratch("sqlite") as site:
        mails = json.loads(site.run("-m", "drills._mails"))
        mails = {name: mail for name, mail in mails.items() if part in name}
        with (
            _site.served(site.environ, "newsroom.wsgi:application") as server,
            sync_playwright() as playwright,
        ):
            browser = launch(playwright)
            found = Gallery(browser, mails, server.port).look()
            browser.close()
    print(f"   {len(mails)} mails, {len(mails) * len(WIDTHS) * len(SCHEMES)} views in {GALLERY}")
    print(f"   the longest has {max(len(mail['html'].encode()) for mail in mails.values()):,} bytes of HTML")
    print(f"   {len(found)} findings")
    return bool(found)


class Gallery:
    def __init__(self, browser: Any, mails: dict[str, dict[str, str]], port: int) -> None:
        self.mails, self.port = mails, port
        self.context = browser.new_context(locale="en-GB", device_scale_factor=1)
        self.context.route("**/*", self._answer)
        self.page = self.context.new_page()
        self.is_blind = False
        self.faults: list[str] = []

    def look(self) -> list[str]:
        GALLERY.mkdir(parents=True, exist_ok=True)
        for name in self.mails:
            for fault in self._faults(name):
                self.faults.append(f"{name}: {fault}")
                print(f"   - {self.faults[-1]}", flush=True)
        return self.faults

    def _faults(self, name: str) -> Iterator[str]:
        for width in WIDTHS:
            self.page.set_viewport_size({"width": width, "height": 900})
            for scheme in SCHEMES:
                yield from self._seen(name, width, scheme)
            yield from self._without_pictures(name, width)

    def _seen(self, name: str, width: int, scheme: str) -> Iterator[str]:
        self._open(name, scheme)
        where = f"{width}px, {scheme}"
        self.page.screenshot(path=GALLERY / f"{name.replace(', ', '-')}-{width}-{scheme}.png", full_page=True)
        if self.page.evaluate(WIDER):
            yield f"{where}: is wider than its place"
        for rules in (RULES, MORE) if scheme == SCHEMES[0] else (IN_COLOUR,):
            yield from (f"{where}: {fault}" for fault in judged(self.page, rules))

    def _without_pictures(self, name: str, width: int) -> Iterator[str]:
        self.is_blind = True
        self._open(name, SCHEMES[0])
        self.is_blind = False
        if 'class="picture"' in self.mails[name]["html"]:
            self.page.screenshot(
                path=GALLERY / f"{name.replace(', ', '-')}-{width}-blind.png", full_page=True
            )
        if self.page.evaluate(WIDER):
            yield f"{width}px, without pictures: is wider than its place"

    def _open(self, name: str, scheme: str) -> None:
        self.page.emulate_media(color_scheme=scheme)
        self.page.goto(f"http://127.0.0.1/mail/{list(self.mails).index(name)}", wait_until="load")

    def _answer(self, route: Any) -> None:
        """A mail, or a picture of ours from where it is served. Whatever else a mail asks for is a fault."""
        url = route.request.url
        _, mail, number = url.partition("http://127.0.0.1/mail/")
        if mail:
            route.fulfill(
                body=list(self.mails.values())[int(number)]["html"], content_type="text/html; charset=utf-8"
            )
        elif url.startswith("http://127.0.0.1/media/") and not self.is_blind:
            there = url.replace("127.0.0.1", f"127.0.0.1:{self.port}", 1)
            route.fulfill(response=route.fetch(url=there))
        else:
            if not self.is_blind:
                self.faults.append(f"a mail asked for {url}")
            route.abort()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if sys.argv[1:] else ""))
