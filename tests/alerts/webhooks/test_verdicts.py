"""What a report means, provider by provider: only that a mailbox is not there ends anything."""

from typing import Any

import pytest
from django.test import RequestFactory

from alerts.webhooks.verdicts import Verdict, verdict
from alerts.webhooks.views import VIEWS
from tests.alerts.webhooks.reports import SECRET, STAMP, mailgun, postmark, use


def meant(settings: Any, provider: str, report: Any) -> Verdict:
    use(settings, provider, "" if provider == "sendgrid" else SECRET)
    request = RequestFactory().post("/", report, content_type="application/json")
    (event,) = VIEWS[provider]().parse_events(request)
    return verdict(provider, event)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("Delivery", "accepted"),
        ("HardBounce", "bounced"),
        ("BadEmailAddress", "bounced"),
        ("SoftBounce", "soft"),
        ("Blocked", "soft"),
        ("ManuallyDeactivated", "soft"),
        ("SpamComplaint", "complained"),
        ("SpamNotification", "complained"),
        ("Transient", "accepted"),
        ("AutoResponder", "noted"),
        ("Unsubscribe", "unsubscribed"),
    ],
)
def test_postmark(settings: Any, kind: str, expected: str):
    assert meant(settings, "postmark", postmark(kind)) == expected


@pytest.mark.parametrize(
    ("event", "fields", "expected"),
    [
        ("delivered", {}, "accepted"),
        ("failed", {"severity": "temporary", "reason": "generic"}, "accepted"),
        ("failed", {"severity": "permanent", "reason": "bounce"}, "bounced"),
        ("failed", {"severity": "permanent", "reason": "suppress-bounce"}, "bounced"),
        ("failed", {"severity": "permanent", "reason": "generic"}, "soft"),
        (
            "failed",
            {
                "severity": "permanent",
                "reason": "generic",
                "delivery-status": {"message": "550 5.1.1 Unknown"},
            },
            "bounced",
        ),
        ("complained", {}, "complained"),
        ("unsubscribed", {}, "unsubscribed"),
        ("opened", {}, "noted"),
    ],
)
def test_mailgun(settings: Any, event: str, fields: dict[str, Any], expected: str):
    assert meant(settings, "mailgun", mailgun(event, **fields)) == expected


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("request", "accepted"),
        ("delivered", "accepted"),
        ("hard_bounce", "bounced"),
        ("invalid_email", "bounced"),
        ("soft_bounce", "soft"),
        ("blocked", "soft"),
        ("spam", "complained"),
        ("unique_opened", "noted"),
    ],
)
def test_brevo(settings: Any, event: str, expected: str):
    assert (
        meant(settings, "brevo", {"event": event, "email": "a@b.example", "ts_epoch": STAMP * 1000})
        == expected
    )


@pytest.mark.parametrize(
    ("kind", "bounce", "expected"),
    [
        ("email.sent", None, "accepted"),
        ("email.delivered", None, "accepted"),
        (
            "email.bounced",
            {"type": "Permanent", "message": "The provider sent a hard bounce message."},
            "bounced",
        ),
        ("email.bounced", {"type": "Transient", "message": "The inbox was full: bounce message."}, "soft"),
        (
            "email.bounced",
            {"message": "The recipient's email provider sent a hard bounce message."},
            "bounced",
        ),
        ("email.complained", None, "complained"),
    ],
)
def test_resend(settings: Any, kind: str, bounce: Any, expected: str):
    data = {"email_id": "1", "to": ["a@b.example"], **({"bounce": bounce} if bounce else {})}
    assert meant(settings, "resend", {"type": kind, "data": data}) == expected


@pytest.mark.filterwarnings("ignore:django-anymail has dropped", "ignore:Your Anymail webhooks")
@pytest.mark.parametrize(
    ("event", "fields", "expected"),
    [
        ("processed", {}, "accepted"),
        ("delivered", {}, "accepted"),
        ("bounce", {"type": "bounce"}, "bounced"),
        ("bounce", {"type": "blocked"}, "soft"),
        ("dropped", {"reason": "Bounced Address"}, "bounced"),
        ("dropped", {"reason": "Spam Content"}, "soft"),
        ("spamreport", {}, "complained"),
    ],
)
def test_sendgrid(settings: Any, event: str, fields: dict[str, Any], expected: str):
    report = [{"event": event, "email": "a@b.example", "timestamp": STAMP, **fields}]
    assert meant(settings, "sendgrid", report) == expected
