"""The page behind "Register for alerts" as Chromium shows it, under the readers' policy."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


class TestThePage:
    def test_loads_without_a_complaint_from_the_browser(self, live_server, page):
        complaints = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("requestfailed", lambda request: complaints.append(request.url))
        page.goto(f"{live_server.url}/alerts/")
        assert page.get_by_role("heading", level=1).inner_text() == "Alerts and newsletter"
        assert complaints == []

    @pytest.mark.parametrize("width", [360, 1280])
    def test_fits_the_window(self, live_server, page, width):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{live_server.url}/alerts/")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
