"""How long a session lasts, and that nothing but its person keeps it alive."""

from datetime import timedelta
from typing import Any

import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from tests.accounts.conftest import PASSWORD
from tests.newsdesk import NOW, Cast

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BY_SCRIPT = {"Sec-Fetch-Mode": "cors"}


def signed_in(cast: Cast, **more: str) -> Client:
    client = Client()
    with time_machine.travel(NOW, tick=False):
        client.post("/accounts/login/", {"login": cast.editor.email, "password": PASSWORD, **more})
        assert client.get("/admin/").status_code == 200
    return client


def looks(client: Client, after: timedelta, **more: Any) -> bool:
    with time_machine.travel(NOW + after, tick=False):
        return client.get("/admin/", **more).status_code == 200


class TestAShift:
    def test_ends_when_nobody_was_there_for_four_hours(self, cast: Cast) -> None:
        client = signed_in(cast)
        assert looks(client, 3.9 * HOUR)
        assert looks(client, 7.8 * HOUR)
        with time_machine.travel(NOW + 11.9 * HOUR, tick=False):
            assert "Your session is over" in client.get("/admin/", follow=True).text
        assert not Session.objects.exists()

    def test_ends_after_sixteen_hours_whoever_is_there(self, cast: Cast) -> None:
        client = signed_in(cast)
        assert all(looks(client, hours * HOUR) for hours in (3, 6, 9, 12, 15))
        assert not looks(client, 16.1 * HOUR)

    def test_is_not_kept_alive_by_a_page_that_was_left_open(self, cast: Cast) -> None:
        client = signed_in(cast)
        assert all(looks(client, hours * HOUR, headers=BY_SCRIPT) for hours in (1, 2, 3, 3.9))
        assert not looks(client, 4.1 * HOUR)


class TestKeptSignedIn:
    def test_ends_after_three_days_of_nothing_and_after_fourteen_in_all(self, cast: Cast) -> None:
        client = signed_in(cast, remember="on")
        assert all(looks(client, days * DAY) for days in (2, 4, 6, 8, 10, 12, 13.5))
        assert not looks(client, 14.1 * DAY)
        assert not looks(signed_in(cast, remember="on"), 3.1 * DAY)


class TestWriting:
    def test_happens_once_in_five_minutes(self, cast: Cast, django_assert_num_queries: Any) -> None:
        client = signed_in(cast)
        with time_machine.travel(NOW + timedelta(minutes=4), tick=False), django_assert_num_queries(2):
            client.get("/accounts/logout/")
