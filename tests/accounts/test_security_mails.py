"""What somebody is told by mail when their account is entered or protected otherwise, in our words and plain text."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.mail import EmailMessage
from django.test import Client

from accounts.models import User
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_second_factor import NEW, code, set_up, with_app
from tests.newsdesk import Cast

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def sign_in(person: User, client: Client | None = None) -> Client:
    client = client or Client(headers={"User-Agent": FIREFOX}, REMOTE_ADDR="203.0.113.9")
    client.post("/accounts/login/", {"login": person.email, "password": PASSWORD})
    return client


@pytest.fixture
def been_here(cast: Cast) -> User:
    """Somebody who has signed in before, elsewhere."""
    sign_in(cast.editor, Client())
    return cast.editor


class TestANewDevice:
    def test_is_told_of_with_where_and_what(self, been_here: User, outbox: list[EmailMessage]) -> None:
        sign_in(been_here)
        (mail,) = outbox
        assert mail.to == [been_here.email]
        assert mail.subject == "You signed in to The Civic Wire on a new device"
        assert "from 203.0.113.9" in mail.body
        assert FIREFOX in mail.body

    def test_is_new_once(self, been_here: User, outbox: list[EmailMessage]) -> None:
        browser = sign_in(been_here)
        browser.post("/accounts/logout/")
        sign_in(been_here, browser)
        assert len(outbox) == 1

    def test_is_new_to_each_person_who_shares_it(
        self, been_here: User, cast: Cast, outbox: list[EmailMessage]
    ) -> None:
        browser = sign_in(been_here)
        sign_in(cast.manager, Client())
        for person in (cast.manager, been_here, cast.manager):
            browser.post("/accounts/logout/")
            sign_in(person, browser)
        assert [mail.to for mail in outbox] == [[been_here.email], [cast.manager.email]]

    def test_is_nothing_new_to_whoever_signs_in_for_the_first_time(
        self, cast: Cast, outbox: list[EmailMessage]
    ) -> None:
        sign_in(cast.contributor)
        assert outbox == []

    def test_cannot_put_lines_of_its_own_into_the_mail(
        self, been_here: User, outbox: list[EmailMessage]
    ) -> None:
        client = Client(headers={"User-Agent": "x" * 5000})
        sign_in(been_here, client)
        assert max(map(len, outbox[0].body.split("\n"))) < 250


class TestAChange:
    def told(self, outbox: list[EmailMessage], subject: str) -> bool:
        (mail,) = [mail for mail in outbox if mail.subject == subject]
        return "If that was you, there is nothing to do." in mail.body and "It was done on" in mail.body

    def test_of_the_password_is_told_of(self, cast: Cast, outbox: list[EmailMessage]) -> None:
        data = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
        sign_in(cast.editor).post("/accounts/password/change/", data)
        assert self.told(outbox, "Your password has been changed")

    def test_of_the_password_by_a_link_is_told_of(self, cast: Cast, outbox: list[EmailMessage]) -> None:
        client = Client()
        client.post("/accounts/password/reset/", {"email": cast.editor.email})
        link = next(word for word in outbox[0].body.split() if "/reset/key/" in word)
        client.post(client.get(link)["Location"], {"password1": NEW, "password2": NEW})
        assert self.told(outbox, "Your password has been set anew")

    @pytest.mark.django_db(transaction=True)
    def test_of_the_second_factor_is_told_of(self, cast: Cast, outbox: list[EmailMessage]) -> None:
        client = sign_in(cast.editor)
        set_up(client)
        assert self.told(outbox, "An authenticator app has been set up")
        client.post("/accounts/2fa/recovery-codes/generate/")
        assert self.told(outbox, "New recovery codes have been made")
        client.post("/accounts/2fa/totp/deactivate/")
        assert self.told(outbox, "Your authenticator app has been removed")

    def test_of_a_key_is_told_of(self, cast: Cast, outbox: list[EmailMessage]) -> None:
        secret, client = with_app(cast.editor), Client()
        sign_in(cast.editor, client)
        client.post("/accounts/2fa/authenticate/", {"code": code(secret)})
        key = Authenticator.objects.create(user=cast.editor, type="webauthn", data={"name": "Blue key"})
        client.post(f"/accounts/2fa/webauthn/keys/{key.pk}/remove/")
        assert not Authenticator.objects.filter(pk=key.pk).exists()
        assert self.told(outbox, "A passkey or security key has been removed")


def test_every_mail_of_allauths_that_we_send_is_in_our_words(sign_in: Callable[[User], Client]) -> None:
    """allauth names these templates; each is found among ours first."""
    from django.template.loader import get_template

    ours = [f"account/email/password_{what}" for what in ("changed", "reset", "set")]
    ours += [f"mfa/email/{what}" for what in ("totp_activated", "totp_deactivated", "webauthn_added")]
    ours += ["mfa/email/webauthn_removed", "mfa/email/recovery_codes_generated"]
    for prefix in ours:
        for part in ("subject", "message"):
            found: Any = get_template(f"{prefix}_{part}.txt")
            assert "site-packages" not in found.origin.name
