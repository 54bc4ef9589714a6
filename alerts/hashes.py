"""Keyed hashes of addresses: they find a mailbox, or a network, again, and tell nobody who it is.

The key is the setting ADDRESS_KEY. It must outlive every change of SECRET_KEY: with another key nobody who left would
be known again.
"""

import hashlib
import hmac
import unicodedata

from django.conf import settings


def folded(address: str) -> str:
    """One spelling of a mailbox: capitals, widths of letters and what a domain is called in ASCII make no other one."""
    name, at, domain = unicodedata.normalize("NFKC", address).strip().casefold().rpartition("@")
    try:
        return f"{name}{at}{domain.encode('idna').decode()}"
    except UnicodeError:
        return f"{name}{at}{domain}"


def address_hash(address: str) -> str:
    """HMAC-SHA-256 of the folded address, in hexadecimal."""
    return _keyed("address", folded(address))


def source_hash(network_address: str) -> str:
    """The same of the network address that a request came from, under another purpose."""
    return _keyed("source", network_address)


def _keyed(purpose: str, text: str) -> str:
    return hmac.new(settings.ADDRESS_KEY.encode(), f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()
