"""Drill A12: what follows from a provider's report, and that it follows once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from alerts.models import Consent, Delivery, Leaving, ProviderEvent, State, Subscriber, Suppression
from tests.alerts.readers import READER, follow, owed, reader
from tests.alerts.sending.outbox import Clock, due, mail_server, send
from tests.alerts.webhooks.reports import HEADERS, mailgun, post, postmark, use
from tests.newsdesk import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def accepted() -> Delivery:
    subscriber = reader()
    follow(subscriber)
    return owed(subscriber, state=State.ACCEPTED, begun_at=NOW, settled_at=NOW)


@pytest.fixture(autouse=True)
def _postmark(settings: Any) -> None:
    use(settings, "postmark")


def told(report: Any) -> None:
    assert post("postmark", report, **HEADERS).status_code == 200


class TestAHardBounce:
    def test_suppresses_the_address_and_takes_its_reader_out(self, accepted: Delivery):
        told(postmark("HardBounce", accepted))
        assert Suppression.objects.of_mail().get().reason == Suppression.Reason.BOUNCED
        assert Subscriber.objects.get().ended_reason == Leaving.BOUNCED

    def test_cancels_what_waits(self, accepted: Delivery):
        waiting = owed(accepted.subscriber, "edition:2")
        told(postmark("HardBounce", accepted))
        waiting.refresh_from_db()
        assert waiting.state == State.CANCELLED

    def test_is_heard_once_however_often_it_is_told(self, accepted: Delivery):
        for _ in range(10):
            told(postmark("HardBounce", accepted))
        counts = [ProviderEvent.objects.count(), Suppression.objects.count()]
        assert [*counts, Consent.objects.filter(act=Consent.Act.LEFT).count()] == [1, 1, 1]

    def test_names_its_mail(self, accepted: Delivery):
        told(postmark("HardBounce", accepted))
        assert ProviderEvent.objects.get().delivery == accepted

    def test_of_an_address_that_nobody_knows_is_only_noted(self):
        told(postmark("HardBounce", Email="nobody@mail.example"))
        assert ProviderEvent.objects.get().kind == "bounced"

    def test_blocks_the_next_send(self, settings: Any):
        delivery = due(READER, state=State.ACCEPTED, begun_at=NOW, settled_at=NOW)
        told(postmark("HardBounce", delivery))
        due("other@mail.example", "edition:2")
        owed(delivery.subscriber, "edition:2")
        with mail_server(settings) as server:
            send(Clock())
            assert [mail.recipient for mail in server.received] == ["other@mail.example"]

    @pytest.mark.parametrize("number", ["1\x00", "n" * 300, ""])
    def test_is_heard_once_whatever_its_number_looks_like(self, accepted: Delivery, number: str):
        for _ in range(2):
            told(postmark("HardBounce", accepted, ID=number, Details="550\x00 5.1.1"))
        assert ProviderEvent.objects.count() == 1 and Suppression.objects.get().detail == "550 5.1.1"


class TestASoftBounce:
    @pytest.mark.parametrize("kind", ["SoftBounce", "Transient", "DnsError", "Blocked", "AutoResponder"])
    def test_is_noted_and_nothing_else(self, accepted: Delivery, kind: str):
        told(postmark(kind, accepted))
        assert ProviderEvent.objects.count() == 1
        assert Subscriber.objects.staying().exists() and not Suppression.objects.exists()


class TestAComplaint:
    def test_suppresses_the_address_and_takes_its_reader_out(self, accepted: Delivery):
        told(postmark("SpamComplaint", accepted))
        assert Suppression.objects.of_mail().get().reason == Suppression.Reason.COMPLAINED
        assert Subscriber.objects.get().ended_reason == Leaving.COMPLAINED


class TestADelivery:
    @pytest.mark.parametrize("state", [State.UNCERTAIN, State.RETRY])
    def test_settles_what_nobody_was_sure_of(self, state: str):
        delivery = owed(reader(), state=state, begun_at=NOW)
        told(postmark("Delivery", delivery))
        delivery.refresh_from_db()
        assert delivery.state == State.ACCEPTED

    @pytest.mark.parametrize("state", [State.READY, State.CANCELLED, State.FAILED])
    def test_leaves_the_others_alone(self, state: str):
        delivery = owed(reader(), state=state)
        told(postmark("Delivery", delivery))
        delivery.refresh_from_db()
        assert delivery.state == state

    def test_is_heard_once_though_it_has_no_number(self, accepted: Delivery):
        for _ in range(10):
            told(postmark("Delivery", accepted))
        assert ProviderEvent.objects.count() == 1

    def test_of_a_mail_that_was_never_ours_changes_nothing(self, accepted: Delivery):
        uncertain = owed(accepted.subscriber, "edition:2", state=State.UNCERTAIN, begun_at=NOW)
        for forged in ("<1.1@elsewhere.example>", "<9999.9999999999999999@testserver>", "x", "<>", 7, None):
            told(postmark("Delivery", Metadata={"message_id": forged}))
        uncertain.refresh_from_db()
        assert uncertain.state == State.UNCERTAIN

    def test_is_known_by_the_message_id_alone(self, settings: Any):
        use(settings, "mailgun")
        delivery = owed(reader(), state=State.UNCERTAIN, begun_at=NOW)
        assert post("mailgun", mailgun("delivered", delivery)).status_code == 200
        delivery.refresh_from_db()
        assert delivery.state == State.ACCEPTED


@pytest.mark.django_db(transaction=True)
def test_ten_at_once_are_heard_once():
    delivery = owed(reader(), state=State.ACCEPTED, begun_at=NOW, settled_at=NOW)
    report = postmark("HardBounce", delivery)

    def tell(_: int) -> int:
        try:
            return post("postmark", report, **HEADERS).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert set(pool.map(tell, range(10))) == {200}
    counts = [ProviderEvent.objects.count(), Suppression.objects.count()]
    assert [*counts, Consent.objects.filter(act=Consent.Act.LEFT).count()] == [1, 1, 1]
    assert Subscriber.objects.get(address=READER).ended_reason == Leaving.BOUNCED
