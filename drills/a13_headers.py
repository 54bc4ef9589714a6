"""Drill A13, and E8 for mails: what a real mail server took of mails of every kind about stories with hostile names.

Passes when each has one recipient, a text part beside the HTML, links and pictures of ours alone and no tracking
pixel; when all that readers subscribed to can be left by one button (RFC 8058) and nothing else pretends to; and when
no words became a header. `python -m drills.a13_headers [MAILS]`
"""

import base64
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from benchmarks import _site

MAILS = 100

ALWAYS = {
    *("subject", "from", "to", "message-id", "date", "auto-submitted", "x-auto-response-suppress"),
    *("mime-version", "content-type"),
}
OF_A_LIST = {"list-id", "list-unsubscribe", "list-unsubscribe-post"}

_LINKS = re.compile(r'href="([^"]*)"')
_PICTURES = re.compile(r"<img [^>]*>")
_WAY_OUT = r"<{site}/alerts/unsubscribe/[A-Za-z0-9_-]{{44}}/>"
_ACTIVE = re.compile(r"<(script|link|iframe|object|embed|form|input|svg|base|meta http)", re.IGNORECASE)


def main(number: int) -> int:
    with _site.scratch("sqlite") as site:
        site.environ["SITE_URL"] = "https://news.example"
        site.environ["ALLOWED_HOSTS"] = "news.example"
        taken = [base64.b64decode(one) for one in json.loads(site.run("-m", "drills._headers", str(number)))]
    wrong = [fault for content in taken for fault in judge(content, site="https://news.example")]
    mails = [read(content) for content in taken]
    names = Counter(mail["Message-ID"] for mail in mails)
    subscribed = sum(mail["List-Unsubscribe"] is not None for mail in mails)
    for fault, count in Counter(wrong).most_common(20):
        print(f"   - {count} times: {fault}")
    print(f"   {len(taken)} mails taken, {subscribed} of them to subscribers; {len(names)} Message-IDs")
    print(f"   the longest has {max(map(len, taken)):,} bytes; {len(wrong)} findings")
    return bool(wrong) or len(names) != len(taken)


def read(content: bytes) -> EmailMessage:
    """As a mail program reads it."""
    return message_from_bytes(content, policy=policy.default)  # type: ignore[return-value]


def judge(content: bytes, *, site: str) -> Iterator[str]:
    """Say what is wrong with the bytes of a mail."""
    mail = read(content)
    if mail.defects or any(part.defects for part in mail.walk()):
        yield f"cannot be read without guessing: {mail.defects}"
    if not content.isascii() or max(map(len, content.split(b"\r\n"))) > 998:
        yield "holds what not every server passes on"
    if content.replace(b"\r\n", b"").count(b"\n") or content.replace(b"\r\n", b"").count(b"\r"):
        yield "has lines that end in two ways"
    yield from _of_headers(mail, site)
    yield from _of_parts(mail, site)


def _of_headers(mail: EmailMessage, site: str) -> Iterator[str]:
    names = Counter(name.lower() for name in mail.keys())  # noqa: SIM118  (a header may stand there twice)
    if odd := set(names) - ALWAYS - OF_A_LIST:
        yield f"has headers nobody asked for: {sorted(odd)}"
    if missing := ALWAYS - set(names):
        yield f"lacks {sorted(missing)}"
    if twice := [name for name, count in names.items() if count > 1]:
        yield f"has more than one {twice}"
    if len(mail["To"].addresses) != 1:
        yield "has not one recipient"
    if len(mail["Subject"].splitlines()) != 1:
        yield "has a subject of several lines"
    is_of_a_list = "list-id" in names
    if is_of_a_list != mail["To"].addresses[0].username.startswith("reader"):
        yield "is of a list that nobody subscribed to, or of none"
    if is_of_a_list and not re.fullmatch(_WAY_OUT.format(site=site), mail["List-Unsubscribe"] or ""):
        yield f"cannot be left: {mail['List-Unsubscribe']}"
    if is_of_a_list and mail["List-Unsubscribe-Post"] != "List-Unsubscribe=One-Click":
        yield "cannot be left by one button"
    if not is_of_a_list and OF_A_LIST & set(names):
        yield "pretends that it can be left"


def _of_parts(mail: EmailMessage, site: str) -> Iterator[str]:
    kinds = [part.get_content_type() for part in mail.iter_parts()]
    if kinds != ["text/plain", "text/html"]:
        yield f"has other parts: {kinds}"
        return
    text, html = (str(_part(mail, kind)) for kind in ("plain", "html"))
    if len(text.split()) < 10 or f"{site}/" not in text:
        yield "has a text that does not stand alone"
    if any(mark in text + html for mark in "\ue000\ue001\ue010\ue014"):
        yield "has a mark that nobody replaced"
    if others := {link for link in _LINKS.findall(html) if not link.startswith(f"{site}/")}:
        yield f"leads elsewhere: {sorted(others)[:3]}"
    for picture in _PICTURES.findall(html):
        width = re.search(r'width="(\d+)"', picture)
        if (
            f'src="{site}/media/' not in picture
            or width is None
            or int(width[1]) < 100
            or " alt=" not in picture
        ):
            yield f"has a picture that is none: {picture[:100]}"
    if active := _ACTIVE.search(html):
        yield f"has {active[0]} in it"


def _part(mail: EmailMessage, subtype: str) -> Any:
    part = mail.get_body((subtype,))
    return part.get_content() if part else ""


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else MAILS))
