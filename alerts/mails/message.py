"""A mail as bytes, cheaply: its headers are checked and written once, and its two parts are encoded by C.

The modern policy of `email` parses and folds each header of each mail anew, which alone would take longer than handing
the mail over.
"""

import binascii
import re
from collections.abc import Iterator
from email.header import Header
from email.message import Message
from email.policy import Compat32, Policy
from email.utils import formataddr, parseaddr
from functools import lru_cache
from typing import Any

from django.core.mail import EmailMultiAlternatives
from django.utils.encoding import punycode

#: No line of quoted-printable text holds it: there, two figures or the end of the line follow "=".
_BOUNDARY = "=_alternatives"

_PRINTABLE = re.compile(r"[\x20-\x7e]*")
_UNFOLDABLE = re.compile(r"\S{60}")
_FOLD = re.compile(r"\r?\n")


class UnsafeHeader(ValueError):
    """What would be no single line of a header, or no address that a mail can be written to."""


class _AsWritten(Compat32):
    """Headers go out as they were put in; they were checked, and folded, before."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode("ascii")

    def fold(self, name: str, value: Any) -> str:
        return f"{name}: {_FOLD.sub(self.linesep, value)}{self.linesep}"


class Mail(EmailMultiAlternatives):
    """A text with its HTML, to one recipient."""

    #: What Anymail has a provider keep with it, and give back with what it reports.
    metadata: dict[str, str]

    def message(self, *, policy: Policy | None = None) -> Any:
        written: Any = Message(policy=_AsWritten(linesep=policy.linesep if policy else "\n"))
        for name, value in self._headers():
            written[name] = value
        written.set_payload([_part(text, subtype, written.policy) for text, subtype in self._parts()])
        return written

    def _headers(self) -> Iterator[tuple[str, str]]:
        yield "Subject", encoded(str(self.subject))
        yield "From", mailbox(self.from_email)
        yield "To", mailbox(self.to[0])
        for name, value in self.extra_headers.items():
            yield name, safe(str(value))
        yield "MIME-Version", "1.0"
        yield "Content-Type", f'multipart/alternative; boundary="{_BOUNDARY}"'

    def _parts(self) -> Iterator[tuple[str, str]]:
        yield str(self.body), "plain"
        yield from ((str(html), "html") for html, _ in self.alternatives)


def safe(value: str) -> str:
    """The value, if it is one line of printable ASCII; raises UnsafeHeader."""
    if not _PRINTABLE.fullmatch(value):
        raise UnsafeHeader(f"This cannot stand in a header: {value!r}")
    return value


@lru_cache(maxsize=256)
def encoded(words: str) -> str:
    """Words as a header holds them (RFC 2047), folded; raises UnsafeHeader where they are more than one line."""
    if len(words.splitlines()) > 1 or any(character < " " for character in words):
        raise UnsafeHeader(f"This is no single line: {words!r}")
    is_plain = _PRINTABLE.fullmatch(words) and "=?" not in words and not _UNFOLDABLE.search(words)
    return Header(words, "us-ascii" if is_plain else "utf-8", maxlinelen=76, header_name="Subject").encode()


def mailbox(written: str) -> str:
    """An address with or without a name as a header holds it; raises UnsafeHeader."""
    name, address = parseaddr(written)
    local, at, domain = address.rpartition("@")
    if not (local and at and domain):
        raise UnsafeHeader(f"This is no address: {written!r}")
    return safe(formataddr((name, f"{local}@{domain if domain.isascii() else punycode(domain)}")))


def _part(text: str, subtype: str, policy: Policy) -> Message:
    part: Any = Message(policy=policy)
    part["Content-Type"] = f'text/{subtype}; charset="utf-8"'
    part["Content-Transfer-Encoding"] = "quoted-printable"
    part.set_payload(binascii.b2a_qp(text.encode(), istext=True).decode("ascii"))
    return part
