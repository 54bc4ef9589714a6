"""Registering in Chromium, under the readers' policy: by people who press buttons, and by programs that only look."""

from typing import Any

import pytest

from alerts.models import Consent, Registration, Subscriber, Subscription
from drills._judging import WIDER, faults, judge
from tests.alerts.registering import ADDRESS, link

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

#: What is wrong is focused on where the form comes back.
AT_THE_PROBLEMS = "document.activeElement.classList.contains('problems')"


def send(page: Any, address: str) -> None:
    page.get_by_label("E-mail address").fill(address)
    page.get_by_role("button", name="Register").click()


def led_to(page: Any, heading: str) -> None:
    """Wait for the page that a press leads to."""
    page.get_by_role("heading", level=1, name=heading).wait_for()


class TestRegistering:
    def test_takes_a_form_and_a_button_and_no_cookie(self, live_server: Any, page: Any) -> None:
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("requestfailed", lambda request: complaints.append(request.url))
        page.goto(f"{live_server.url}/alerts/")
        send(page, ADDRESS)
        led_to(page, "Check your inbox")
        page.goto(live_server.url + link())
        page.get_by_role("button", name="Yes, send me these e-mails").click()
        led_to(page, "You are registered")
        assert Subscription.objects.get().follows == "everything"
        assert page.context.cookies() == [] and complaints == []

    def test_leads_from_what_is_wrong_to_where_it_is(self, live_server: Any, page: Any) -> None:
        page.goto(f"{live_server.url}/alerts/")
        send(page, "reader@")
        page.wait_for_function(AT_THE_PROBLEMS)
        page.get_by_role("link", name="Enter an e-mail address such as").click()
        assert page.evaluate("document.activeElement.name") == "address"
        assert page.get_by_label("E-mail address").input_value() == "reader@"
        assert "id_address_error" in page.get_by_label("E-mail address").get_attribute("aria-describedby")

    def test_hides_the_field_for_machines(self, live_server: Any, page: Any) -> None:
        page.goto(f"{live_server.url}/alerts/")
        assert not page.locator("[name=subject]").is_visible()
        assert page.get_by_role("textbox").count() == 1


class TestUnderAxe:
    """What no plain address leads to; the others are in tests/pages/test_accessibility.py."""

    def test_nothing_is_found(self, live_server: Any, page: Any) -> None:
        found: list[str] = []
        page.goto(f"{live_server.url}/alerts/")
        send(page, "reader@")
        page.wait_for_function(AT_THE_PROBLEMS)
        found += faults(page)
        page.set_viewport_size({"width": 320, "height": 800})
        found += ["wide"] * page.evaluate(WIDER)
        send(page, ADDRESS)
        led_to(page, "Check your inbox")
        path = live_server.url + link()
        found += judge(page, path)
        page.get_by_role("main").get_by_role("button").click()
        led_to(page, "You are registered")
        found += judge(page, path)
        assert found == []


class TestDrillE10:
    """Programs that check mail follow every link in it, some with a whole browser."""

    def test_looking_confirms_nothing(self, live_server: Any, page: Any) -> None:
        page.goto(f"{live_server.url}/alerts/")
        send(page, ADDRESS)
        led_to(page, "Check your inbox")
        path = live_server.url + link()
        for _ in range(2):
            page.goto(path, wait_until="load")
            page.mouse.move(200, 200)
            page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
        page.request.get(path)
        page.request.head(path)
        assert not Subscriber.objects.exists() and not Consent.objects.exists()
        assert Registration.objects.get().confirmed_at is None
        page.get_by_role("main").get_by_role("button").click()
        led_to(page, "You are registered")
        assert Subscriber.objects.get().address == ADDRESS
