"""Where a link in a body may lead."""

import re
from urllib.parse import quote, urlsplit

from articles.body.characters import permitted
from articles.body.schema import SCHEMES

_SAFE = "%/:?#@!$&'()*+,;=~-._"
_SCHEME = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]*):")
_FRAGMENT = re.compile(r"^#[^\s#]+$")
_HOST = re.compile(r"^[^\s/@\\<>\"'`{}|^]+$")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_MAX = 2000


def address(href: str) -> str:
    """Return the address as it may be printed, or "" when a link may not lead there.

    Allowed are http, https, mailto, tel, a path of this site and a heading of this page. Never `//host`, a backslash, a
    name and password before the host, or any other scheme.
    """
    found = _allowed(href)
    return found if len(found) <= _MAX else ""


def _allowed(href: str) -> str:
    href = permitted(re.sub(r"[\t\n\r]", "", href)).strip()
    if not href or "\\" in href:
        return ""
    if href.lower().startswith("www."):
        href = f"https://{href}"
    if href.startswith("/"):
        return "" if href.startswith("//") else _quoted(href)
    if href.startswith("#"):
        return _quoted(href) if _FRAGMENT.match(href) else ""
    scheme = _SCHEME.match(href)
    if not scheme or scheme[1].lower() not in SCHEMES:
        return ""
    rest = href[scheme.end() :]
    if scheme[1].lower() in ("http", "https"):
        return _web(scheme[1].lower(), rest)
    return _quoted(f"{scheme[1].lower()}:{rest}") if rest.strip("/ ") else ""


def _web(scheme: str, rest: str) -> str:
    try:
        parts = urlsplit(f"{scheme}:{rest}")
        _ = parts.port
    except ValueError:
        return ""
    if not rest.startswith("//") or not _HOST.match(parts.netloc):
        return ""
    return f"{scheme}://{parts.netloc}{_quoted(rest[2 + len(parts.netloc) :])}"


def _quoted(url: str) -> str:
    return "".join(
        c if ord(c) > 127 and not c.isspace() else quote(c, safe=_SAFE)
        for c in _STRAY_PERCENT.sub("%25", url)
    )
