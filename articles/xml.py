"""Knows how to write XML: text that can never break it, elements made of it, and the whole as bytes."""

from collections.abc import Iterable

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'

#: What XML 1.0 allows in no spelling, not even escaped (section 2.2): controls, two that are no characters, and halves
#: of pairs, which UTF-8 knows no way to write.
_CONTROLS = bytes({*range(0x20)} - {*b"\t\n\r"})
_NO_CHARACTERS = ("\ufffe".encode(), "\uffff".encode())


#: Stands in a text where something goes that is bytes already; no character that XML knows.
GAP = "\0"


def document(root: str, inside: Iterable[bytes] = ()) -> bytes:
    """Give the whole, with what is `encoded` already in place of the last GAP."""
    before, _, after = f"{DECLARATION}{root}".rpartition(GAP)
    return b"".join([encoded(before), *inside, encoded(after)])


def encoded(written: str) -> bytes:
    """Without the characters that XML knows no way to write: dropped once, because that takes long."""
    found = written.encode(errors="ignore").translate(None, _CONTROLS)
    for each in _NO_CHARACTERS:
        found = found.replace(each, b"")
    return found


def element(name: str, content: str = "", /, **attributes: object) -> str:
    """Give an element around plain text; attributes that are None are left out."""
    return _element(name, _escaped(content), attributes)


def quoted(name: str, content: str, /, **attributes: object) -> str:
    """Give an element around a long text as it stands: to escape markup takes longer, and makes it a fifth longer."""
    inside = content.replace("]]>", "]]]]><![CDATA[>")
    return _element(name, inside and f"<![CDATA[{inside}]]>", attributes)


def parent(name: str, children: Iterable[str], /, **attributes: object) -> str:
    """Give an element around other elements."""
    return _element(name, "".join(children), attributes)


def _element(name: str, inside: str, attributes: dict[str, object]) -> str:
    start = name
    for key, value in attributes.items():
        if value is not None:
            start += f' {key.replace("__", ":")}="{_attribute(str(value))}"'
    return f"<{start}>{inside}</{name}>\n" if inside else f"<{start}/>\n"


def _attribute(text: str) -> str:
    """Escape what an attribute would read as its end, or as a space (XML 1.0, 3.3.3); `str.translate` takes longer."""
    quoted = _escaped(text).replace('"', "&quot;")
    return quoted.replace("\n", "&#10;").replace("\r", "&#13;").replace("\t", "&#9;")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
