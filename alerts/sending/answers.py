"""What a mail server, or a provider, said to one mail; above all whether it can have taken it."""

import re
import smtplib
from dataclasses import dataclass
from enum import Enum
from typing import Any

from anymail.exceptions import AnymailAPIError, AnymailError, AnymailRecipientsRefused

from alerts.masking import without_addresses


class Verdict(Enum):
    ACCEPTED = "it has the mail"
    LATER = "it has not; it may be asked again"
    REFUSED = "it has not, and will not"
    NO_MAILBOX = "it will not: there is no such mailbox"
    UNCERTAIN = "nobody knows whether it has it"


@dataclass(frozen=True)
class Answer:
    verdict: Verdict
    words: str = ""
    #: Whether more can be said over the same connection.
    keeps_connection: bool = True


ACCEPTED = Answer(Verdict.ACCEPTED)

#: RFC 3463, of the recipient's address: no mailbox, no host, bad syntax, moved away, no mail taken at the domain.
#: Those with 7 and 8 are about the sender's.
_NO_MAILBOX = re.compile(r"\b5\.1\.(1|2|3|6|10)\b")
_TOO_LARGE = 552
CLOSING = 421

#: Answers of a provider that are about us, or about the moment: a wrong key, a quota, a fault of theirs.
_OURS = (401, 402, 403, 407, 408, 425, 429, 503)


def answer_to(fault: Exception, *, handed_over: bool) -> Answer:
    """What an exception of a mail backend means. `handed_over`: whether all of the mail had been sent by then."""
    match fault:
        case smtplib.SMTPRecipientsRefused():
            code, words = next(iter(fault.recipients.values()))
            return said(code, words)
        case smtplib.SMTPSenderRefused() if fault.smtp_code >= 500 and fault.smtp_code != _TOO_LARGE:
            # Nothing the recipient can help: somebody has to put our sender right.
            return Answer(Verdict.LATER, _text(fault.smtp_code, fault.smtp_error))
        case smtplib.SMTPResponseException():
            return said(fault.smtp_code, fault.smtp_error)
        case AnymailError():
            return _of_provider(fault)
        case OSError():
            verdict = Verdict.UNCERTAIN if handed_over else Verdict.LATER
            return Answer(verdict, _name(fault), keeps_connection=False)
        case ValueError():  # an address, or a header, that no mail can have
            return Answer(Verdict.REFUSED, _name(fault))
    raise fault


def said(code: int, words: bytes | str) -> Answer:
    """What a final answer of a mail server means (RFC 5321, 4.2.1)."""
    text = _text(code, words)
    if code < 500:
        return Answer(Verdict.LATER, text, keeps_connection=code != CLOSING)
    return Answer(Verdict.NO_MAILBOX if _NO_MAILBOX.search(text) else Verdict.REFUSED, text)


def _of_provider(fault: AnymailError) -> Answer:
    if isinstance(fault, AnymailRecipientsRefused):
        return Answer(Verdict.REFUSED, _name(fault))
    if not isinstance(fault, AnymailAPIError):  # it cannot be said to this provider
        return Answer(Verdict.REFUSED, _name(fault))
    status = fault.status_code
    if status is None:
        return Answer(Verdict.LATER if _never_left(fault) else Verdict.UNCERTAIN, _name(fault))
    if status in _OURS:
        return Answer(Verdict.LATER, _name(fault))
    # A fault of theirs may be one after they took it.
    return Answer(Verdict.UNCERTAIN if status >= 500 or status < 300 else Verdict.REFUSED, _name(fault))


def _never_left(fault: Any) -> bool:
    """Whether no connection came about, so that nothing can have been handed over."""
    from requests.exceptions import ConnectTimeout, InvalidURL, ProxyError, SSLError
    from urllib3.exceptions import NewConnectionError

    cause = fault.__cause__
    if isinstance(cause, (ConnectTimeout, InvalidURL, ProxyError, SSLError)):
        return True
    reason = getattr(cause.args[0], "reason", None) if cause is not None and cause.args else None
    return isinstance(reason, NewConnectionError)


def _text(code: int, words: bytes | str) -> str:
    text = words.decode(errors="replace") if isinstance(words, bytes) else words
    return without_addresses(f"{code} {' '.join(text.split())}")


def _name(fault: Exception) -> str:
    return without_addresses(f"{type(fault).__name__}: {' '.join(str(fault).split())}")
