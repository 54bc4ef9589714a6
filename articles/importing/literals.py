"""Arguments of template calls: enough of JavaScript's and Hugo's notation to read their words."""

import re
from typing import Any

_STRING = r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|`(?:\\.|[^`\\])*`'
_TOKEN = re.compile(rf"\s*(?:({_STRING})|([\[\]{{}}(),:])|([^\s\[\]{{}}(),:\"'`]+)|(.))", re.DOTALL)
_NAMED = re.compile(rf"([\w-]+)\s*[=:]\s*({_STRING}|[^\s,]+)", re.DOTALL)
_BARE = re.compile(_STRING, re.DOTALL)
_DEEPEST = 20


def unquoted(literal: str) -> str:
    if len(literal) > 1 and literal[0] == literal[-1] and literal[0] in "\"'`":
        inner = literal[1:-1]
        return re.sub(r"\\(.)", lambda m: {"n": "\n", "t": " "}.get(m[1], m[1]), inner, flags=re.DOTALL)
    return literal


def attributes(text: str) -> tuple[dict[str, str], list[str]]:
    """Named (`caption="…"`, `caption: "…"`) and nameless values of a shortcode or an include."""
    named = {m[1].lower(): unquoted(m[2]) for m in _NAMED.finditer(text)}
    return named, [unquoted(m[0]) for m in _BARE.finditer(_NAMED.sub(" ", text))]


def call(text: str) -> tuple[str, Any]:
    """The name and first argument of `name({…})`; objects become dicts, arrays lists, all else strings."""
    name, _, rest = text.partition("(")
    return name.strip(), _Reader(rest).value(0)


class _Reader:
    def __init__(self, text: str) -> None:
        self.tokens = [match for match in _TOKEN.finditer(text) if match[0].strip()]
        self.at = 0

    def value(self, depth: int) -> Any:
        sign = self._next()
        if sign == "{" and depth < _DEEPEST:
            return self._object(depth + 1)
        if sign == "[" and depth < _DEEPEST:
            return self._array(depth + 1)
        value = unquoted(sign) if sign[:1] in tuple("\"'`") else ""
        self._skip_expression()
        return value

    def _object(self, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while (key := self._next()) not in ("}", ""):
            if key != "," and self._peek() == ":":
                self.at += 1
                found[unquoted(key)] = self.value(depth)
        return found

    def _array(self, depth: int) -> list[Any]:
        found = []
        while self._peek() not in ("]", ""):
            if self._peek() == ",":
                self.at += 1
            else:
                found.append(self.value(depth))
        self.at += 1
        return found

    def _skip_expression(self) -> None:
        """What follows a value up to the next comma or bracket (`"a" + b`, `x | safe`) is not read."""
        while self._peek() not in (",", "}", "]", ")", ""):
            self.at += 1

    def _peek(self) -> str:
        return self.tokens[self.at][0].strip() if self.at < len(self.tokens) else ""

    def _next(self) -> str:
        token = self._peek()
        self.at += 1
        return token
