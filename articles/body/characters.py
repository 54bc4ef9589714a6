"""Which characters may stand in a body, and what white space means in it."""

import re

_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufdd0-\ufdef\ufeff\ufffc\ufffe\uffff"
    + "".join(f"{chr((plane << 16) + 0xFFFE)}{chr((plane << 16) + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
"""Controls and non-characters, which HTML forbids, and invisible ones that break searching (soft hyphen and such)."""

_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACE = re.compile("[ \t\n\r\f\u2028\u2029]+")
_NO_BREAK = re.compile(r"(?<=\d)\xa0(?=[^\s])|(?<=[^\s])\xa0(?=[\d»?!;:%])|(?<=«)\xa0(?=[^\s])")

_BLANK = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters by their name, that show nothing: the fillers of Hangul."""


def permitted(text: str) -> str:
    """Take out what may not stand in HTML; a lone surrogate, which cannot even be encoded, becomes U+FFFD."""
    return _FORBIDDEN.sub("", _SURROGATE.sub("\ufffd", text))


def spaced(text: str) -> str:
    """Make every stretch of white space one space.

    A no-break space is kept only where a typesetter would put one: beside a figure (10 km, 5 %) and before French
    punctuation. Word processors strew the others.
    """
    if "\xa0" in text:
        kept = {match.start() for match in _NO_BREAK.finditer(text)}
        text = "".join(" " if c == "\xa0" and i not in kept else c for i, c in enumerate(text))
    return _SPACE.sub(" ", text)


def is_readable(text: str) -> bool:
    """Whether anything in it can be read out: a letter or figure, and not one of those that show nothing."""
    return any(character.isalnum() and character not in _BLANK for character in text)
