"""Drill E1: hostile markup in every field that takes words, and in every address, read in a real Chromium.

Passes when no dialog opens anywhere, no page holds an inline handler, script or script address, no reader's page
even tries what its policy forbids, and every policy is without 'unsafe-inline' for scripts.
`python -m drills.e1_xss [VECTORS]`; tests/pages/test_hostile_in_a_browser.py runs it small.
"""

import asyncio
import contextlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from benchmarks import _site

TABS = 3

#: What would run if the policy let it, seen in the page as the browser understood it.
SWEEP = """() => {
  const found = [], runs = /^(javascript|vbscript|data):/;
  for (const el of document.querySelectorAll("*")) {
    if (el.localName === "script" && !el.src && !el.nonce && !/json/.test(el.type)) found.push(el.outerHTML);
    for (const {name, value} of el.attributes) {
      if (/^on/i.test(name) || name === "srcdoc") found.push(el.outerHTML);
      if (/^(href|src|action|formaction|data|xlink:href)$/i.test(name)) {
        let address = ""; try { address = new URL(value, document.baseURI).protocol } catch {}
        if (runs.test(address) && !(el.localName === "img" && address === "data:")) found.push(el.outerHTML);
      }
    }
  }
  return found.map(html => html.slice(0, 200));
}"""

#: Type into every field of the page's form and send it, past what the browser would say of too long a text.
TYPE_AND_SEND = """words => {
  const form = [...document.forms].find(each => each.method === "post" && !/logout/.test(each.id + each.action));
  for (const box of form.elements)
    if ((/^(text|url|search|email|number)$/.test(box.type) || box.localName === "textarea")) box.value = words;
  form.submit();
}"""

#: Addresses that repeat, or act on, what stands in them.
ADDRESSES = (
    *("/search/?q={}", "/search/?q=council&section={}", "/search/?q=council&from={}", "/articles/?before={}"),
    *("/alerts/?topic={}", "/alerts/?section={}", "/{}/", "/articles/{}/", "/topics/{}/", "/media/{}"),
    "/api/v1/articles/?section={}",
)
DESK_ADDRESSES = (
    *("/admin/login/?next={}", "/accounts/login/?next={}", "/admin/articles/story/?q={}", "/admin/{}/"),
    *(
        "/admin/articles/image/picker/?q={}",
        "/admin/articles/story/?state={}",
        "/admin/articles/story/{}/review/",
    ),
    *("/admin/articles/story/calendar/?month={}", "/admin/articles/story/topics/?term={}"),
)
FORMS = (
    *(("editor", "/admin/articles/story/add/"), ("manager", "/admin/articles/author/add/")),
    *(("editor", "/admin/articles/tag/add/"), ("administrator", "/admin/articles/section/add/")),
    *(("administrator", "/admin/accounts/user/add/"), ("editor", "/admin/articles/image/add/")),
    *((None, "/admin/login/"), (None, "/accounts/password/reset/")),
)


@dataclass
class Found:
    visited: int = 0
    ran: list[str] = field(default_factory=list)
    would_run: list[str] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def bad(self) -> dict[str, list[str]]:
        return {name: rows for name, rows in vars(self).items() if isinstance(rows, list) and rows}


@dataclass(frozen=True)
class Step:
    """A page to open, as whom (None: a reader), and what to type into its form."""

    who: str | None
    path: str
    words: str | None = None


def steps(planted: dict[str, Any]) -> Iterator[Step]:
    words = planted["words"]
    yield from (Step(None, path) for path in planted["public"])
    yield from (Step("manager", path) for path in planted["desk"])
    for number, said in enumerate(words):
        yield Step(None, ADDRESSES[number % len(ADDRESSES)].format(quote(said, safe="")))
        yield Step(None, ADDRESSES[0].format(quote(said, safe="")))
        address = DESK_ADDRESSES[number % len(DESK_ADDRESSES)]
        who = None if "login" in address else "manager"
        yield Step(who, address.format(quote(said, safe="")))
        yield Step(*FORMS[number % len(FORMS)], words=said)


async def walk(url: str, planted: dict[str, Any], *, tabs: int = TABS) -> Found:
    """Open everything, in a few tabs at once."""
    from playwright.async_api import async_playwright

    from tests.browsing import launch

    found, queue = Found(), steps(planted)
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        await asyncio.gather(*(Tab(browser, url, planted, found).work(queue) for _ in range(tabs)))
        await browser.close()
    return found


