"""Preferences in Chromium, whose forms from these pages name no origin: changed, left, come back."""

import pytest

from alerts.leaving import erase, leave
from alerts.links import manage_path, unsubscribe_path
from alerts.models import Frequency, Leaving, Subscriber
from drills._judging import faults, judge
from drills._walking import Walker
from tests.alerts.readers import follow, reader
from tests.newsdesk import NOW, topic

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def one() -> Subscriber:
    someone = reader()
    follow(someone)
    follow(someone, topic(), Frequency.AT_ONCE)
    return someone


def press(page, words: str) -> None:
    page.get_by_role("button", name=words, exact=True).click()


class TestOnesPreferences:
    def test_are_changed_by_keyboard(self, live_server, page, one):
        walker = Walker(page, live_server.url)
        walker.open(manage_path(one))
        walker.to("#often-everything")
        page.keyboard.press("w")  # Weekly
        walker.to("button", saying="Save changes")
        page.keyboard.press("Enter")
        assert page.get_by_role("status").inner_text() == "Your changes are saved."
        assert one.subscriptions.current().get(follows="everything").frequency == Frequency.WEEKLY
        assert walker.wrong == []

    def test_lead_from_an_error_to_what_is_wrong(self, live_server, page, one):
        page.goto(live_server.url + manage_path(one))
        page.get_by_label("A topic", exact=True).fill("Nothing")
        press(page, "Follow")
        page.get_by_role("link", name="We have no topic called “Nothing”").click()
        assert page.evaluate("document.activeElement.id") == "more-topic"


class TestLeaving:
    def test_is_one_press_and_so_is_coming_back(self, live_server, page, one):
        page.goto(live_server.url + unsubscribe_path(one))
        press(page, "Stop all mail")
        assert page.get_by_role("heading", level=1).inner_text() == "You have left"
        assert not Subscriber.objects.staying().exists()
        press(page, "Come back")
        assert "Welcome back" in page.get_by_role("status").inner_text()
        assert one.subscriptions.current().count() == 2

    def test_is_on_the_page_of_preferences_too(self, live_server, page, one):
        page.goto(live_server.url + manage_path(one))
        press(page, "Stop all mail")
        assert page.get_by_role("heading", level=1).inner_text() == "You have left"

    def test_can_be_for_good(self, live_server, page, one):
        page.goto(live_server.url + manage_path(one))
        page.get_by_role("link", name="Erase all of it").click()
        press(page, "Erase everything")
        assert "your address is erased" in page.locator("main").inner_text()
        assert page.context.cookies() == []


class TestEveryPage:
    def test_passes_axe_and_fits(self, live_server, page, one):
        gone, erased = reader("gone@mail.example"), reader("erased@mail.example")
        leave(gone, reason=Leaving.UNSUBSCRIBED, how="", now=NOW)
        erase(erased, how="", now=NOW)
        paths = [
            manage_path(one),
            f"{manage_path(one)}erase/",
            unsubscribe_path(one),
            unsubscribe_path(gone),
            manage_path(erased),
            "/alerts/unsubscribe/nothing/",
        ]
        assert [fault for path in paths for fault in judge(page, live_server.url + path)] == []

    def test_passes_axe_when_something_is_wrong(self, live_server, page, one):
        page.goto(live_server.url + manage_path(one))
        press(page, "Follow")
        press(page, "Pause")
        assert page.get_by_role("alert").is_visible()
        assert list(faults(page)) == []
