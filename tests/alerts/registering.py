"""Registers as a reader does: fills in the form, takes the link from the mail that is owed, presses its button."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from alerts.models import Delivery, Registration

ADDRESS = "reader@example.org"
INBOX = "/alerts/check-your-inbox/"


def ask(client: Client, address: str = ADDRESS, *, page: str = "/alerts/", **fields: Any) -> HttpResponse:
    """Send the form; without anything said, for everything, daily."""
    kinds = ("topic", "author", "section", "everything")
    what = {} if any(kind in fields for kind in kinds) else {"everything": "on"}
    network = fields.pop("network", "192.0.2.1")
    said = {"address": address, "frequency": "daily", **what, **fields}
    return client.post(page, said, REMOTE_ADDR=network)


def link(address: str = ADDRESS) -> str:
    """The path of the page that the newest mail to the address leads to."""
    return f"/alerts/confirm/{Registration.objects.filter(address__iexact=address).latest('pk').key}/"


def registered(client: Client, address: str = ADDRESS, **fields: Any) -> str:
    """Ask and confirm; give the link that was used."""
    answer = ask(client, address, **fields)
    assert (answer.status_code, answer.headers.get("Location")) == (302, INBOX)
    path = link(address)
    assert client.post(path).status_code == 302
    return path


def mails() -> int:
    return Delivery.objects.count()
