"""Drill F1 for mails, small: as a mail program shows them, on a phone, light and dark; and on the desk in a frame."""

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alerts.admin.mail_samples import BY_NAME, newest, of_story
from alerts.models import Delivery
from drills._judging import SCHEMES, WIDER, judged
from drills.f1_mails import IN_COLOUR, MORE, RULES, WIDTHS
from tests.newsdesk import Cast, author, published

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

LONG = "Interdepartmental Unverantwortlichkeitsvermutungsregelungen " + "postponed " * 6
KINDS = ("story", "correction", "retraction", "removal", "newsletter", "confirm")


def test_nothing_is_wrong_with_any_kind_of_mail(cast: Cast, page: Any) -> None:
    now = timezone.now()
    people = [
        author(),
        author("Bartholomew Featherstonehaugh-Cholmondeley", "Interoperability Correspondent"),
    ]
    published(cast, now=now, headline=LONG, kind="opinion", kicker="A reply", authors=people)
    edition = newest(now)
    assert edition is not None
    wrong = []
    for kind in KINDS:
        page.set_content(of_story(BY_NAME[kind], edition, now).html)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            wrong += [f"{kind} is wider than {width}"] if page.evaluate(WIDER) else []
        for rules, scheme in ((RULES, SCHEMES[0]), (MORE, SCHEMES[0]), (IN_COLOUR, SCHEMES[1])):
            page.emulate_media(color_scheme=scheme)
            wrong += [f"{kind}, {scheme}: {fault}" for fault in judged(page, rules)]
    assert wrong == []


def test_an_editor_looks_at_a_mail_and_has_it_sent(cast: Cast, live_server: Any, page: Any) -> None:
    published(cast, now=timezone.now())
    client = Client()
    client.force_login(cast.editor)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text))
    page.goto(live_server.url + reverse("admin:alerts_mails"))
    page.get_by_role("link", name="A correction").click()
    heading = page.frame_locator("iframe").get_by_role("heading", level=1)
    assert heading.inner_text() == "Council puts its records in one place"
    page.get_by_role("link", name="Dark", exact=True).click()
    colour = page.frame_locator("iframe").locator("h1").evaluate("one => getComputedStyle(one).color")
    assert colour == "rgb(236, 231, 220)"
    assert list(judged(page, RULES)) == []
    page.get_by_role("button", name="Send a test to myself").click()
    page.get_by_text("A test is on its way to editor@newsroom.example.").wait_for()
    assert Delivery.objects.get().user == cast.editor
    assert complaints == []
