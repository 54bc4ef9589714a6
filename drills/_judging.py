"""What a browser can tell of a page: what axe finds, what does not fit, moves, sticks, or comes from elsewhere."""

from collections.abc import Iterator
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = (320, 1280)
SCHEMES = ("light", "dark")

#: Of axe's rules, those that colour can change: what a page says of its structure is the same in the dark.
OF_COLOUR = ["color-contrast", "link-in-text-block"]

#: Layout shifts since the page began to load (Layout Instability API), by hand: nobody waits for the next one.
WATCH = (
    "new PerformanceObserver(l => l.getEntries().forEach(e => window.moved = (window.moved || 0) + e.value))"
)
WATCH += ".observe({type: 'layout-shift', buffered: true})"
MOVED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(window.moved || 0))))"

#: WCAG 2.2, 1.4.12: what readers may set for themselves.
SPACING = """() => {
  const set = new CSSStyleSheet();
  set.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
                   p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = [set];
}"""
WIDER = "document.documentElement.scrollWidth > innerWidth"
STUCK = """[...document.querySelectorAll('body *')]
  .filter(one => ['fixed', 'sticky'].includes(getComputedStyle(one).position)).map(one => one.outerHTML.slice(0, 80))"""
#: Words cut off at the edge of a box that does not scroll.
CUT = """[...document.querySelectorAll('main :is(h1, h2, h3, p, li, a, figcaption, label, button)')].filter(one =>
  one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === 'hidden' && one.clientWidth > 1
).map(one => one.outerHTML.slice(0, 80))"""


def judge(page: Any, address: str, *, all_rules: bool = False) -> Iterator[str]:
    """Open a page on a phone and on a desk, and look at each in the light and in the dark; say what is wrong."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=SCHEMES[0])
        page.goto(address)
        where = f"{address} at {width}px"
        if page.evaluate(WIDER):
            yield f"{where}: is wider than the screen"
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            rules = None if all_rules or scheme == SCHEMES[0] else OF_COLOUR
            yield from (f"{where}, {scheme}: {fault}" for fault in faults(page, rules))


def judge_as_it_stands(page: Any) -> Iterator[str]:
    """Look at a page of one column that cannot be opened again, as what answers a form; say what is wrong."""
    for width in reversed(WIDTHS):
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate(WIDER):
            yield f"{page.url} at {width}px: is wider than the screen"
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        rules = None if scheme == SCHEMES[0] else OF_COLOUR
        yield from (f"{page.url}, {scheme}: {fault}" for fault in faults(page, rules))


def faults(page: Any, rules: list[str] | None = None) -> Iterator[str]:
    """Name what axe finds, by all rules of TAGS or by some."""
    yield from judged(page, {"type": "rule", "values": rules} if rules else {"type": "tag", "values": TAGS})


def judged(page: Any, only: dict[str, Any]) -> Iterator[str]:
    """Name what axe finds by just these rules, as its `runOnly` has them."""
    for violation in violations(page, {"runOnly": only}):
        for node in violation["nodes"]:
            yield f"{violation['id']} {node['target']} {node['failureSummary']}"


def violations(page: Any, options: dict[str, Any]) -> list[dict[str, Any]]:
    """Run axe, which a page is given once, and take over from the browser what is wrong and nothing else."""
    page.wait_for_load_state("load")  # without its styles a page has other colours and sizes
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    asked = {**options, "resultTypes": ["violations"]}
    found: list[dict[str, Any]] = page.evaluate("asked => axe.run(asked).then(all => all.violations)", asked)
    return found


def stands_still(page: Any, address: str) -> Iterator[str]:
    """Say what moves, sticks, is cut off, or does not fit when a reader spaces the words (WCAG 2.2, 1.4.10, 1.4.12)."""
    page.goto(address, wait_until="load")
    page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
    if moved := page.evaluate(MOVED):
        yield f"{address}: moves by {moved:.3f}"
    yield from (f"{address}: sticks: {one}" for one in page.evaluate(STUCK))
    page.set_viewport_size({"width": WIDTHS[0], "height": 900})
    page.evaluate(SPACING)
    if page.evaluate(WIDER):
        yield f"{address}: is wider than the screen with its words spaced"
    yield from (f"{address}: cut off: {one}" for one in page.evaluate(CUT))
    page.set_viewport_size({"width": WIDTHS[-1], "height": 900})
