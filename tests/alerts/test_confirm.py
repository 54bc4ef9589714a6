"""The link of a confirmation: opening it does nothing, its button does what was asked for, once."""

import random
import string
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from alerts import links, wording
from alerts.hashes import address_hash, source_hash
from alerts.models import Consent, Follows, Registration, Subscriber, Subscription, Suppression
from alerts.models.registrations import KEPT
from tests.alerts.registering import ADDRESS, ask, link, registered
from tests.newsdesk import MINUTE, NOW, Cast, author, published, section, topic
from tests.pages.reading import read

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW + MINUTE, tick=False) as travelling:
        yield travelling


def followed() -> set[tuple[str, str]]:
    """What is followed now, and how often."""
    rows = Subscription.objects.current().select_related("section", "topic", "author")
    return {(str(row.section or row.topic or row.author or "everything"), row.frequency) for row in rows}


def rows() -> list[dict[str, Any]]:
    """Everything that is known of subscribers."""
    return [
        row for model in (Subscriber, Subscription, Consent, Suppression) for row in model.objects.values()
    ]


class TestOpeningTheLink:
    def test_shows_what_was_asked_for_and_a_button(self, client: Client, cast: Cast) -> None:
        published(cast)
        ask(client, topic="records", author="ada-quill", frequency="weekly")
        page = read(client, link())
        for words in ("weekly e-mail", "Records (topic)", "Ada Quill (author)", wording.VERSIONS[1]):
            assert words in page.words()
        assert [button.text for button in page.main.iter("button")] == ["Yes, send me these e-mails"]

    def test_changes_nothing(self, client: Client) -> None:
        ask(client)
        path = link()
        for method in (client.get, client.head, client.get, client.options):
            method(path)
        assert not Subscriber.objects.exists() and not Consent.objects.exists()
        assert Registration.objects.get().confirmed_at is None

    def test_is_kept_out_of_caches_search_engines_and_referrers(self, client: Client) -> None:
        ask(client)
        for path in (link(), "/alerts/confirm/no-such-key/"):
            headers = client.get(path).headers
            assert headers["Cache-Control"] == "private, no-store"
            assert "noindex" in headers["X-Robots-Tag"]
            assert headers["Referrer-Policy"] == "no-referrer"

    def test_helps_who_comes_too_late(self, client: Client, clock: Any) -> None:
        ask(client)
        path = link()
        clock.shift(KEPT)
        page = read(client, path, 404)
        assert page.headings(1) == ["This link no longer works"]
        assert "/alerts/" in page.links()
        assert client.post(path).status_code == 404
        assert not Subscriber.objects.exists()


class TestTheButton:
    def test_makes_a_subscriber_of_what_was_chosen(self, client: Client, cast: Cast) -> None:
        published(cast)
        fields = {"topic": "records", "section": "local-government", "author": "ada-quill"}
        registered(client, everything="on", frequency="at_once", **fields)
        assert Subscriber.objects.get().address == ADDRESS
        what = {"everything", str(topic()), str(section()), str(author())}
        assert followed() == {(name, "at_once") for name in what}
        assert {row.follows for row in Subscription.objects.all()} == set(Follows.values)

    def test_needs_no_cookie(self) -> None:
        client = Client(enforce_csrf_checks=True)
        ask(client)
        answer = client.post(link(), headers={"Origin": "null", "Sec-Fetch-Site": "same-origin"})
        assert answer.status_code == 302 and not answer.cookies
        assert Subscriber.objects.exists()

    def test_says_what_it_did_and_leads_to_the_preferences(self, client: Client) -> None:
        path = registered(client)
        page = read(client, path)
        assert page.headings(1) == ["You are registered"]
        assert links.manage(Subscriber.objects.get()) in page.links()

    def test_does_nothing_more_when_pressed_again(self, client: Client, clock: Any) -> None:
        path = registered(client)
        before, once = rows(), read(client, path).words()
        clock.shift(DAY)
        assert client.post(path).headers["Location"] == path
        assert read(client, path).words() == once
        assert rows() == before

    def test_adds_to_what_is_followed_and_changes_only_how_often(
        self, client: Client, cast: Cast, clock: Any
    ) -> None:
        published(cast, topics=[topic(), topic("Open data")])
        registered(client, topic=["records", "open-data"], frequency="daily")
        clock.shift(DAY + MINUTE)
        registered(client, topic="records", section="local-government", frequency="at_once")
        assert followed() == {("Records", "at_once"), ("Open data", "daily"), ("Local Government", "at_once")}
        (ended,) = Subscription.objects.exclude(ended_at=None)
        assert (ended.topic, ended.frequency, ended.ended_reason) == (topic(), "daily", "changed")
        assert ended.ended_at == timezone.now()
        assert Subscriber.objects.count() == 1

    def test_leaves_a_pause_and_says_so(self, client: Client, clock: Any) -> None:
        registered(client)
        Subscriber.objects.update(paused_until=NOW + 30 * DAY)
        clock.shift(DAY + MINUTE)
        assert "You have paused our e-mails." in read(client, registered(client)).words()
        assert Subscriber.objects.get().paused_until == NOW + 30 * DAY

    def test_finds_the_address_whatever_its_capitals(self, client: Client, clock: Any) -> None:
        registered(client)
        clock.shift(DAY + MINUTE)
        registered(client, "Reader@EXAMPLE.org")
        assert Subscriber.objects.get().address == ADDRESS


