"""What a picture says about itself: caption, credit, alternative text and rights from XMP and IPTC.

They are suggestions for the editor's form. Nothing of the metadata stays in the stored file.
Fields: IPTC Photo Metadata Standard 2025.1 (XMP) and IPTC-IIM 4.2 (the older block, in JPEG only).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PIL import ImageFile, IptcImagePlugin

MAX_XMP = 1_000_000  # bytes; a genuine packet is some tens of kB, and parsing costs many times its size

_UNREADABLE = (OSError, ValueError, SyntaxError, LookupError, TypeError, AttributeError, RuntimeError)
_IIM_UTF8 = b"\x1b%G"  # IIM 1:90, "coded character set"

_IIM_CAPTION, _IIM_CREDIT, _IIM_BYLINE, _IIM_COPYRIGHT = (2, 120), (2, 110), (2, 80), (2, 116)


@dataclass(frozen=True, slots=True)
class Suggestions:
    caption: str = ""
    credit: str = ""
    alt: str = ""
    rights: str = ""


def suggestions(image: ImageFile.ImageFile) -> Suggestions:
    """Read what an opened picture offers; XMP first, since it is Unicode and newer. Never raises on bad metadata."""
    xmp, iim = _xmp(image), _iim(image)
    return Suggestions(
        caption=_first(xmp.get("description"), iim.get(_IIM_CAPTION), limit=400),
        credit=_first(
            xmp.get("Credit"), iim.get(_IIM_CREDIT), xmp.get("creator"), iim.get(_IIM_BYLINE), limit=200
        ),
        alt=_first(xmp.get("AltTextAccessibility"), limit=300),
        rights=_first(xmp.get("rights"), iim.get(_IIM_COPYRIGHT), limit=200),
    )


def _xmp(image: ImageFile.ImageFile) -> dict[str, Any]:
    """The properties of all rdf:Description elements, in one dict, by local name."""
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    if not packet or len(packet) > MAX_XMP:
        return {}
    try:
        root = image.getxmp()
        rdf = root.get("xmpmeta", root).get("RDF", {})
        descriptions = rdf.get("Description", [])
    except _UNREADABLE:
        return {}
    found: dict[str, Any] = {}
    for description in descriptions if isinstance(descriptions, list) else [descriptions]:
        if isinstance(description, dict):
            found = description | found
    return found


def _iim(image: ImageFile.ImageFile) -> dict[tuple[int, int], list[str]]:
    try:
        fields = IptcImagePlugin.getiptcinfo(image) or {}
    except _UNREADABLE:
        return {}
    encoding = "utf-8" if fields.get((1, 90)) == _IIM_UTF8 else "latin-1"
    return {
        name: [_decoded(value, encoding) for value in (values if isinstance(values, list) else [values])]
        for name, values in fields.items()
    }


def _decoded(value: bytes, encoding: str) -> str:
    """Old desks wrote UTF-8 without saying so: believe the bytes when they are valid UTF-8."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode(encoding, errors="replace")


def _first(*candidates: Any, limit: int) -> str:
    for candidate in candidates:
        for words in _texts(candidate):
            if words := _tidy(words)[:limit].rstrip():
                return words
    return ""


def _texts(value: Any) -> Iterator[str]:
    """Every string in a property: plain, or an rdf Alt, Seq or Bag, whose default language comes first."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in sorted(value, key=lambda each: not _is_default(each)):
            yield from _texts(item)
    elif isinstance(value, dict):
        for key in ("text", "Alt", "Seq", "Bag", "li"):
            yield from _texts(value.get(key))


def _is_default(item: Any) -> bool:
    return isinstance(item, dict) and item.get("lang") == "x-default"


def _tidy(words: str) -> str:
    """One line, without control or invisible formatting characters."""
    visible = (char for char in " ".join(words.split()) if unicodedata.category(char)[0] != "C")
    return " ".join("".join(visible).split())
