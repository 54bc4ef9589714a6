"""A small screen in a real browser, and what keeps somebody out of the page on it."""

from typing import Any

from django.test import Client

from drills._judging import violations
from tests.newsdesk import Cast

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}

#: Whether any of what has the focus is seen, with nothing that sticks in front of it.
IN_SIGHT = """() => {
  const box = document.activeElement.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + 2, 0), innerWidth - 1);
  return [box.top + 2, (box.top + box.bottom) / 2, box.bottom - 2].some(y => {
    const seen = document.elementFromPoint(x, y);
    return seen !== null && document.activeElement.contains(seen);
  });
}"""


class Telephone:
    """A manager's small screen. It remembers what the browser complained about and what axe found."""

    def __init__(self, page: Any, address: str, cast: Cast) -> None:
        client = Client()
        client.force_login(cast.manager)
        page.context.add_cookies(
            [{"name": "session", "value": client.cookies["session"].value, "url": address}]
        )
        page.set_viewport_size({"width": 360, "height": 740})
        page.set_default_timeout(15_000)
        self.page, self.address = page, address
        self.wrong: list[str] = []
        page.context.on("console", self._listen)
        page.context.on("weberror", lambda error: self.wrong.append(str(error.error)))

    def open(self, path: str) -> Any:
        self.page.goto(f"{self.address}{path}")
        return self.page

    def look(self) -> None:
        """Note everything about the page as it stands that keeps somebody out."""
        found = violations(self.page, RULES)
        self.wrong += [f"{self.page.url}: {fault['id']} {fault['nodes'][0]['target']}" for fault in found]
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            self.wrong.append(f"{self.page.url} is wider than the screen")

    def wear(self, scheme: str) -> None:
        """Light or dark, with no colour still on its way from one to the other."""
        self.page.emulate_media(color_scheme=scheme)
        self.page.evaluate("() => Promise.all(document.getAnimations().map(one => one.finished))")

    def do(self, act: str, **typed: str) -> str:
        """Do an act by its own form; the message or the refusal that follows."""
        form = self.page.locator(f"details#{act}")
        if not form.evaluate("details => details.open"):
            form.locator("summary").click()
        for name, words in typed.items():
            form.locator(f"[name={name}]").fill(words)
        with self.page.expect_navigation():
            form.locator("button").click()
        return str(self.page.locator(".messagelist, .refusal").inner_text())

    def tab_to(self, wanted: str) -> list[str]:
        """Press Tab until `wanted` has the focus; what was out of sight when it had it (WCAG 2.2, 2.4.11)."""
        hidden = []
        for _ in range(80):
            self.page.keyboard.press("Tab")
            if not self.page.evaluate(IN_SIGHT):
                hidden.append(self.page.evaluate("document.activeElement.outerHTML.slice(0, 120)"))
            if self.page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
                return hidden
        return [f"{wanted} is not reached"]

    def _listen(self, message: Any) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.wrong.append(message.text)
