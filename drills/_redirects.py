"""Sixty ways to write an address that looks like ours and leads elsewhere."""

from urllib.parse import urljoin, urlsplit

_EVIL = "evil.example"

FORMS = [
    f"https://{_EVIL}/",
    f"http://{_EVIL}/",
    f"//{_EVIL}",
    f"///{_EVIL}",
    f"////{_EVIL}/%2e%2e",
    f"https:{_EVIL}",
    f"https:/{_EVIL}",
    f"http:{_EVIL}",
    f"http:/{_EVIL}",
    f"HTTPS://{_EVIL}",
    f"hTtP:\\\\{_EVIL}",
    f"\\\\{_EVIL}",
    f"/\\{_EVIL}",
    f"\\/{_EVIL}",
    f"/\\/{_EVIL}",
    f"\\/\\/{_EVIL}/",
    f"/\t/{_EVIL}",
    f"/\n/{_EVIL}",
    f"/\r/{_EVIL}",
    f"\t//{_EVIL}",
    f" //{_EVIL}",
    f"\x00//{_EVIL}",
    f"\x01https://{_EVIL}",
    f"\x1fhttps://{_EVIL}",
    f"\u00a0//{_EVIL}",
    f"\u2028//{_EVIL}",
    f"\u200b//{_EVIL}",
    f"\ufeffhttps://{_EVIL}",
    f"https://{_EVIL}\\@{{host}}",
    f"https://{{host}}@{_EVIL}",
    f"//{{host}}@{_EVIL}/",
    f"https://{{host}}:x@{_EVIL}",
    f"https://{{host}}.{_EVIL}",
    f"https://{_EVIL}/{{host}}",
    f"https://{_EVIL}?{{host}}",
    f"https://{_EVIL}#{{host}}",
    f"https://{{host}}%00.{_EVIL}",
    f"https://{{host}}%2f@{_EVIL}",
    f"https://{{host}}\u2044.{_EVIL}",
    f"https://{{host}}\uff0f.{_EVIL}",
    f"//{_EVIL}%E3%80%82",
    f"//{_EVIL}\u3002",
    "//evil\u3002example",
    "//evil\uff0eexample",
    f"//{_EVIL}:443/",
    f"//[::ffff:203.0.113.1]/?{_EVIL}",
    "//3405803777/",
    "//0xcb007101/",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "\x01javascript:alert(1)",
    "javascript://%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "blob:https://evil.example/1",
    "ftp://evil.example/",
    "file:///etc/passwd",
    f"/%0d%0aLocation: https://{_EVIL}",
    f"/\r\nLocation: https://{_EVIL}",
]


def leaves(location: str, *, site: str) -> bool:
    """Whether a browser would leave the site: it drops tabs and line breaks, and takes \\ for / (WHATWG, URL)."""
    cleaned = "".join(one for one in location.strip("".join(map(chr, range(33)))) if one not in "\t\r\n")
    found = urlsplit(urljoin(site, cleaned.replace("\\", "/")))
    return f"{found.scheme}://{found.netloc}" != site