async def undefended(words: list[str]) -> int:
    """How many of them run on a page that takes no care at all: what the drill's silence is worth."""
    from playwright.async_api import async_playwright

    from tests.browsing import launch

    ran = set()
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        page = await browser.new_page()
        now = [0]

        async def heard(dialog: Any) -> None:
            ran.add(now[0])
            await dialog.dismiss()

        page.on("dialog", heard)
        for now[0], said in enumerate(words):
            with contextlib.suppress(Exception):
                bare = f'<p title="{said}">{said}</p><a href="{said}">x</a>'
                await page.set_content(bare, wait_until="domcontentloaded", timeout=1000)
                await page.wait_for_timeout(20)
        await browser.close()
    return len(ran)


@dataclass
class Tab:
    """One after the other, each person in a window of their own."""

    browser: Any
    url: str
    planted: dict[str, Any]
    found: Found
    windows: dict[str | None, Any] = field(default_factory=dict)
    at: Step | None = None

    async def work(self, queue: Iterator[Step]) -> None:
        for step in queue:
            self.at = step
            page = self.windows.get(step.who) or await self._window(step.who)
            self.windows[step.who] = page
            try:
                await self._visit(page, step)
            except Exception as error:  # noqa: BLE001  # one broken page must not end the drill
                if "Download is starting" not in str(error):
                    self.found.failed.append(f"{step.path}: {str(error)[:160]}")
            self.found.visited += 1
            if self.found.visited % 1000 == 0:
                # A run of hours that is stopped has told what it saw.
                wrong = {kind: len(rows) for kind, rows in self.found.bad().items()}
                print(f"   {self.found.visited:,} pages; wrong so far: {wrong or 'nothing'}", flush=True)

    async def _window(self, who: str | None) -> Any:
        context = await self.browser.new_context()
        if who:
            session = {
                "name": self.planted["cookie"],
                "value": self.planted["sessions"][who],
                "url": self.url,
            }
            await context.add_cookies([session])
        page = await context.new_page()
        page.on("dialog", self._dialog)
        page.on("console", self._console)
        return page

    async def _visit(self, page: Any, step: Step) -> None:
        answer = await page.goto(self.url + step.path)
        self._judge(step, answer)
        if step.words is not None:
            async with page.expect_navigation():
                await page.evaluate(TYPE_AND_SEND, step.words)
        self.found.would_run += [f"{step.path}: {html}" for html in await page.evaluate(SWEEP)]

    def _judge(self, step: Step, answer: Any) -> None:
        policy = answer.headers.get("content-security-policy", "")
        scripts = next((part for part in policy.split(";") if part.strip().startswith("script-src ")), policy)
        if "html" in answer.headers.get("content-type", "") and (not policy or "unsafe" in scripts):
            self.found.loose.append(f"{step.path}: {policy or 'no policy'}")
        if answer.status >= 500:
            self.found.failed.append(f"{step.path}: {answer.status}")

    async def _dialog(self, dialog: Any) -> None:
        # The browser's own question whether to leave a form that has been typed into is none of ours.
        if dialog.type != "beforeunload":
            self.found.ran.append(f"{self.at}: {dialog.message}")
        await dialog.accept()

    def _console(self, line: Any) -> None:
        # How Chromium shows XML has a style of its own, which the policy forbids too.
        if "Content Security Policy" in line.text and "inline style" not in line.text:
            self.found.tried.append(f"{self.at}: {line.text[:300]}")


def main(count: int) -> int:
    with _site.scratch("sqlite") as site:
        site.environ["REQUIRE_SECOND_FACTOR"] = "off"
        planted = json.loads(site.run("-m", "drills._planted", str(count)))
        control = asyncio.run(undefended(planted["words"]))
        print(f"   {len(planted['words'])} vectors planted; {control} run on a bare page", flush=True)
        with _site.served(site.environ, "newsroom.wsgi:application") as server:
            found = asyncio.run(walk(f"http://127.0.0.1:{server.port}", planted))
    print(f"   {found.visited:,} pages opened; {len(found.ran)} ran, {len(found.tried)} tried")
    print(f"   a removed story leads to {planted['redirects'] or 'none of the hostile addresses'}")
    for kind, rows in found.bad().items():
        print(f"   {kind}: {len(rows)}", *rows[:20], sep="\n     - ")
    return bool(found.bad() or planted["redirects"] or not control)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 0))
