"""Two who ask, or press a button, at the same moment get no more than one after the other would."""

import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from alerts.hashes import address_hash
from alerts.models import Consent, Registration, Subscriber, Subscription
from alerts.registering.confirming import confirm
from tests.alerts.registering import ADDRESS, ask, link, mails

pytestmark = pytest.mark.django_db(transaction=True)


class TestAsking:
    def test_two_requests_for_an_address_make_one_mail(self) -> None:
        codes = together(8, lambda number: ask(Client(), network=f"192.0.2.{number}").status_code)
        assert codes == [302] * 8
        assert mails() == Registration.objects.count() == 1

    def test_a_network_gets_no_more_than_its_share(self) -> None:
        for number in range(16):
            ask(Client(), f"before{number}@example.org")
        codes = together(8, lambda number: ask(Client(), f"a{number}@example.org").status_code)
        assert sorted(codes) == [302] * 4 + [429] * 4
        assert mails() == 20


class TestConfirming:
    def test_a_button_pressed_by_two_is_pressed_once(self) -> None:
        ask(Client())
        path = link()
        assert together(6, lambda number: Client().post(path).status_code) == [302] * 6
        assert Consent.objects.count() == Subscriber.objects.count() == Subscription.objects.count() == 1

    def test_two_links_of_one_address_make_one_subscriber(self) -> None:
        asked = [self._asked(frequency) for frequency in ("daily", "weekly") * 3]
        together(6, lambda number: confirm(asked[number], now=timezone.now()))
        assert Subscriber.objects.count() == Subscription.objects.current().count() == 1
        assert Consent.objects.count() == 6

    def _asked(self, frequency: str) -> Registration:
        return Registration.objects.create(
            address=ADDRESS,
            address_hash=address_hash(ADDRESS),
            choices={"everything": True},
            frequency=frequency,
            requested_at=timezone.now(),
            wording=1,
        )


def together(count: int, do: Any) -> list[Any]:
    """Do it `count` times, all at the same moment."""
    gate, answers = threading.Barrier(count), []

    def one(number: int) -> None:
        try:
            gate.wait()
            answers.append(do(number))
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
