"""What a reader's phone gets of the demo: bytes, requests, cookies, and how fast and how still the pages appear.

A real Chromium asks a gunicorn with production settings, over a slow 4G line (1.6 Mbit/s, 150 ms) and on a processor
four times slower than this one. Each page is opened RUNS times with an empty cache. LCP is their median; TBT is the
best of them, because whatever else this machine is doing can only add to it, and is multiplied by four.
`python -m benchmarks.pages`. Exits with 1 where a page misses a bound of BOUNDS.
"""

import json
import os
import statistics
import sys
import zlib
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import brotli

from benchmarks import _site
from tests.browsing import launch

RUNS = int(os.environ.get("BENCH_RUNS") or 5)
PHONE = {"viewport": {"width": 412, "height": 823}, "device_scale_factor": 1.75, "is_mobile": True}
SLOW_4G = {"latency": 150, "downloadThroughput": 1_638_400 / 8, "uploadThroughput": 675_000 / 8}
SLOWER = 4

KB = 1000
#: The most that a page may come to; bytes are compressed with gzip, the lesser of what browsers take.
ALL = {
    "third party": 0,
    "cookies": 0,
    "CLS": 0,
    "LCP": 2500,
    "TBT": 200,
    "CSS": 12 * KB,
    "less without JS": 0,
}
BOUNDS = {"article": {"HTML": 15 * KB}, "front page": {"HTML": 20 * KB}}

#: Runs before the page's own: remembers what was painted, what moved and what kept the page from answering.
WATCH = """() => {
  const seen = window.__seen = {lcp: 0, cls: 0, tbt: 0};
  const watch = (type, take) =>
    new PerformanceObserver(list => list.getEntries().forEach(take)).observe({type, buffered: true});
  watch("largest-contentful-paint", entry => seen.lcp = entry.startTime);
  watch("layout-shift", entry => seen.cls += entry.hadRecentInput ? 0 : entry.value);
  watch("longtask", entry => seen.tbt += Math.max(0, entry.duration - 50));
}"""


@dataclass
class Visit:
    """One opening of a page with nothing kept from before."""

    bodies: dict[str, list[bytes]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    set_cookies: int = 0
    seen: dict[str, float] = field(default_factory=dict)


def main() -> int:
    with _site.scratch("sqlite") as site:
        site.environ.update(_site.ANEW)
        site.environ["DEMO_PASSWORD"] = "only-for-this-benchmark"
        site.run("manage.py", "seed_demo", "--force", "--verbosity=0")
        site.run("manage.py", "worker", "--once")  # the pictures' other sizes and formats
        asked = json.loads(site.run("-m", "benchmarks._queries"))
        with _site.served(site.environ, "newsroom.wsgi:application") as server:
            rows = measured(f"http://127.0.0.1:{server.port}", asked)
    print(f"   load of this machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    _site.table(list(rows[0]), [list(row.values()) for row in rows])
    missed = [said for row in rows for said in _missed(row)]
    print("   every bound is kept" if not missed else "   missed:", *missed, sep="\n   - ")
    _site.keep("pages", rows)
    return bool(missed)


def measured(url: str, asked: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = launch(playwright)
        rows = []
        for page, about in asked.items():
            visits = [visit(browser, url, about["path"]) for _ in range(RUNS)]
            gone = missing_without_scripts(browser, url + about["path"])
            rows.append({"page": page, **_row(visits, about["queries"]), "less without JS": gone})
        browser.close()
    return rows


def visit(browser: Any, url: str, path: str) -> Visit:
    found = Visit()
    context = browser.new_context(**PHONE)
    context.add_init_script(f"({WATCH})()")
    page = context.new_page()
    devtools = context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", {"offline": False, **SLOW_4G})
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    answers: list[Any] = []

    def heard(answer: Any) -> None:
        answers.append(answer)

    page.on("response", heard)
    page.goto(url + path, wait_until="load")
    page.wait_for_timeout(1000)
    found.seen = page.evaluate("window.__seen")
    found.set_cookies = len(context.cookies())
    for answer in answers:
        found.requests.append(answer.url)
        found.set_cookies += "set-cookie" in answer.headers
        found.bodies.setdefault(answer.request.resource_type, []).append(answer.body())
    context.close()
    return found


def missing_without_scripts(browser: Any, address: str) -> int:
    """Count the words that a reader without scripts does not get."""
    texts = []
    for scripts in (True, False):
        context = browser.new_context(**PHONE, java_script_enabled=scripts)
        page = context.new_page()
        page.goto(address, wait_until="load")
        # A button that does nothing without a script is rightly not there.
        page.locator("main button").evaluate_all("buttons => buttons.forEach(each => each.remove())")
        texts.append(page.inner_text("main").split())
        context.close()
    return len(set(texts[0]) - set(texts[1]))


def _row(visits: list[Visit], queries: int) -> dict[str, Any]:
    first = visits[0]
    html, css = first.bodies.get("document", []), first.bodies.get("stylesheet", [])
    scripts, pictures = first.bodies.get("script", []), first.bodies.get("image", [])
    own = urlsplit(first.requests[0]).netloc
    return {
        "queries": queries,
        "HTML, raw": sum(map(len, html)),
        "HTML": _gzipped(html),
        "HTML, brotli": sum(len(brotli.compress(body, quality=5)) for body in html),
        "CSS, raw": sum(map(len, css)),
        "CSS": _gzipped(css),
        "JS": _gzipped(scripts),
        "pictures": sum(map(len, pictures)),
        "requests": len(first.requests),
        "third party": sum(urlsplit(address).netloc != own for address in first.requests),
        "cookies": max(each.set_cookies for each in visits),
        "CLS": round(max(each.seen["cls"] for each in visits), 4),
        "LCP": round(statistics.median(each.seen["lcp"] for each in visits)),
        "TBT": round(min(each.seen["tbt"] for each in visits)),
    }


def _gzipped(bodies: list[bytes]) -> int:
    return sum(len(zlib.compress(body, 6, wbits=31)) for body in bodies)


def _missed(row: dict[str, Any]) -> list[str]:
    bounds = ALL | BOUNDS.get(row["page"], {})
    return [
        f"{row['page']}: {name} {row[name]:,}, at most {most:,}"
        for name, most in bounds.items()
        if row[name] > most
    ]


if __name__ == "__main__":
    sys.exit(main())
