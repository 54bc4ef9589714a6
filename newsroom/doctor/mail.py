"""Mail: whether its server takes us, and whether others can tell that what comes from us is ours. Nothing is sent."""

from collections.abc import Iterator
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import mailers

from newsroom.doctor import dns
from newsroom.doctor.findings import Finding, fault, ok, warning


def server() -> Iterator[Finding]:
    """Connect, encrypt and sign in, as for a mail, and leave again."""
    backend = settings.MAILERS["default"]["BACKEND"]
    if "smtp" not in backend:
        yield from _without_a_server(backend)
        return
    where = _where()
    connection: Any = mailers.create_connection("default")
    try:
        connection.open()
        connection.close()
    except Exception as problem:  # noqa: BLE001  (network, certificate, password: all of them are its answer)
        yield fault(f"{where} does not take us: {problem}", "See EMAIL_URL: host, port, user and password.")
    else:
        yield ok(f"{where} takes us")


def _without_a_server(backend: str) -> Iterator[Finding]:
    if backend.startswith("anymail"):
        yield ok("a provider's API, which is asked only when a mail is sent: send a test mail from the desk")
    else:
        yield warning(
            "mail goes to nobody: EMAIL_URL names no mail server", "Set EMAIL_URL, such as smtp+tls://…"
        )


def _where() -> str:
    options = settings.MAILERS["default"].get("OPTIONS", {})
    return f"{options.get('host', 'localhost')}:{options.get('port', 25)}"


def names() -> Iterator[Finding]:
    """SPF (RFC 7208) and DMARC (RFC 7489) by DNS. DKIM's key is found only by who knows its selector: a mail tells."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    if "." not in domain or domain.replace(".", "").isdigit():
        yield warning(f"mail is from {domain or 'nobody'}, which is no domain", "Set EMAIL_FROM.")
        return
    try:
        yield _spf(domain)
        yield _dmarc(domain)
    except dns.Unanswered as problem:
        yield warning(
            f"DNS cannot be asked from here ({problem})", f"Look up SPF and DMARC of {domain} elsewhere."
        )
    yield ok(f"DKIM cannot be seen from here: in a test mail look for “dkim=pass” and header.d={domain}")


def _spf(domain: str) -> Finding:
    found = [text for text in dns.texts(domain) if text.lower().startswith("v=spf1")]
    advice = f"Add one TXT record to {domain} that names your mail server, such as “v=spf1 include:… -all”."
    if len(found) != 1:
        return fault(f"{domain} has {len(found) or 'no'} SPF records", advice)
    if "+all" in found[0].split() or "all" in found[0].split():
        return fault(f"SPF of {domain} lets everybody send as you: {found[0]}", advice)
    return ok(f"SPF of {domain}: {found[0]}")


def _dmarc(domain: str) -> Finding:
    """Of the domain, or of one above it."""
    advice = f"Add a TXT record to _dmarc.{domain}, such as “v=DMARC1; p=quarantine; rua=mailto:…”."
    parts = domain.split(".")
    for start in range(len(parts) - 1):
        above = ".".join(parts[start:])
        for text in dns.texts(f"_dmarc.{above}"):
            if not text.lower().startswith("v=dmarc1"):
                continue
            if "p=none" in text.replace(" ", "").lower():
                return warning(
                    f"DMARC of {above} only watches: {text}",
                    "Make it p=quarantine when its reports are clean.",
                )
            return ok(f"DMARC of {above}: {text}")
    return fault(f"{domain} has no DMARC record", advice)
