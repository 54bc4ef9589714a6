"""Drill E19: a mail server that keeps TLS from coming about gets no mail, no address and no password."""

import base64
from pathlib import Path
from typing import Any

import pytest
from django.core.mail import EmailMessage

from newsroom import locations
from tests.stripping import WAYS, Stripping

SECRETS = (
    b"reader@example.org",
    b"Nobody else",
    b"very-secret",
    base64.b64encode(b"very-secret"),
    b"AUTH",
    b"MAIL FROM",
)


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_sent_in_the_clear(way: str, tmp_path: Path, settings: Any) -> None:
    before = settings.MAILERS
    with Stripping(way, tmp_path) as server:
        settings.MAILERS = {"default": locations.mailer(server.url, base=tmp_path)}
        mail = EmailMessage(
            "Nobody else reads this", "Nobody else", "desk@example.org", ["reader@example.org"]
        )
        with pytest.raises(OSError):
            mail.send(using="default")
        settings.MAILERS = before
    assert server.heard.upper().startswith(b"EHLO")
    assert server.mails == 0
    assert [secret for secret in SECRETS if secret in server.heard] == []


def test_a_mail_server_elsewhere_cannot_be_named_without_tls(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="in the clear"):
        locations.mailer("smtp://mail.example.org:25", base=tmp_path)
