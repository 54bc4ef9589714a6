"""Drill E9, small: nobody can have us flood a mailbox, and no network can ask without end (full: drills/e9_bombing)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from alerts.models import Attempt, Registration
from alerts.registering import limits
from alerts.registering.sources import network
from tests.alerts.registering import ADDRESS, INBOX, ask, mails, registered
from tests.newsdesk import NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def asked_at(client: Client, moment: Any, **fields: Any) -> Any:
    with time_machine.travel(moment, tick=False):
        return ask(client, **fields)


@pytest.mark.django_db
class TestOneAddress:
    def test_gets_one_mail_a_day_and_three_a_week(self, client: Client) -> None:
        got = []
        for hours in range(0, 8 * 24, 3):
            before = mails()
            assert asked_at(client, NOW + hours * HOUR, network=f"192.0.2.{hours}").status_code == 302
            if mails() > before:
                got.append(hours)
        assert got == [0, 24, 48, 7 * 24]

    def test_that_confirmed_may_follow_more_the_same_day_and_three_a_week(self, client: Client) -> None:
        for number in range(3):
            registered(client)
            assert mails() == number + 1
        assert ask(client).headers["Location"] == INBOX
        assert mails() == 3

    def test_is_the_same_in_capitals(self, client: Client) -> None:
        for address in (ADDRESS, ADDRESS.upper(), f" {ADDRESS} "):
            assert ask(client, address).status_code == 302
        assert mails() == Registration.objects.count() == 1

    def test_answers_the_same_beyond_it(self, client: Client) -> None:
        first, second = ask(client), ask(client)
        assert (first.status_code, first.headers["Location"], first.content) == (
            second.status_code,
            second.headers["Location"],
            second.content,
        )

    def test_still_gets_the_link_to_its_preferences(self, client: Client) -> None:
        ask(client)
        for _ in range(3):
            client.post("/alerts/manage/", {"address": ADDRESS})
        assert [row.purpose for row in Registration.objects.order_by("pk")] == ["register", "manage"]


@pytest.mark.django_db
class TestOneNetwork:
    def test_is_told_to_wait_after_twenty_an_hour(self, client: Client) -> None:
        answers = [asked_at(client, NOW, address=f"a{number}@example.org") for number in range(60)]
        assert [answer.status_code for answer in answers] == [302] * 20 + [429] * 40
        assert mails() == 20
        refused = answers[-1]
        assert refused.headers["Retry-After"] == "3600"
        assert "Too many requests from your network" in refused.text
        assert asked_at(client, NOW + HOUR, address="later@example.org").headers["Location"] == INBOX

    def test_counts_whatever_came_of_it(self, client: Client) -> None:
        """Else who is not told to wait would learn that the address was asked for before."""
        codes = [asked_at(client, NOW).status_code for _ in range(21)]
        assert codes == [302] * 20 + [429]
        assert (
            client.post("/alerts/manage/", {"address": ADDRESS}, REMOTE_ADDR="192.0.2.9").status_code == 302
        )

    def test_is_the_whole_network_of_a_home(self) -> None:
        assert network("2001:db8:1:2::1") == network("2001:db8:1:2:ffff::9") != network("2001:db8:1:3::1")
        assert network("::ffff:192.0.2.7") == network("192.0.2.7") == "192.0.2.7"

    def test_is_told_by_the_proxy_where_there_is_one(self, client: Client, settings: Any) -> None:
        settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
        for number in range(25):
            headers = {"X-Forwarded-For": f"203.0.113.{number}, 198.51.100.{number}"}
            said = {"address": f"a{number}@example.org", "frequency": "daily", "everything": "on"}
            assert client.post("/alerts/", said, headers=headers).status_code == 302

    def test_is_not_what_a_visitor_says_where_there_is_none(self, client: Client) -> None:
        codes = []
        for number in range(21):
            said = {"address": f"a{number}@example.org", "frequency": "daily", "everything": "on"}
            answer = client.post("/alerts/", said, headers={"X-Forwarded-For": f"203.0.113.{number}"})
            codes.append(answer.status_code)
        assert codes == [302] * 20 + [429]

    def test_is_stored_as_a_hash_and_forgotten(self, client: Client) -> None:
        asked_at(client, NOW)
        assert len(Attempt.objects.get().source_hash) == 64
        limits.forget_old(NOW + HOUR)
        assert not Attempt.objects.exists()
