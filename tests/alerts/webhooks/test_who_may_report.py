"""Drill A12: who may report what became of a mail. Whoever else tries changes nothing."""

import base64
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client

from alerts.models import ProviderEvent, Subscriber, Suppression
from alerts.webhooks.views import LONGEST, VIEWS
from newsroom.mail_providers import PROVIDERS
from tests.alerts.readers import reader
from tests.alerts.webhooks.reports import AT, HEADERS, SECRET, mailgun, post, postmark, use

pytestmark = pytest.mark.django_db


def nothing_changed() -> bool:
    there = (ProviderEvent.objects.exists(), Suppression.objects.exists())
    return there == (False, False) and Subscriber.objects.staying().exists()


@pytest.fixture(autouse=True)
def _reader() -> None:
    reader()


def test_every_provider_that_sends_for_us_can_report():
    assert VIEWS.keys() == PROVIDERS.keys()


class TestForged:
    @pytest.mark.parametrize("authorization", ["", "Basic bmV3c3Jvb206d3Jvbmc=", "Basic ***", "Bearer x"])
    def test_a_wrong_password_is_refused(self, settings: Any, authorization: str):
        use(settings, "postmark")
        headers = {"Authorization": authorization} if authorization else {}
        assert post("postmark", postmark("HardBounce"), **headers).status_code == 403
        assert nothing_changed()

    @pytest.mark.parametrize("part", ["token", "timestamp", "signature"])
    def test_a_wrong_signature_is_refused(self, settings: Any, part: str):
        use(settings, "mailgun")
        report = mailgun("failed", severity="permanent", reason="bounce")
        report["signature"][part] += "0"
        assert post("mailgun", report).status_code == 403
        assert nothing_changed()

    def test_an_unsigned_report_is_refused(self, settings: Any):
        use(settings, "mailgun")
        for report in ("", "{}", "[]", "null", "\xff", '{"event-data": {"event": "failed"}}'):
            assert post("mailgun", report).status_code in (403, 413)
        assert nothing_changed()

    def test_a_signature_that_was_seen_serves_for_no_second_report(self, settings: Any):
        """Mailgun signs the token and not what is told: whoever has seen one could tell anything with it."""
        use(settings, "mailgun")
        assert post("mailgun", mailgun("delivered")).status_code == 200
        forged = mailgun("failed", severity="permanent", reason="bounce")
        assert post("mailgun", forged).status_code == 200
        assert Subscriber.objects.staying().exists() and not Suppression.objects.exists()

    @pytest.mark.filterwarnings("ignore:django-anymail has dropped")
    def test_a_public_key_tells_who_signed(self, settings: Any):
        key = ec.generate_private_key(ec.SECP256R1())
        use(settings, "sendgrid", _public(key))
        body = json.dumps(
            [{"event": "bounce", "type": "bounce", "email": "reader@mail.example", "sg_event_id": "1"}]
        )
        signed = _signed(key, body)
        other = _signed(ec.generate_private_key(ec.SECP256R1()), body)
        assert post("sendgrid", body).status_code == post("sendgrid", body, **other).status_code == 403
        assert nothing_changed()
        assert post("sendgrid", body, **signed).status_code == 200
        assert Suppression.objects.exists()


class TestAnswers:
    def test_another_provider_is_not_here(self, settings: Any):
        use(settings, "postmark")
        for provider in ("mailgun", "nobody"):
            assert post(provider, mailgun("delivered"), **HEADERS).status_code == 404

    @pytest.mark.parametrize(("provider", "secret"), [("", SECRET), ("postmark", "")])
    def test_nobody_reports_where_nothing_is_set_up(self, settings: Any, provider: str, secret: str):
        use(settings, provider, secret)
        assert post("postmark", postmark("HardBounce"), **HEADERS).status_code == 404
        assert nothing_changed()

    def test_only_a_post_is_heard(self, settings: Any):
        use(settings, "postmark")
        for method in ("get", "head", "put", "delete", "options"):
            answer = getattr(Client(), method)("/alerts/events/postmark/", headers=HEADERS)
            assert answer.status_code == 405, method
        assert nothing_changed()

    def test_what_is_too_long_is_not_read(self, settings: Any):
        use(settings, "postmark")
        assert post("postmark", "x" * (LONGEST + 1), **HEADERS).status_code == 413
        assert post("postmark", "x", **HEADERS, **{"Content-Length": "1" * 5_000}).status_code == 413

    @pytest.mark.parametrize(
        "fields",
        [
            {"Email": "\ud800@mail.example"},
            {"Email": "reader\0@mail.example"},
            {"Details": "no \0 such \ud800 mailbox"},
            {"Description": "\0\ud800"},
            {"ID": "\0"},
            {"ID": "\ud800"},
            {"MessageID": "\0"},
            {"Metadata": {"message_id": "<1.\ud800@x>"}},
            {"BouncedAt": "0001-01-01T00:00:00+14:00"},
            {"BouncedAt": "9999-12-31T23:59:59-14:00"},
        ],
    )
    def test_signs_that_no_database_holds_do_no_harm(self, settings: Any, fields: dict[str, Any]):
        use(settings, "postmark")
        answer = post("postmark", postmark("HardBounce", **fields), **HEADERS)
        assert answer.status_code in (200, 400)

    @pytest.mark.parametrize(
        "body",
        [
            "{",
            "null",
            "[]",
            '"x"',
            "1",
            '{"RecordType": "Bounce", "Metadata": 1}',
            '{"RecordType": "Inbound"}',
        ],
    )
    def test_what_cannot_be_understood_is_said_so(self, settings: Any, body: str):
        use(settings, "postmark")
        assert post("postmark", body, **HEADERS).status_code in (200, 400)
        assert Subscriber.objects.staying().exists()

    def test_it_needs_no_cookie_and_is_kept_nowhere(self, settings: Any):
        use(settings, "postmark")
        answer = post("postmark", postmark("Delivery", DeliveredAt=AT), **HEADERS)
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
        assert not answer.cookies


def _public(key: Any) -> str:
    kind, form = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    return base64.b64encode(key.public_key().public_bytes(kind, form)).decode()


def _signed(key: Any, body: str) -> dict[str, str]:
    sign = key.sign(b"1795772400" + body.encode(), ec.ECDSA(hashes.SHA256()))
    name = "X-Twilio-Email-Event-Webhook"
    return {f"{name}-Signature": base64.b64encode(sign).decode(), f"{name}-Timestamp": "1795772400"}
