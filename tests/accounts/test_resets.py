"""Setting a new password by mail."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.test import Client

from accounts import mails
from accounts.models import User
from tests.accounts.test_sign_in import plain
from tests.newsdesk import NOW, Cast

NEW_PASSWORD = "three unrelated words"


def ask(client: Client, email: str) -> Any:
    return client.post("/accounts/password/reset/", {"email": email}, follow=True)


def link_in(mail: EmailMessage) -> str:
    return next(word for word in str(mail.body).split() if "/reset/key/" in word)


def choose(client: Client, link: str, password: str = NEW_PASSWORD) -> Any:
    form = client.get(link, follow=True)
    if form.status_code != 200:
        return form
    path = form.redirect_chain[-1][0]
    return client.post(path, {"password1": password, "password2": password}, follow=True)


class TestAsking:
    """Hardening E13: the answer never tells who works here."""

    def test_sends_a_link(self, client: Client, cast: Cast, outbox: list[EmailMessage]) -> None:
        ask(client, "EDITOR@newsroom.example")
        (mail,) = outbox
        assert mail.to == ["editor@newsroom.example"]
        assert mail.subject == "Set a new password for The Civic Wire"
        assert "24 hours" in str(mail.body)

    def test_answers_known_and_unknown_alike(
        self, client: Client, cast: Cast, outbox: list[EmailMessage]
    ) -> None:
        User.objects.filter(pk=cast.contributor.pk).update(is_active=False)
        pages = {
            plain(ask(client, email).text, email)
            for email in ("editor@newsroom.example", "nobody@newsroom.example", cast.contributor.email)
        }
        assert len(pages) == 1
        assert "If somebody here signs in with that address" in pages.pop()
        assert [mail.to for mail in outbox] == [["editor@newsroom.example"]]

    def test_answers_before_anything_is_sent(
        self, client: Client, cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Nobody may be able to tell by the time it takes that a mail server was spoken to (drill E13 measures)."""
        settings.ACCOUNT_RATE_LIMITS = False
        may_send = Event()
        sent: list[bool] = []
        monkeypatch.setattr(mails, "send", lambda letter, to: sent.append(may_send.wait(20)))
        pool = ThreadPoolExecutor(max_workers=2)
        monkeypatch.setattr(mails, "_pool", pool)
        for email in ("editor@newsroom.example", "nobody@newsroom.example"):
            assert "Check your e-mail" in ask(client, email).text
        assert sent == []
        may_send.set()
        pool.shutdown()
        assert sent == [True]

    def test_survives_a_mail_server_that_is_down(
        self, client: Client, cast: Cast, outbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(*args: Any, **kwargs: Any) -> None:
            raise ConnectionRefusedError

        monkeypatch.setattr(mails, "send", refuse)
        assert "Check your e-mail" in ask(client, cast.editor.email).text

    def test_never_takes_the_links_host_from_the_request(
        self, client: Client, cast: Cast, outbox: list[EmailMessage], settings: Any
    ) -> None:
        settings.ALLOWED_HOSTS = ["*"]
        client.post(
            "/accounts/password/reset/", {"email": cast.editor.email}, headers={"host": "evil.example"}
        )
        assert link_in(outbox[0]).startswith("http://testserver/")
        assert "evil" not in str(outbox[0].message())


class TestLink:
    @pytest.fixture
    def link(self, client: Client, cast: Cast, outbox: list[EmailMessage]) -> str:
        ask(client, cast.editor.email)
        return link_in(outbox[0])

    def test_sets_the_password_and_asks_to_sign_in_with_it(
        self, client: Client, cast: Cast, link: str
    ) -> None:
        assert "Your password is set" in choose(client, link).text
        assert "_auth_user_id" not in client.session
        cast.editor.refresh_from_db()
        assert cast.editor.check_password(NEW_PASSWORD)

    def test_works_once(self, client: Client, cast: Cast, link: str) -> None:
        choose(client, link)
        again = choose(client, link, "four quite other words")
        assert again.status_code == 404
        assert "This link no longer works" in again.text

    def test_is_void_once_the_address_is_another(self, client: Client, cast: Cast, link: str) -> None:
        User.objects.filter(pk=cast.editor.pk).update(email="moved@newsroom.example")
        assert choose(client, link).status_code == 404

    def test_ends_every_session(self, client: Client, cast: Cast, outbox: list[EmailMessage]) -> None:
        elsewhere = Client()
        elsewhere.force_login(cast.editor)
        ask(client, cast.editor.email)
        choose(client, link_in(outbox[0]))
        assert elsewhere.get("/admin/").status_code == 302

    def test_works_for_a_day(self, client: Client, cast: Cast, outbox: list[EmailMessage]) -> None:
        with time_machine.travel(NOW, tick=False):
            ask(client, cast.editor.email)
        with time_machine.travel(NOW + timedelta(hours=24, minutes=1), tick=False):
            assert choose(client, link_in(outbox[0])).status_code == 404

    @pytest.mark.parametrize(
        "key", ["1-abc-def", "zzzzzzzzzzzzzz-a-b", "0-x", "1-set-password", "1-" + "a" * 5000]
    )
    def test_made_up_is_refused(self, client: Client, db: None, key: str) -> None:
        assert client.get(f"/accounts/password/reset/key/{key}/").status_code == 404
