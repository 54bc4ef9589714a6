"""A reader with a keyboard only. Wherever the focus stops it must be seen, be in sight, and be large enough."""

from collections.abc import Callable
from typing import Any

#: What is wrong where the focus is (WCAG 2.2: 2.4.7, 2.4.11, 2.5.8). Links in a sentence may be as low as its line.
STOP = """() => {
  const one = document.activeElement;
  if (one === document.body) return ['the focus is nowhere'];
  const style = getComputedStyle(one), box = one.getBoundingClientRect(), wrong = [];
  const frame = one.closest('.prose-editor, .select2-selection') || one;
  const drawn = (s) => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none';
  if (!drawn(style) && !drawn(getComputedStyle(frame))) wrong.push('shows no focus');
  const x = Math.min(Math.max(box.left + Math.min(box.width / 2, 8), 0), innerWidth - 1);
  const seen = [box.top + 2, (box.top + box.bottom) / 2, box.bottom - 2].some(y => {
    const there = document.elementFromPoint(x, y);
    return there !== null && (one.contains(there) || there.contains(one) || there.labels);
  });
  if (!seen) wrong.push('is out of sight');
  // A smaller target will do where nothing else is within 12 px of its middle, or where it stands in a line of text.
  const middle = {x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2};
  const near = (other) => {
    const its = other.getBoundingClientRect();
    const dx = Math.max(its.left - middle.x, 0, middle.x - its.right);
    const dy = Math.max(its.top - middle.y, 0, middle.y - its.bottom);
    return its.width > 0 && Math.hypot(dx, dy) < 12;
  };
  const others = [...document.querySelectorAll('a, button, input, select, summary')];
  const small = style.display !== 'inline' && Math.min(box.width, box.height) < 23.9;
  if (small && others.some(other => !other.contains(one) && !one.contains(other) && near(other)))
    wrong.push(`is ${box.width} by ${box.height}, with another close by`);
  return wrong.map(fault => `${location.pathname}: ${one.outerHTML.slice(0, 110)} ${fault}`);
}"""


class Lost(AssertionError):
    """Raised when what a journey needs is not reached by keyboard."""


class Walker:
    """Walks a page with Tab and Enter, noting each stop that is wrong."""

    def __init__(self, page: Any, site: str) -> None:
        self.page, self.site = page, site
        self.stops = 0
        self.wrong: list[str] = []

    def open(self, path: str) -> None:
        self.page.goto(f"{self.site}{path}")

    def to(self, wanted: str, *, saying: str = "", most: int = 120) -> None:
        """Press Tab until the focus is on what `wanted` selects, with these words in it or in its name."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            self._stop()
            if self.page.evaluate(_IS, [wanted, saying]):
                return
        raise Lost(f"{self.page.url}: {wanted} {saying} is not reached in {most} steps")

    def enter(self, wanted: str, *, saying: str = "") -> None:
        """Go to a link or a button and press Enter; the next page opens."""
        self.to(wanted, saying=saying)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)

    def says(self, words: str) -> None:
        """Expect these words on the page."""
        if words not in self.page.locator("body").inner_text():
            raise Lost(f"{self.page.url} does not say “{words}”")

    def _stop(self) -> None:
        self.stops += 1
        self.wrong += [fault for fault in self.page.evaluate(STOP) if fault not in self.wrong]


_IS = """([wanted, saying]) => {
  const one = document.activeElement;
  return one.matches(wanted) && (one.textContent + (one.getAttribute('aria-label') || '')).includes(saying);
}"""

Journey = Callable[[Walker], None]


def skips_to_the_story(walker: Walker) -> None:
    walker.open("/articles/corrected/")
    walker.to(".skip", most=1)
    walker.page.keyboard.press("Enter")
    walker.to("main a", most=1)


def finds_a_section_and_reads(walker: Walker) -> None:
    walker.open("/")
    walker.enter(".sections a", saying="Local Government")
    walker.enter(".stories a", saying="planning decisions")
    walker.says("The register opens to everybody on Monday")
    walker.to(".story-body a", saying="what it holds")


def searches_and_goes_back(walker: Walker) -> None:
    walker.open("/")
    walker.enter(".masthead-search a")
    walker.to("input[type=search]")
    walker.type("register")
    walker.to("select[name=section]")
    walker.type("Local")
    walker.enter(".search-limits button")
    if "section=local-government" not in walker.page.url:
        raise Lost(f"{walker.page.url} is not limited to the section")
    walker.enter(".stories a", saying="decisions")
    walker.says("opens to everybody on Monday")
    walker.page.go_back()
    walker.says("found")


def reads_what_was_changed(walker: Walker) -> None:
    walker.open("/articles/corrected/")
    walker.enter(".versions-link")
    walker.says("It is £4 million over ten years")
    if not walker.page.locator(".difference ins").count():
        raise Lost("no difference is shown")
    walker.enter("h1 a")


def shares(walker: Walker) -> None:
    walker.open("/articles/corrected/")
    walker.to(".share a", saying="E-mail")
    if not walker.page.evaluate("document.activeElement.href").startswith("mailto:"):
        raise Lost("no e-mail is offered")
    walker.to(".share a", saying="LinkedIn")
    walker.to(".share a", saying="WhatsApp")


def follows_a_topic(walker: Walker) -> None:
    walker.open("/articles/corrected/")
    walker.enter(".topics a", saying="Records")
    walker.enter("main a[href^='/alerts/']")
    walker.to("main input[type=email]")
    walker.type("reader@example.org")
    walker.enter(".asking button")
    walker.says("Check your inbox")


def sends_a_story_for_review(walker: Walker) -> None:
    walker.open("/admin/")
    walker.page.locator("input[type=email]").focus()
    walker.type("editor@newsroom.example")
    walker.to("input[type=password]")
    walker.type("correct horse battery")
    with walker.page.expect_navigation():
        walker.page.keyboard.press("Enter")
    walker.enter("a", saying="A draft to send")
    walker.to("button, input[type=submit]", saying="Save and send for review")
    with walker.page.expect_navigation():
        walker.page.keyboard.press("Enter")
    walker.says("Sent for review.")


READERS: tuple[Journey, ...] = (
    skips_to_the_story,
    finds_a_section_and_reads,
    searches_and_goes_back,
    reads_what_was_changed,
    shares,
    follows_a_topic,
)
DESK: tuple[Journey, ...] = (sends_a_story_for_review,)
