"""The link that ends all mail: a button on a page, one click in a mail program (RFC 8058), for ever."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from alerts.leaving import KEPT, erase, leave
from alerts.links import unsubscribe_path
from alerts.models import Consent, Leaving, Registration, State, Subscriber
from tests.alerts.readers import READER, follow, owed, reader
from tests.newsdesk import MINUTE, NOW, topic
from tests.pages.reading import read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]

ONE_CLICK = {"List-Unsubscribe": "One-Click"}
DAY = timedelta(days=1)


@pytest.fixture
def today():
    with time_machine.travel(NOW + MINUTE, tick=False):
        yield


@pytest.fixture
def mail_program() -> Client:
    """No cookie, no token, no page of ours."""
    return Client(
        enforce_csrf_checks=True, headers={"sec-fetch-site": "cross-site", "origin": "https://mail.example"}
    )


def stays(subscriber: Subscriber) -> bool:
    return Subscriber.objects.staying().filter(pk=subscriber.pk).exists()


class TestThePage:
    def test_has_one_button_and_leads_to_less(self, client):
        one = reader()
        page = read(client, unsubscribe_path(one))
        assert [button.text for button in page.main.iter("button")] == ["Stop all mail"]
        assert "r***@mail.example" in page.words() and READER not in page.words()
        less = next(href for href, words in page.links().items() if words == "Change what you get")
        assert read(client, less).response.status_code == 200
        assert stays(one)

    def test_its_button_ends_all_mail(self, client):
        one = reader()
        follow(one)
        answer = client.post(unsubscribe_path(one), {"act": "leave"})
        assert (answer.status_code, answer.cookies) == (200, {})
        assert b"You have left" in answer.content
        assert b"24 December 2026" not in answer.content and b"21 December 2026" in answer.content
        one.refresh_from_db()
        assert one.ended_reason == Leaving.UNSUBSCRIBED
        assert Consent.objects.get(act=Consent.Act.LEFT).how == "/alerts/unsubscribe/"

    def test_says_who_has_left_already(self, client):
        one = reader()
        leave(one, reason=Leaving.UNSUBSCRIBED, how="", now=NOW)
        assert read(client, unsubscribe_path(one)).headings(1) == ["You have already left"]

    @pytest.mark.parametrize("reason", [Leaving.BOUNCED, Leaving.COMPLAINED, Leaving.STAFF])
    def test_says_so_to_whom_mail_was_stopped_for(self, client, reason):
        one = reader()
        leave(one, reason=reason, how="", now=NOW)
        page = read(client, unsubscribe_path(one))
        assert "Come back" not in page.words() and "/alerts/" in page.links()

    def test_is_kept_by_nobody(self, client):
        answer = client.get(unsubscribe_path(reader()))
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer.headers["X-Robots-Tag"]

    def test_takes_no_other_method(self, client):
        one = reader()
        for ask in (client.put, client.delete, client.patch, client.options):
            assert ask(unsubscribe_path(one)).status_code == 405
        assert stays(one)


class TestDrillE11:
    """One click: form-encoded and multipart, without a cookie, ten times, for ever."""

    @pytest.mark.parametrize("encoding", ["application/x-www-form-urlencoded", "multipart/form-data"])
    def test_one_click_leaves_at_once_and_only_once(self, mail_program, encoding):
        one = reader()
        waiting = owed(one)
        bodies = {
            "application/x-www-form-urlencoded": "List-Unsubscribe=One-Click",
            "multipart/form-data": '--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\n'
            "One-Click\r\n--x--\r\n",
        }
        boundary = "; boundary=x" if encoding.startswith("multipart") else ""
        for _ in range(10):
            answer = mail_program.generic(
                "POST", unsubscribe_path(one), bodies[encoding], content_type=encoding + boundary
            )
            assert (answer.status_code, answer.cookies) == (200, {})
        one.refresh_from_db()
        waiting.refresh_from_db()
        assert (one.ended_reason, waiting.state) == (Leaving.ONE_CLICK, State.CANCELLED)
        assert Consent.objects.filter(act=Consent.Act.LEFT).count() == 1

    @pytest.mark.parametrize("days", [60, 3650])
    def test_works_for_ever(self, mail_program, settings, days):
        one = reader()
        settings.SECRET_KEY = "another-key-" + "y" * 40
        with time_machine.travel(NOW + days * DAY):
            assert mail_program.post(unsubscribe_path(one), ONE_CLICK).status_code == 200
        assert not stays(one)

    def test_works_without_the_slash_that_a_program_lost(self, mail_program):
        one = reader()
        assert mail_program.post(unsubscribe_path(one).rstrip("/"), ONE_CLICK).status_code == 200
        assert not stays(one)

    def test_ends_the_mail_of_who_was_erased_and_came_anew(self, mail_program):
        """They still have the old mails, and press the button in one of those."""
        old = reader()
        erase(old, how="", now=NOW)
        new = reader()
        assert mail_program.post(unsubscribe_path(old), ONE_CLICK).status_code == 200
        assert not stays(new)

    def test_says_after_erasure_that_one_has_left(self, mail_program):
        one = reader()
        erase(one, how="", now=NOW)
        for ask in (mail_program.get, mail_program.post):
            answer = ask(unsubscribe_path(one))
            assert answer.status_code == 200
            assert b"You have already left" in answer.content and b"your address is erased" in answer.content

    @pytest.mark.parametrize(
        ("body", "content_type"),
        [
            (b"", "application/x-www-form-urlencoded"),
            (b"List-Unsubscribe=One-Click", "text/plain"),
            (b"\xff\xfe=%ff&\x00", "application/x-www-form-urlencoded"),
            (b"a=1" + b"&a=1" * 2000, "application/x-www-form-urlencoded"),
            (b"no boundary here", "multipart/form-data"),
            (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
            (b"a=%e9", "application/x-www-form-urlencoded; charset=latin-1"),
            (b'{"unsubscribe": true}', "application/json"),
            (b"x" * 3_000_000, "application/x-www-form-urlencoded"),
        ],
        ids=["empty", "text", "bytes", "many", "no boundary", "broken", "charset", "json", "large"],
    )
    def test_takes_an_odd_body_for_what_it_means(self, mail_program, body, content_type):
        one = reader()
        answer = mail_program.generic("POST", unsubscribe_path(one), body, content_type=content_type)
        assert answer.status_code == 200
        assert not stays(one)


class TestALinkThatIsNone:
    @pytest.mark.parametrize("ask", ["get", "post"])
    def test_is_said_to_be_none_in_plain_words(self, client, ask):
        one = reader()
        path = unsubscribe_path(one)
        changed = path[:-3] + ("A" if path[-3] != "A" else "B") + path[-2:]
        answer = getattr(client, ask)(changed)
        assert answer.status_code == 404
        assert b"This link is not whole" in answer.content
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert stays(one)


class TestComingBack:
    @pytest.fixture
    def gone(self, client) -> Subscriber:
        one = reader()
        follow(one)
        follow(one, topic(), "weekly")
        client.post(unsubscribe_path(one), {"act": "leave"})
        return one

    def test_gives_back_what_one_had(self, client, gone):
        answer = client.post(unsubscribe_path(gone), {"act": "come back"}, follow=True)
        assert b"Welcome back" in answer.content
        assert stays(gone)
        again = gone.subscriptions.current().values_list("follows", "frequency")
        assert sorted(again) == [("everything", "daily"), ("topic", "weekly")]
        consent = Consent.objects.latest("pk")
        assert (consent.act, consent.wording, consent.confirmed_at) == ("registered", 1, NOW + MINUTE)
        assert consent.source_hash and consent.choices["follows"]["everything"] == "daily"

    def test_happens_once(self, client, gone):
        for _ in range(3):
            client.post(unsubscribe_path(gone), {"act": "come back"})
        assert gone.subscriptions.current().count() == 2

    def test_may_be_followed_by_leaving_again(self, client, gone):
        for act in ("come back", "leave", "come back", "leave"):
            client.post(unsubscribe_path(gone), {"act": act})
        assert not stays(gone)
        assert gone.subscriptions.count() == 6

    def test_is_no_other_sites_to_do(self, mail_program, gone):
        assert mail_program.post(unsubscribe_path(gone), {"act": "come back"}).status_code == 403
        assert not stays(gone)

    @pytest.mark.parametrize("reason", [Leaving.BOUNCED, Leaving.COMPLAINED, Leaving.STAFF])
    def test_is_not_for_whom_mail_was_stopped_for(self, client, reason):
        one = reader()
        leave(one, reason=reason, how="", now=NOW)
        assert client.post(unsubscribe_path(one), {"act": "come back"}).status_code == 200
        assert not stays(one)

    def test_is_over_with_the_address(self, client, gone):
        erase(gone, how="", now=NOW + KEPT)
        client.post(unsubscribe_path(gone), {"act": "come back"})
        assert not stays(gone) and not Registration.objects.exists()
