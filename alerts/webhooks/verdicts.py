"""What a provider's report means for whom we write to, in one word whoever the provider is.

Anymail names the kinds of event; whether a bounce is for good it does not say, so that stands here, a row a provider.
"""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason


class Verdict(StrEnum):
    """`bounced`: there is no such mailbox. `soft`: this mail did not arrive, another may."""

    ACCEPTED = "accepted"
    BOUNCED = "bounced"
    SOFT = "soft"
    COMPLAINED = "complained"
    UNSUBSCRIBED = "unsubscribed"
    NOTED = "noted"


_TAKEN = {EventType.QUEUED, EventType.SENT, EventType.DELIVERED, EventType.DEFERRED}
_FOR_GOOD = {RejectReason.INVALID, RejectReason.BOUNCED}

#: RFC 3463, 3.2: bad mailbox, bad system, bad syntax, mailbox moved, null MX (RFC 7505).
_NO_MAILBOX = re.compile(r"\b5\.1\.(?:1|2|3|6|10)\b")


def verdict(provider: str, event: AnymailTrackingEvent) -> Verdict:
    match event.event_type:
        case EventType.COMPLAINED:
            return Verdict.COMPLAINED
        case EventType.UNSUBSCRIBED:
            return Verdict.UNSUBSCRIBED
        case EventType.BOUNCED:
            return Verdict.BOUNCED if _is_for_good(provider, event) else Verdict.SOFT
        case EventType.REJECTED if event.reject_reason == RejectReason.SPAM:
            return Verdict.COMPLAINED
        case EventType.REJECTED:
            return Verdict.BOUNCED if event.reject_reason in _FOR_GOOD else Verdict.SOFT
        case taken if taken in _TAKEN:
            return Verdict.ACCEPTED
    return Verdict.NOTED


def _is_for_good(provider: str, event: AnymailTrackingEvent) -> bool:
    if _NO_MAILBOX.search(event.mta_response or ""):
        return True
    said = SAYS_FOR_GOOD.get(provider, lambda told: None)(event.esp_event)
    return event.reject_reason in _FOR_GOOD if said is None else said


def _postmark(told: Mapping[str, Any]) -> bool:
    return told.get("Type") in ("HardBounce", "BadEmailAddress")


def _brevo(told: Mapping[str, Any]) -> bool:
    return told.get("event") in ("hard_bounce", "invalid_email")


def _ses(told: Mapping[str, Any]) -> bool:
    return bool(told.get("bounce", {}).get("bounceType") == "Permanent")


def _sendgrid(told: Mapping[str, Any]) -> bool:
    """A bounce of the type “blocked” is the mail's fault, not the mailbox's."""
    return told.get("event") == "bounce" and told.get("type", "bounce") == "bounce"


def _resend(told: Mapping[str, Any]) -> bool:
    bounce = told.get("data", {}).get("bounce", {})
    return bounce.get("type") == "Permanent" or "hard bounce" in bounce.get("message", "")


#: Whether a bounce is for good, by the provider's own words; where it is not here, Anymail's reason says it.
SAYS_FOR_GOOD: dict[str, Callable[[Mapping[str, Any]], bool | None]] = {
    "postmark": _postmark,
    "brevo": _brevo,
    "ses": _ses,
    "sendgrid": _sendgrid,
    "resend": _resend,
}
