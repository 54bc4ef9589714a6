"""Drill E13: nobody learns from an answer, or from the work it takes, whether an address is known to us."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from alerts import links
from alerts.hashes import address_hash
from alerts.models import Registration, Subscriber, Suppression
from articles import navigation
from tests.alerts.registering import ADDRESS, ask, link, registered
from tests.pages.reading import read

pytestmark = pytest.mark.django_db

KNOWN, LEFT, REFUSING, UNKNOWN = (f"{name}@example.org" for name in ("known", "left", "refusing", "unknown"))


@pytest.fixture(autouse=True)
def _addresses(db: None, client: Client) -> None:
    for address in (KNOWN, LEFT):
        registered(client, address)
    now = timezone.now()
    Registration.objects.all().delete()
    Subscriber.objects.filter(address=LEFT).update(ended_at=now, ended_reason="unsubscribed")
    Suppression.objects.create(address_hash=address_hash(REFUSING), reason="complained", at=now)
    navigation.sections()


def lost(client: Client, address: str) -> Any:
    return client.post("/alerts/manage/", {"address": address})


@pytest.mark.parametrize("send", [ask, lost])
class TestDrillE13:
    def test_the_answers_and_the_work_are_the_same(self, client: Client, send: Any) -> None:
        told = [self._told(client, send, address) for address in (KNOWN, LEFT, REFUSING, UNKNOWN)]
        assert told == [told[0]] * len(told)

    def _told(self, client: Client, send: Any, address: str) -> tuple[Any, ...]:
        with CaptureQueriesContext(connection) as captured:
            answer = send(client, address)
        kept = {name: value for name, value in answer.headers.items() if name != "X-Request-ID"}
        work = [re.sub(r"'[^']*'|-?[0-9]+", "…", query["sql"]) for query in captured]
        return answer.status_code, answer.content, kept, work


class TestALostLink:
    def test_is_sent_by_mail_alone(self, client: Client) -> None:
        page = read(client, "/alerts/manage/")
        assert page.headings(1) == ["Get the link to your preferences"]
        answer = lost(client, KNOWN)
        assert answer.headers["Location"] == "/alerts/check-your-inbox/"
        asked = Registration.objects.get()
        (letter,) = asked.notices.get().letters.all()
        assert (asked.purpose, letter.variant) == ("manage", "manage")

    def test_leads_to_the_preferences_whoever_has_some(self, client: Client) -> None:
        for address in (KNOWN, LEFT):
            lost(client, address)
            answer = client.get(link(address))
            reader = Subscriber.objects.get(address=address)
            assert (answer.status_code, answer.headers["Location"]) == (302, links.manage(reader))

    def test_says_in_the_mailbox_alone_that_nobody_is_known(self, client: Client) -> None:
        lost(client, UNKNOWN)
        page = read(client, link(UNKNOWN), 404)
        assert page.headings(1) == ["We send nothing to this address"]
        assert "/alerts/" in page.links()

    def test_needs_an_address(self, client: Client) -> None:
        answer = client.post("/alerts/manage/", {"address": "reader"})
        assert answer.status_code == 422
        assert "Enter an e-mail address such as name@example.org." in answer.text

    def test_answers_a_machine_the_same_and_keeps_nothing(self, client: Client) -> None:
        answer = client.post("/alerts/manage/", {"address": ADDRESS, "subject": "Cheap watches"})
        assert answer.headers["Location"] == "/alerts/check-your-inbox/"
        assert not Registration.objects.exists()

    def test_can_be_asked_for_where_nobody_can_register(self, client: Client, settings: Any) -> None:
        settings.ALERTS_OPEN = False
        lost(client, KNOWN)
        assert Registration.objects.exists()