class TestComingBack:
    def test_begins_anew_under_the_same_key(self, client: Client, clock: Any) -> None:
        path = registered(client)
        before = Subscriber.objects.get()
        self._leave(before)
        assert read(client, path, 404).headings(1) == ["This link no longer works"]
        clock.shift(DAY + MINUTE)
        registered(client)
        after = Subscriber.objects.get()
        assert (after.key, after.public_id) == (before.key, before.public_id)
        assert (after.ended_at, after.ended_reason, after.paused_until) == (None, "", None)
        assert after.confirmed_at == timezone.now()
        assert followed() == {("everything", "daily")}
        assert not Suppression.objects.in_force().exists()

    def test_is_not_done_by_the_link_one_left_with(self, client: Client) -> None:
        path = registered(client)
        self._leave(Subscriber.objects.get())
        assert client.post(path).headers["Location"] == path
        assert not Subscriber.objects.staying().exists()

    def test_after_the_address_was_erased_is_a_new_beginning(self, client: Client, clock: Any) -> None:
        registered(client)
        gone = Subscriber.objects.get()
        self._leave(gone)
        Subscriber.objects.update(address="", erased_at=timezone.now())
        clock.shift(DAY + MINUTE)
        registered(client)
        assert Subscriber.objects.staying().get().pk != gone.pk

    def _leave(self, subscriber: Subscriber) -> None:
        now = timezone.now()
        Subscription.objects.current().update(ended_at=now, ended_reason="unsubscribed")
        Subscriber.objects.update(ended_at=now, ended_reason="unsubscribed", paused_until=now + DAY)
        Suppression.objects.create(address_hash=subscriber.address_hash, reason="left", at=now)


class TestDrillF8:
    def test_the_consent_says_who_when_how_to_what_and_in_which_words(
        self, client: Client, clock: Any, cast: Cast
    ) -> None:
        published(cast)
        ask(client, page="/alerts/?topic=records", topic="records", network="192.0.2.77")
        asked_at = timezone.now()
        clock.shift(MINUTE)
        client.post(link())
        consent = Consent.objects.select_related("subscriber").get()
        assert consent.subscriber.address_hash == address_hash(ADDRESS)
        assert (consent.act, consent.asked_at, consent.confirmed_at) == (
            "registered",
            asked_at,
            timezone.now(),
        )
        assert (consent.how, consent.wording) == ("/alerts/?topic=records", wording.CURRENT)
        assert consent.source_hash == source_hash("192.0.2.77")
        nothing_else = {"everything": False, "sections": [], "authors": []}
        assert consent.choices == {**nothing_else, "topics": [topic().pk], "frequency": "daily"}

    def test_a_version_of_the_sentence_is_never_changed(self) -> None:
        """Whoever words it anew adds a version, and a line here."""
        assert wording.VERSIONS == {
            1: "By pressing the button I ask for these e-mails. I can change what I get, or leave, at any time by a "
            "link in every one of them; my address is erased 28 days after I leave."
        }


class TestDrillE12:
    def test_no_other_key_opens_or_confirms_anything(self, client: Client) -> None:
        ask(client)
        key = Registration.objects.get().key
        assert len(bytes.fromhex(key)) * 8 == 256
        dice = random.Random(12)
        for _ in range(200):
            place, sign = dice.randrange(len(key)), dice.choice(string.hexdigits)
            changed = key[:place] + sign + key[place + 1 :]
            assert changed == key or client.post(f"/alerts/confirm/{changed}/").status_code == 404
        for odd in (key.upper(), key[:-1], key + "0", "x" * 5_000, "%C3%A9", "..", "' OR 1=1 --"):
            assert client.get(f"/alerts/confirm/{odd}/").status_code == 404
        assert not Subscriber.objects.exists()

    def test_a_key_for_another_purpose_confirms_nothing(self, client: Client) -> None:
        client.post("/alerts/manage/", {"address": ADDRESS})
        assert client.get(link()).status_code == client.post(link()).status_code == 404
        assert not Subscriber.objects.exists() and Registration.objects.get().confirmed_at is None
