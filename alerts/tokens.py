"""The links in a subscriber's mails: each opens one thing for one person, and never stops to work.

A token is the subscriber's public number and an HMAC of the purpose under the subscriber's own key, so that no change
of SECRET_KEY ends a link, and a link for one purpose is none for another (128 bits each).
"""

import base64
import hashlib
import hmac
from enum import StrEnum

from alerts.models.subscribers import Subscriber

_PUBLIC = 22
_PROOF = 22


class Purpose(StrEnum):
    MANAGE = "manage"
    UNSUBSCRIBE = "unsubscribe"


def token(subscriber: Subscriber, purpose: Purpose) -> str:
    return subscriber.public_id + _proof(subscriber.key, subscriber.public_id, purpose)


def subscriber_of(given: str, purpose: Purpose) -> Subscriber | None:
    """Whose token this is, or None. Compared as text: no second spelling of a token is one."""
    if len(given) != _PUBLIC + _PROOF or not given.isascii():
        return None
    subscriber = Subscriber.objects.filter(public_id=given[:_PUBLIC]).first()
    if subscriber is None or not hmac.compare_digest(given, token(subscriber, purpose)):
        return None
    return subscriber


def _proof(key: str, public_id: str, purpose: Purpose) -> str:
    digest = hmac.new(bytes.fromhex(key), f"{purpose}:{public_id}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")
