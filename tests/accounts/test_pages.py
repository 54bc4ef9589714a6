"""Every page on which staff sign in: valid, self-contained, never cached, never 500."""

import re

import html5lib
import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from accounts import invitations
from accounts.models import User
from tests.accounts.conftest import PASSWORD
from tests.accounts.keys import with_key
from tests.accounts.test_second_factor import signed_in_with_both, with_app
from tests.newsdesk import Cast

FOR_STRANGERS = [
    "login",
    "inactive",
    "signup",
    "password/reset",
    "password/reset/done",
    "password/reset/key/done",
]
FOR_STAFF = [
    "logout",
    "password/change",
    "reauthenticate",
    "2fa",
    "2fa/totp/activate",
    "2fa/webauthn",
    "2fa/webauthn/add",
]
WITH_FACTORS = [
    "logout",
    "2fa",
    "2fa/reauthenticate",
    "2fa/totp/deactivate",
    "2fa/recovery-codes",
    "2fa/recovery-codes/generate",
    "2fa/webauthn",
    "2fa/webauthn/reauthenticate",
    "2fa/webauthn/keys/{key}/edit",
    "2fa/webauthn/keys/{key}/remove",
]


def check(answer: object) -> None:
    assert answer.status_code == 200  # type: ignore[attr-defined]
    text: str = answer.text  # type: ignore[attr-defined]
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(text)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", text)
    for script in re.findall(r"<script\b[^>]*>", text):
        assert " src=" in script or 'type="application/json"' in script
    assert "placeholder=" not in text
    assert "<h1>" in text
    assert '<html lang="en-GB">' in text
    assert "no-store" in answer["Cache-Control"]  # type: ignore[index]
    assert "unsafe" not in answer["Content-Security-Policy"]  # type: ignore[index]


@pytest.mark.django_db
class TestPage:
    @pytest.mark.parametrize("path", FOR_STRANGERS)
    def test_for_strangers(self, client: Client, path: str) -> None:
        check(client.get(f"/accounts/{path}/"))

    @pytest.mark.parametrize("path", FOR_STAFF)
    def test_for_staff(self, client: Client, cast: Cast, path: str) -> None:
        client.post("/accounts/login/", {"login": cast.editor.email, "password": PASSWORD})
        client.post("/accounts/reauthenticate/", {"password": PASSWORD})
        check(client.get(f"/accounts/{path}/"))

    @pytest.mark.parametrize("path", WITH_FACTORS)
    def test_for_staff_with_factors(self, cast: Cast, path: str) -> None:
        client = signed_in_with_both(cast.editor)
        key = with_key(cast.editor)
        check(client.get(f"/accounts/{path.format(key=key.pk)}/"))

    def test_that_asks_for_the_second_factor(self, client: Client, cast: Cast) -> None:
        with_app(cast.editor)
        answer = client.post(
            "/accounts/login/", {"login": cast.editor.email, "password": PASSWORD}, follow=True
        )
        assert "Now your second factor" in answer.text
        check(answer)

    def test_with_errors(self, client: Client) -> None:
        answer = client.post("/accounts/login/", {})
        check(answer)
        assert 'href="#id_login"' in answer.text
        assert 'aria-describedby="id_login_error"' in answer.text
        assert 'id="id_login_error"' in answer.text

    def test_for_somebody_new(self, client: Client) -> None:
        nia = User.objects.create_user("nia@newsroom.example", name="<b>Nia</b> & Co", role="editor")
        answer = client.get(invitations.link(nia), follow=True)
        check(answer)
        assert "&lt;b&gt;Nia&lt;/b&gt; &amp; Co" in answer.text


def patterns(resolver: URLResolver) -> list[URLPattern]:
    found: list[URLPattern] = []
    for each in resolver.url_patterns:
        found += patterns(each) if isinstance(each, URLResolver) else [each]
    return found


class TestEveryRoute:
    def test_shows_a_stranger_nothing_of_an_account(self, client: Client, db: None) -> None:
        """A route that allauth adds in a later version is walked too."""
        accounts = next(each for each in get_resolver().url_patterns if str(each.pattern) == "accounts/")
        for pattern in patterns(accounts):  # type: ignore[arg-type]
            name = str(pattern.name)
            try:
                answer = client.get(reverse(name))
            except NoReverseMatch:  # an address with a key in it; those have tests of their own
                continue
            assert answer.status_code in (200, 302, 404, 405), name
            if name.startswith("mfa_") and answer.status_code == 302:
                assert answer["Location"].startswith("/accounts/login/"), name
