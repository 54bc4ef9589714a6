"""A reader registers, confirms from the mailbox, is told of a story, follows its link, wants less, and leaves by the
button of a mail program. A reader's browser, a manager's, a real mail server, and the worker."""

import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest
from django.utils import timezone

from alerts.models import Frequency, Subscriber
from articles.desk.working import Worker
from articles.models import Story
from newsroom import locations
from tests.journeys.steps import sign_in
from tests.mailserver import MailServer
from tests.newsdesk import Cast, approved, published

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

READER = "reader@example.org"


@pytest.fixture
def mailbox(settings: Any, live_server: Any) -> Iterator[MailServer]:
    settings.SITE_URL = live_server.url
    with MailServer() as server:
        settings.MAILERS = {"default": locations.mailer(server.url, base=Path())}
        yield server


class Reader:
    def __init__(self, page: Any, site: str, mailbox: MailServer) -> None:
        page.set_default_timeout(20_000)
        self.page, self.site, self.mailbox = page, site, mailbox

    def press(self, button: str) -> str:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button).click()
        self.page.wait_for_load_state("networkidle")
        return str(self.page.locator("h1").inner_text())

    def last_mail(self) -> EmailMessage:
        """What has just come. The worker works here, while the page is quiet: all share one connection."""
        self.page.wait_for_load_state("networkidle")
        Worker(poll=1).once()
        return self.mailbox.to(READER)[-1]

    def open_link(self, mail: EmailMessage, path: str) -> None:
        part = mail.get_body(("plain",))
        assert part is not None
        link = re.search(rf"{re.escape(self.site)}{path}[\w/-]*", part.get_content())
        assert link is not None
        self.page.goto(link[0])


@pytest.fixture
def reader(page: Any, live_server: Any, mailbox: MailServer) -> Reader:
    return Reader(page, live_server.url, mailbox)


def choose(reader: Reader, name: str, frequency: str) -> None:
    """Say on the page of preferences how often to be told of something."""
    reader.page.get_by_label(name).first.select_option(frequency)
    assert reader.press("Save changes") == "Your e-mail"
    assert reader.page.get_by_role("status").is_visible()


def publish_as_manager(chromium: Any, site: str, story: Story) -> None:
    page = chromium.new_context(locale="en-GB").new_page()
    page.set_default_timeout(20_000)
    sign_in(page, site, "manager@newsroom.example")
    page.goto(f"{site}/admin/articles/story/{story.pk}/review/")
    form = page.locator("details#publish")
    if not form.evaluate("details => details.open"):
        form.locator("summary").click()
    with page.expect_navigation():
        form.locator("button").click()
    assert "has been published" in page.locator(".messagelist").inner_text()
    page.wait_for_load_state("networkidle")
    page.context.close()


def test_registers_reads_wants_less_and_leaves(
    reader: Reader, chromium: Any, cast: Cast, live_server: Any
) -> None:
    first = published(cast, now=timezone.now())
    page, site = reader.page, reader.site

    page.goto(f"{site}/articles/{first.editions.get().slug}/")
    page.get_by_role("link", name="Register for alerts").first.click()
    page.get_by_label("E-mail address").fill(READER)
    page.get_by_label("Records").check()
    page.get_by_label("At once").check()
    assert reader.press("Register") == "Check your inbox"
    assert not Subscriber.objects.exists()

    reader.open_link(reader.last_mail(), "/alerts/confirm/")
    reader.press("Yes, send me these e-mails")
    subscriber = Subscriber.objects.get()
    assert subscriber.address == READER

    second = approved(cast, now=timezone.now(), headline="Archive opens its doors at night")
    publish_as_manager(chromium, site, second)
    alert = reader.last_mail()
    assert alert["Subject"] == "Archive opens its doors at night"
    reader.open_link(alert, "/articles/")
    assert page.locator("h1").inner_text() == "Archive opens its doors at night"

    reader.open_link(alert, "/alerts/manage/")
    choose(reader, "Records", "daily")
    assert subscriber.subscriptions.current().get(follows="topic").frequency == Frequency.DAILY
    choose(reader, "Records", "at_once")

    # As a mail program does it (RFC 8058), without a browser.
    address = alert["List-Unsubscribe"].strip("<>")
    with urlopen(Request(address, data=b"List-Unsubscribe=One-Click")) as answer:
        assert (answer.status, answer.url) == (200, address)
    publish_as_manager(chromium, site, approved(cast, now=timezone.now(), headline="Nobody is told of this"))
    assert reader.last_mail()["Subject"] == "Archive opens its doors at night"
    assert page.context.cookies() == []
