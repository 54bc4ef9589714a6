"""Knows how to write XML: text that can never break it, and elements made of it."""

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'

#: What XML 1.0 allows in no spelling, not even escaped (section 2.2).
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text(value: str) -> str:
    """Escape text, and drop the characters that XML knows no way to write."""
    return escape(_FORBIDDEN.sub("", value))


def element(name: str, content: str = "", /, **attributes: object) -> str:
    """Give an element around plain text; attributes that are None are left out."""
    return _element(name, text(content), attributes)


def parent(name: str, children: Iterable[str], /, **attributes: object) -> str:
    """Give an element around other elements."""
    return _element(name, "".join(children), attributes)


def _element(name: str, inside: str, attributes: dict[str, object]) -> str:
    start = name + "".join(
        f" {key.replace('__', ':')}={quoteattr(_FORBIDDEN.sub('', str(value)))}"
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{start}>{inside}</{name}>\n" if inside else f"<{start}/>\n"
