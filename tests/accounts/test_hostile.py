"""The world's strangest addresses at every door: refused or taken, never a breakdown."""

import json
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts import attempts
from accounts.models import User
from tests import given
from tests.accounts.conftest import PASSWORD
from tests.accounts.test_second_factor import with_app
from tests.newsdesk import Cast

# The corpus spells control characters by their pictures, U+2400 and up.
CONTROLS = {0x2400 + code: code for code in range(0x20)}


def addresses() -> list[str]:
    corpus = given.path("hostile/email-addresses.xml")
    found = [node.text or "" for node in ET.parse(corpus).iter("address")]
    return found + [
        text.translate(CONTROLS) for text in found if any(ord(letter) in CONTROLS for letter in text)
    ]


OURS = [
    "ada@newsroom.example\r\nBcc: x@evil.example",
    "a@" + "b" * 10_000,
    "\x00",
    "ada@x\u2028y.example",
    "🦉@🦉.example",
]


@pytest.fixture(params=["corpus", "ours"])
def strange(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(attempts, "take", lambda limits, now: [])
    return addresses() if request.param == "corpus" else OURS


@pytest.mark.django_db
class TestStrangeAddresses:
    def test_at_sign_in(self, client: Client, strange: list[str]) -> None:
        for address in strange:
            assert client.post("/accounts/login/", {"login": address, "password": "guess"}).status_code == 200

    def test_at_a_forgotten_password(self, client: Client, strange: list[str], outbox: list[Any]) -> None:
        for address in strange:
            assert client.post("/accounts/password/reset/", {"email": address}).status_code in (200, 302)
        assert outbox == []

    def test_in_an_invitation(
        self, cast: Cast, strange: list[str], outbox: list[Any], django_capture_on_commit_callbacks: Any
    ) -> None:
        desk = Client()
        desk.force_login(cast.administrator)
        for address in strange:
            with django_capture_on_commit_callbacks(execute=True):
                answer = desk.post(
                    "/admin/accounts/user/add/", {"name": address[:150], "email": address, "role": "editor"}
                )
            assert answer.status_code in (200, 302)
        for mail in outbox:
            assert len(mail.recipients()) == 1
            assert mail.message()["Bcc"] is None
        # Whoever was taken can also be told to set a new password.
        for person in User.objects.exclude(pk=cast.administrator.pk):
            assert Client().post("/accounts/password/reset/", {"email": person.email}).status_code == 302

    def test_in_the_search_for_people(self, cast: Cast, strange: list[str]) -> None:
        desk = Client()
        desk.force_login(cast.administrator)
        for address in strange:
            known = 404 if "\x00" in address else 200  # no address of ours holds a NUL
            assert desk.get("/admin/accounts/user/", {"q": address}).status_code == known


SIGNED = {"authenticatorData": "AAAA", "clientDataJSON": "e30", "signature": "cw", "userHandle": "MQ"}
KEYS = [
    "9" * 5000,
    "[]",
    '"x"',
    json.dumps({"type": "public-key", "id": "eA", "response": SIGNED}),
    json.dumps({"type": "public-key", "id": "eA", "rawId": "eA", "response": {"attestationObject": []}}),
    json.dumps({"type": "public-key", "id": "eA", "rawId": "eA", "response": {**SIGNED, "signature": "é"}}),
]


@pytest.mark.parametrize("posted", KEYS, ids=lambda posted: posted[:70])
class TestStrangeKeys:
    """Whatever a browser, or a program, says that a key has signed."""

    def test_at_sign_in(self, posted: str, client: Client, db: None) -> None:
        path = "/accounts/2fa/webauthn/login/"
        client.get(path, HTTP_X_REQUESTED_WITH="XMLHttpRequest")
        assert client.post(path, {"credential": posted})["Location"] == "/accounts/login/"

    def test_as_a_second_factor(self, posted: str, client: Client, cast: Cast) -> None:
        with_app(cast.editor)
        client.post("/accounts/login/", {"login": cast.editor.email, "password": PASSWORD})
        path = "/accounts/2fa/authenticate/"
        assert client.get(path).status_code == client.post(path, {"credential": posted}).status_code == 200

    def test_where_one_is_added(self, posted: str, client: Client, cast: Cast) -> None:
        client.post("/accounts/login/", {"login": cast.editor.email, "password": PASSWORD})
        path = "/accounts/2fa/webauthn/add/"
        answers = client.get(path), client.post(path, {"credential": posted, "name": "Blue key"})
        assert [answer.status_code for answer in answers] == [200, 200]
        assert not Authenticator.objects.exists()
