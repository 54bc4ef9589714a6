"""The site's whole map, and an address for each route on it: what is added later is walked too."""

import re
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver

#: What a route takes, by the name of its converter or of its group; a word elsewhere.
_WORDS = {"yyyy": "2026", "mm": "11", "number": "1", "width": "320", "key": "0" * 32, "uidb36": "1"}
_NUMBERED = ("int", "path", "str")

_CONVERTED = re.compile(r"<(?:(\w+):)?(\w+)>")
_GROUP = re.compile(r"\(\?P<(\w+)>")
_CHOICE = re.compile(r"[a-z]+(\|[a-z]+)+")


def routes() -> Iterator[tuple[str, URLPattern]]:
    """Every route as the resolver writes it, and its pattern."""
    yield from _routes(get_resolver().url_patterns)


def address(route: str, number: int | str) -> str:
    """Give an address of this route, with this number where it takes the number or the key of something."""
    while group := _GROUP.search(route):
        end = _closing(route, group.start())
        takes = route[group.end() : end - 1]
        word = takes.partition("|")[0] if _CHOICE.fullmatch(takes) else _WORDS.get(group[1], "word")
        route = route[: group.start()] + word + route[end:]
    filled = _CONVERTED.sub(lambda it: _converted(it[1], it[2], number), route)
    return "/" + filled.replace("/?", "/").replace(r"\Z", "").translate(str.maketrans("", "", "^$\\"))


def _converted(converter: str, name: str, number: int | str) -> str:
    # Revisions count from 1 in each story, whatever its own key is: PostgreSQL's go on from one test to the next.
    if name == "number":
        return _WORDS[name]
    return str(number) if converter in _NUMBERED else _WORDS.get(converter, "word")


def _closing(text: str, start: int) -> int:
    depth = 0
    for place in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[place], 0)
        if depth == 0:
            return place + 1
    raise ValueError(text)


def _routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        else:
            yield route, pattern
