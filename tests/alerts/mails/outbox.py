"""Letters and deliveries made by hand, and what a mail program makes of the bytes that would be sent."""

from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from alerts.hashes import address_hash
from alerts.mails.composing import compose
from alerts.mails.envelope import write
from alerts.models import Delivery, Lane, Letter, Notice, Registration, Subscriber
from articles.models.editions import Edition
from tests.newsdesk import NOW


def reader(address: str = "reader@example.org") -> Subscriber:
    return Subscriber.objects.create(address=address, address_hash=address_hash(address), confirmed_at=NOW)


def registration(**fields: Any) -> Registration:
    said = {"address": "reader@example.org", "address_hash": "", "requested_at": NOW, "wording": 1, **fields}
    return Registration.objects.create(**said)


def letter(
    kind: str, *, variant: str = "story", contents: dict[str, Any] | None = None, **fields: Any
) -> Letter:
    """A letter of a new notice, not composed yet."""
    key = fields.pop("key", f"{kind}:{Notice.objects.count()}")
    notice = Notice.objects.create(key=key, kind=kind, lane=Lane.ALERT, made_at=NOW, as_of=NOW, **fields)
    return Letter.objects.create(notice=notice, variant=variant, contents=contents or {})


def edition_letter(edition: Edition, variant: str = "story") -> Letter:
    return letter("edition", variant=variant, edition=edition)


def composed(written: Letter, now: Any = NOW) -> Letter:
    compose(written, now)
    return written


def delivery(of: Letter, to: Subscriber | Any) -> Delivery:
    names = {Subscriber: "subscriber", Registration: "registration"}
    recipient = {names.get(type(to), "user"): to}
    lane = of.notice.lane
    return Delivery.objects.create(
        notice=of.notice, letter=of, lane=lane, made_at=NOW, next_try_at=NOW, **recipient
    )


def received(sent: Delivery, *, because: tuple[str, ...] = ()) -> EmailMessage:
    """The mail as a mail program reads it."""
    return parsed(write(sent, because=because).message(policy=policy.SMTP).as_bytes())


def parsed(data: bytes) -> EmailMessage:
    return message_from_bytes(data, policy=policy.default)


def text_of(mail: EmailMessage) -> str:
    return _part(mail, "plain")


def html_of(mail: EmailMessage) -> str:
    return _part(mail, "html")


def _part(mail: EmailMessage, subtype: str) -> str:
    part = mail.get_body((subtype,))
    assert part is not None, f"the mail has no {subtype} part"
    return str(part.get_content())
