"""Drill F8, from the form to the erasure: the consent is whole, and afterwards a keyed hash is all there is."""

import pytest
from django.test import Client

from alerts.links import manage_path
from alerts.masking import without_addresses
from alerts.models import Consent, Subscriber
from alerts.wording import VERSIONS
from tests.alerts.readers import places_of
from tests.alerts.registering import ADDRESS, registered

pytestmark = pytest.mark.django_db


class TestDrillF8:
    @pytest.fixture
    def one(self, client: Client) -> Subscriber:
        registered(client, page="/alerts/?topic=records")
        registered(client, "Other@example.org")
        client.post(manage_path(Subscriber.objects.earliest("pk")), {"act": "pause", "until": "week"})
        return Subscriber.objects.earliest("pk")

    def test_a_consent_says_who_when_how_and_in_which_words(self, one: Subscriber):
        for consent in Consent.objects.all():
            assert consent.subscriber.address and consent.asked_at <= consent.confirmed_at
            assert consent.how.startswith("/alerts/") and consent.choices and consent.source_hash
            assert consent.wording in VERSIONS
        assert list(one.consents.order_by("pk").values_list("act", flat=True)) == ["registered", "changed"]

    def test_what_a_link_carried_along_is_not_kept(self, client: Client):
        registered(client, page="/alerts/?email=reader%40example.org&topic=nobody%40example.org")
        assert Consent.objects.get().how == "/alerts/"
        assert client.post(f"{manage_path(Subscriber.objects.get())}erase/").status_code == 200
        assert places_of("reader%40", "nobody%40", ADDRESS) == set()

    def test_nothing_but_a_hash_outlives_the_erasure(self, client: Client, one: Subscriber):
        sources = set(Consent.objects.values_list("source_hash", flat=True))
        assert places_of(ADDRESS) == {"Subscriber.address", "Registration.address"}
        assert client.post(f"{manage_path(one)}erase/").status_code == 200
        assert places_of(ADDRESS) == set()
        assert places_of(one.address_hash) == {"Subscriber.address_hash", "Suppression.address_hash"}
        assert not any(one.consents.exclude(source_hash="")) and sources
        assert Subscriber.objects.staying().get().address.casefold() == "other@example.org"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("550 5.1.1 <reader@example.org>: no such mailbox", "550 5.1.1 <…>: no such mailbox"),
        ("for Reader+news@bücher.example; unknown", "for …; unknown"),
        ("RCPT TO:<a@b>,<c@d> refused", "RCPT TO:<…>,<…> refused"),
        ("421 too many @ once", "421 too many @ once"),
    ],
)
def test_what_mail_servers_say_is_kept_without_addresses(said: str, kept: str):
    assert without_addresses(said) == kept
