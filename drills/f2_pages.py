"""Drill F2, the pages: every template in every state under axe (WCAG 2.2 AA), light and dark, at 320 and at 1280 px.

Passes when axe finds nothing, nothing is wider than the screen (nor with the words spaced), nothing moves or sticks,
no cookie is set, and nothing is asked of anybody else. `python -m drills.f2_pages [PART OF A STATE'S NAME]`
"""

import json
import sys
from functools import partial
from typing import Any

from benchmarks import _site
from drills._judging import SCHEMES, WATCH, WIDTHS, judge, stands_still


def main(part: str) -> int:
    from playwright.sync_api import sync_playwright

    from tests.browsing import launch

    with _site.scratch("sqlite") as site:
        known = json.loads(site.run("-m", "drills._gallery"))
        with (
            _site.served(site.environ, "newsroom.wsgi:application") as server,
            sync_playwright() as playwright,
        ):
            browser = launch(playwright)
            states = {name: where for name, where in known["places"].items() if part in name}
            found = look(
                browser, f"http://127.0.0.1:{server.port}", states, known["errors"] if not part else {}
            )
            browser.close()
    views = found["states"] * len(WIDTHS) * len(SCHEMES)
    print(f"   {found['states']} states, {views} views, {len(found['wrong'])} findings")
    print(f"   {found['asked']:,} requests, {found['elsewhere']} of anybody else; {found['cookies']} cookies")
    return bool(found["wrong"] or found["elsewhere"] or found["cookies"])


def look(browser: Any, site: str, states: dict[str, str], errors: dict[str, str]) -> dict[str, Any]:
    """Look at every state; `errors` are pages that no address provokes, shown as if they had one."""
    context = browser.new_context(locale="en-GB", timezone_id="Europe/London")
    context.add_init_script(WATCH)
    asked: list[str] = []
    wrong: list[str] = []

    def note(fault: str) -> None:
        print(f"   - {fault}", flush=True)
        wrong.append(fault)

    context.on("request", lambda request: asked.append(request.url))
    context.on("dialog", lambda dialog: note(f"{dialog.page.url}: a script ran"))
    context.on("console", lambda line: note(f"{line.page.url}: {line.text}") if _matters(line) else None)
    for name, text in errors.items():
        context.route(f"{site}/error/{name}", partial(_send, text))
    page = context.new_page()
    addresses = [site + where for where in states.values()] + [f"{site}/error/{name}" for name in errors]
    for address in addresses:
        for fault in (*judge(page, address, all_rules=True), *stands_still(page, address)):
            note(fault)
    return {
        "states": len(addresses),
        "wrong": wrong,
        "asked": len(asked),
        "elsewhere": sum(not url.startswith(f"{site}/") for url in asked),
        "cookies": len(context.cookies()),
    }


def _send(text: str, route: Any) -> None:
    route.fulfill(body=text, content_type="text/html")


def _matters(line: Any) -> bool:
    """Whether the console says more than what a state is there to show: its status, or a date that is none."""
    known = ("the server responded with a status of 4", "does not conform to the required format")
    return not any(words in line.text for words in known)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if sys.argv[1:] else ""))
