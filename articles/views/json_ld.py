"""Knows how JSON is written that can stand in a page: objects made of texts that are JSON already, or become it here.

`json.dumps` would need them as a tree and walk all of it for each page, where most of what a page says of itself is the
same as yesterday.
"""

from collections.abc import Mapping
from json.encoder import encode_basestring

from django.utils.safestring import SafeString, mark_safe


class Json(str):
    """A text that is JSON."""

    __slots__ = ()


type Value = str | int | Json | list[Json] | list[str] | None

#: What would end a script element, or begin another state of its text (HTML 13.2.5.4); and two that JavaScript ends
#: lines at. Each stands in strings alone, where it can be written so.
_SAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def thing(said: Mapping[str, Value]) -> Json:
    """Write an object, without what says nothing."""
    inside = [f'"{name}":{_written(value)}' for name, value in said.items() if value or value is False]
    return Json(f"{{{','.join(inside)}}}")


def block(*things: Json) -> SafeString:
    """Write a data block for a page: one object, or a graph of several."""
    inside = things[0][1:] if len(things) == 1 else f'"@graph":[{",".join(things)}]}}'
    written = f'{{"@context":"https://schema.org",{inside}'
    for character, safe in _SAFE.items():
        written = written.replace(character, safe)
    return mark_safe(written)


def _written(value: Value) -> str:
    match value:
        case Json():
            return value
        case str():
            return encode_basestring(value)
        case list():
            return f"[{','.join(map(_written, value))}]"
        case bool():
            return "true" if value else "false"
    return str(value)
