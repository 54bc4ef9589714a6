"""Puts a letter into the envelope of one recipient: their own words and links, the headers, and a name for ever."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, formataddr, parseaddr
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings

from alerts import links
from alerts.mails.lines import line
from alerts.mails.message import Mail
from alerts.mails.own import own_words
from alerts.mails.words import Words
from alerts.models.deliveries import Delivery
from alerts.models.notices import Notice

_MESSAGE_ID = re.compile(r"<(?P<delivery>[0-9]{1,18})\.(?P<made>[0-9]{1,16})@(?P<host>[^<>@\s]+)>")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_INSTANT = timedelta(microseconds=1)


def write(delivery: Delivery, *, because: Sequence[str] = ()) -> Mail:
    """The mail of a delivery that comes with its letter, its notice and its recipient.

    `because` names what the recipient follows that the letter is about. The same row is always written alike: no
    chance, and no clock but the moment its sending began.
    """
    letter = delivery.letter
    said = Words(letter.subject, letter.text, letter.html).filled(own_words(delivery, because))
    mail = Mail(said.subject, said.text, sender(), [_address(delivery)])
    mail.attach_alternative(said.html, "text/html")
    mail.extra_headers = _headers(delivery)
    mail.metadata = {"message_id": mail.extra_headers["Message-ID"]}
    return mail


def message_id(delivery: Delivery) -> str:
    """The Message-ID of a delivery. With the moment the row was made, so that a restored copy's rows have others."""
    made = (delivery.made_at - _EPOCH) // _INSTANT
    return f"<{delivery.pk}.{made}@{_host()}>"


def delivery_of(message_id: str) -> Delivery | None:
    """Whose Message-ID this is, with or without its brackets; None where it is none of ours."""
    found = _MESSAGE_ID.fullmatch(f"<{message_id.strip().strip('<>')}>")
    if found is None or found["host"] != _host():
        return None
    made_at = _EPOCH + int(found["made"]) * _INSTANT
    return Delivery.objects.filter(pk=int(found["delivery"]), made_at=made_at).first()


def sender() -> str:
    """Whom mails come from: the address of the settings, under the title's name unless it brings one."""
    return _sender(settings.DEFAULT_FROM_EMAIL, settings.SITE_NAME)


@lru_cache(maxsize=8)
def _sender(written: str, site_name: str) -> str:
    name, address = parseaddr(written)
    return formataddr((line(name or site_name), address))


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def _address(delivery: Delivery) -> str:
    if delivery.user is not None:
        return delivery.user.email
    recipient = delivery.subscriber or delivery.registration
    return recipient.address if recipient else ""


def _headers(delivery: Delivery) -> dict[str, str]:
    """Nobody answers an automatic mail with another (RFC 3834); who subscribed can leave by a button (RFC 8058)."""
    headers = {
        "Message-ID": message_id(delivery),
        "Date": format_datetime(delivery.begun_at or delivery.made_at),
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
    }
    if delivery.subscriber is None:
        return headers
    return headers | {
        "List-ID": f"<{_list_of(delivery)}.{_host()}>",
        "List-Unsubscribe": f"<{links.unsubscribe(delivery.subscriber)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _list_of(delivery: Delivery) -> str:
    return "digests" if delivery.notice.kind == Notice.Kind.DIGEST else "alerts"
