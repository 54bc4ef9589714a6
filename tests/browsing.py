"""A real Chromium for the tests marked `browser`; scripts/test.py leaves them out where there is none."""

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

#: The one without windows first: it shows the same in two thirds of the time.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)


def path() -> str | None:
    """Where the browser is: as CHROMIUM says, or the first that is installed."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def launch(playwright: Any) -> Any:
    """Start it; of Playwright's asynchronous kind the answer is awaited."""
    return playwright.chromium.launch(executable_path=path(), args=ARGUMENTS)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """One browser for the run. Playwright keeps a loop in this thread, which Django must be told to bear."""
    from playwright.sync_api import sync_playwright

    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any) -> Iterator[Any]:
    """A fresh, signed-out page, as a British reader would open it."""
    context = chromium.new_context(locale="en-GB", timezone_id="Europe/London")
    yield context.new_page()
    context.close()
