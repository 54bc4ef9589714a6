"""Reports as mail providers send them, and how each shows that it is from them."""

import base64
import hashlib
import hmac
import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

from alerts.mails.envelope import message_id
from alerts.models import Delivery
from newsroom import mail_providers
from tests.alerts.readers import READER

SECRET = "a-secret-of-some-length"
AT = "2026-11-23T09:40:00Z"
STAMP = 1795772400
HEADERS = {"Authorization": "Basic " + base64.b64encode(f"newsroom:{SECRET}".encode()).decode()}


def use(settings: Any, provider: str, secret: str = SECRET) -> None:
    """As EMAIL_URL and MAIL_WEBHOOK_SECRET would."""
    settings.MAIL_PROVIDER = provider
    settings.ANYMAIL = mail_providers.anymail(provider, secret, {"client_params": {}})


def post(provider: str, report: Any, **headers: str) -> HttpResponse:
    body = report if isinstance(report, str) else json.dumps(report)
    client = Client(enforce_csrf_checks=True)
    return client.post(  # type: ignore[return-value]
        f"/alerts/events/{provider}/", body, content_type="application/json", headers=headers
    )


def postmark(kind: str, delivery: Delivery | None = None, **fields: Any) -> dict[str, Any]:
    """A bounce of the type `kind`, a complaint or a delivery."""
    record = {"Delivery": "Delivery", "SpamComplaint": "SpamComplaint"}.get(kind, "Bounce")
    told = {
        "RecordType": record,
        "Type": kind,
        "ID": 4323372036854775807,
        "MessageID": "883953f4-6105-42a2-a16a-77a8eac79483",
        "Email" if record != "Delivery" else "Recipient": READER,
        "Metadata": {"message_id": message_id(delivery)} if delivery else {},
        "DeliveredAt" if record == "Delivery" else "BouncedAt": AT,
        **fields,
    }
    if record == "Delivery":
        del told["ID"]
    return told


def mailgun(
    event: str, delivery: Delivery | None = None, *, token: str = "t" * 50, **fields: Any
) -> dict[str, Any]:
    """Signed over the moment and the token, as Mailgun does; the rest of the report is not signed."""
    sign = hmac.new(SECRET.encode(), f"{STAMP}{token}".encode(), hashlib.sha256).hexdigest()
    message = {"headers": {"message-id": message_id(delivery).strip("<>")}} if delivery else {}
    told = {"event": event, "timestamp": STAMP, "recipient": READER, "message": message, **fields}
    return {"signature": {"timestamp": str(STAMP), "token": token, "signature": sign}, "event-data": told}
