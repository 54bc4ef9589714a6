"""The share buttons in a real browser: they copy the story's own address, move nothing, and are not missed."""

from typing import Any

import pytest

from tests.newsdesk import NOW, Cast, published

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESS = "/articles/council-puts-its-records-in-one-place/"
SHIFTS = """() => new Promise(done => new PerformanceObserver(list => done(list.getEntries().map(one => one.value)))
  .observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done([]), 300))"""


@pytest.fixture
def story(cast: Cast) -> None:
    published(cast, now=NOW.replace(year=2025))


@pytest.mark.usefixtures("story")
class TestTheButtons:
    def test_copy_by_keyboard_and_say_so(self, live_server: Any, page: Any) -> None:
        complaints: list[str] = []
        page.on("console", lambda line: complaints.append(line.text))
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"{live_server.url}{ADDRESS}?utm_source=mail#content")
        assert page.evaluate(SHIFTS) == []
        page.get_by_role("button", name="Copy link").press("Enter")
        page.get_by_role("status").get_by_text("Copied", exact=True).wait_for()
        canonical = page.locator("link[rel=canonical]").get_attribute("href")
        assert page.evaluate("navigator.clipboard.readText()") == canonical
        assert complaints == []
        page.emulate_media(media="print")
        assert not page.get_by_role("button", name="Copy link").is_visible()

    def test_select_the_address_where_nothing_may_be_copied(self, live_server: Any, page: Any) -> None:
        page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
        page.goto(live_server.url + ADDRESS)
        page.get_by_role("button", name="Copy link").click()
        page.get_by_role("status").get_by_text("selected below").wait_for()
        assert page.evaluate("getSelection().toString()").endswith(ADDRESS)

    def test_are_not_there_without_scripts(self, live_server: Any, chromium: Any) -> None:
        context = chromium.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(live_server.url + ADDRESS)
        assert page.get_by_role("button").count() == 0
        assert page.get_by_role("link", name="LinkedIn").is_visible()
        context.close()
