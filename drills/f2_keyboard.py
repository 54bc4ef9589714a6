"""Drill F2, the keyboard: seven journeys in Chromium without a mouse, readers' ones on a phone's width too.

Passes when each is walked to its end and wherever the focus stops it is seen, in sight, and 24 px large (WCAG 2.2:
2.1.1, 2.1.2, 2.4.7, 2.4.11, 2.5.8). `python -m drills.f2_keyboard`
"""

import sys
from collections.abc import Iterator
from typing import Any

from benchmarks import _site
from drills._walking import DESK, READERS, Journey, Lost, Walker


def main() -> int:
    from playwright.sync_api import sync_playwright

    from tests.browsing import launch

    with _site.scratch("sqlite") as site:
        site.environ["REQUIRE_SECOND_FACTOR"] = "off"
        site.run("-m", "drills._gallery")
        with (
            _site.served(site.environ, "newsroom.wsgi:application") as server,
            sync_playwright() as playwright,
        ):
            browser = launch(playwright)
            wrong = list(walk(browser, f"http://127.0.0.1:{server.port}"))
            browser.close()
    for fault in wrong:
        print(f"   - {fault}")
    return bool(wrong)


def walk(browser: Any, site: str) -> Iterator[str]:
    """Walk every journey; say what was wrong on the way."""
    for width, journeys in ((320, READERS), (1280, (*READERS, *DESK))):
        for journey in journeys:
            context = browser.new_context(locale="en-GB", viewport={"width": width, "height": 800})
            walker = Walker(context.new_page(), site)
            yield from walked(walker, journey)
            print(f"   {journey.__name__.replace('_', ' ')}, {width}px: {walker.stops} stops")
            context.close()


def walked(walker: Walker, journey: Journey) -> list[str]:
    """Walk one journey; its faults, that it came to no end among them."""
    from playwright.sync_api import Error

    try:
        journey(walker)
    except (Lost, Error) as lost:
        return [*walker.wrong, f"{journey.__name__}: {lost}"]
    return walker.wrong


if __name__ == "__main__":
    sys.exit(main())
