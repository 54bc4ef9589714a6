"""Finds what static site generators leave in their Markdown: Hugo, Jekyll and Nunjucks tags, comments, front matter.

What the tags mean is told by `shortcodes` and `macros`; here they are found, without touching code samples.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from articles.importing import macros, shortcodes

_FRONT_MATTER = re.compile(
    r"\A\s*(---|\+\+\+)[ \t]*\n(?:\w[\w-]*[ \t]*[:=].*\n|[ \t-].*\n|\n)*?\1[ \t]*(?:\n|\Z)"
)
_RAW = (re.compile(r"\{%-?\s*raw\s*-?%\}"), re.compile(r"\{%-?\s*endraw\s*-?%\}"))
_UNSEEN = (
    (re.compile(r"\{#(?![^{}\s%]+\})"), re.compile(r"#\}")),
    (re.compile(r"\{%-?\s*comment\s*-?%\}"), re.compile(r"\{%-?\s*endcomment\s*-?%\}")),
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"\{%-?\s*for\b"), re.compile(r"\{%-?\s*endfor\s*-?%\}")),
)
"""Comments; and loops, which have nothing to go through here."""

_CODE = re.compile(
    r"^(?P<fence>```++|~~~++)[^\n]*\n.*?^(?P=fence)[ \t]*$|(?P<tick>`++)(?!`)[^\n]+?(?<!`)(?P=tick)(?!`)",
    re.DOTALL | re.MULTILINE,
)
_CONTENTS = re.compile(
    r"^[*-]?[ \t]*(?:TOC[ \t]*\n)?(?:\[\[toc\]\]|\[toc\]|\{:\s*toc[^}\n]*\})[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_KRAMDOWN = re.compile(r"\{:[^{}\n]*\}")
_NAME = re.compile(r"[ \t]*\{(?:#[^{}\s%]+|\.\w[\w .:-]*)\}")
_ABBREVIATION = re.compile(r"^\*\[[^\]\n]+\]:[^\n]*$", re.MULTILINE)
_LINK_AHEAD = re.compile(r"\](?:\(|: *)\Z")
_IDLE_HEADING = re.compile(rf"^#{{1,6}} [^\n]*\n\s*{macros.NOTHING}", re.MULTILINE)
_LONGEST = 20_000
_MOST_UNCLOSED = 50

BRACES = {"{": "\ue000", "}": "\ue001", "%": "\ue002"}
"""Stand-ins for signs that are meant as they stand (`raw`), until all else is done."""

_KEPT = str.maketrans(BRACES)
_RESTORED = str.maketrans({kept: sign for sign, kept in BRACES.items()})


@dataclass
class Notes:
    """What was left out on the way, for the warnings."""

    pictures: int = 0
    embeds: int = 0
    unknown: set[str] = field(default_factory=set)
    labels_too: bool = False
    """Keep the words of pictures even where they are only labels: the article has no others."""


def expanded(source: str, notes: Notes) -> str:
    """Markdown without template tags: each gave way to its words, its link, or nothing."""
    text = _FRONT_MATTER.sub("", source)
    text = _changed(text, *_RAW, lambda inside: inside.translate(_KEPT))
    text = outside_code(text, _seen)
    text = outside_code(text, lambda part: _tags(part, notes))
    text = outside_code(text, lambda part: _IDLE_HEADING.sub("", part).replace(macros.NOTHING, ""))
    return outside_code(text, _without_notation)


def _without_notation(text: str) -> str:
    for notation in (_CONTENTS, _NAME, _KRAMDOWN, _ABBREVIATION):
        text = notation.sub("", text)
    return text


def _seen(text: str) -> str:
    for opening, closing in _UNSEEN:
        text = _changed(text, opening, closing, lambda _: "")
    return text


def _changed(
    text: str, opening: re.Pattern[str], closing: re.Pattern[str], change: Callable[[str], str]
) -> str:
    """Change what stands between the signs, and take the signs off; in linear time, whatever is left unclosed."""
    out, at = [], 0
    while (start := opening.search(text, at)) and (end := closing.search(text, start.end())):
        out += [text[at : start.start()], change(text[start.end() : end.start()])]
        at = end.end()
    return "".join([*out, text[at:]])


def restored(html: str) -> str:
    return html.translate(_RESTORED)


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """Apply the change to all but code samples. They are put by, not cut out: a tag may hold one."""
    kept: list[str] = []

    def put_by(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\ue003{len(kept) - 1}\ue004"

    changed = change(_CODE.sub(put_by, text))
    return re.sub("\ue003(\\d+)\ue004", lambda m: kept[int(m[1])] if int(m[1]) < len(kept) else "", changed)


def _tags(text: str, notes: Notes) -> str:
    out: list[str] = []
    at = unclosed = 0
    while (start := _next_tag(text, at)) != -1 and unclosed < _MOST_UNCLOSED:
        out.append(text[at:start])
        opening = text[start : start + 2]
        end = _end_of(text, start, "}}" if opening == "{{" else "%}")
        if end == -1:
            unclosed += 1
            notes.unknown.add(text[start : start + 12])
            at = start + 2
            continue
        stands_for = _meaning(text[start + 2 : end - 2], opening, notes)
        # A link to nowhere, so that what follows in the brackets is still read as a link
        nowhere = not stands_for and _LINK_AHEAD.search(text, max(0, start - 4), start)
        out.append("<>" if nowhere else stands_for)
        at = end
    out.append(text[at:])
    return "".join(out)


def _next_tag(text: str, at: int) -> int:
    found = [position for position in (text.find("{{", at), text.find("{%", at)) if position != -1]
    return min(found) if found else -1


def _end_of(text: str, start: int, closing: str) -> int:
    """Where the tag ends: past the closing sign that is in no string and no inner brace."""
    depth, quote, i = 0, "", start + 2
    while i < min(len(text), start + _LONGEST):
        sign = text[i]
        if quote:
            if sign == "\\":
                i += 1
            elif sign == quote:
                quote = ""
        elif sign in "\"`'" and (text[i - 1] in " (:,=[{\n<%" or sign == '"'):
            quote = sign
        elif text.startswith(closing, i) and depth <= 0:
            return i + 2
        elif sign == "{":
            depth += 1
        elif sign == "}":
            depth -= 1
        i += 1
    plain = text.find(closing, start + 2, start + _LONGEST)
    return plain + 2 if plain != -1 else -1


def _meaning(inside: str, opening: str, notes: Notes) -> str:
    if opening == "{{" and inside[:1] in ("<", "%"):
        return shortcodes.meaning(inside[1:-1].strip().strip("/*").strip(), notes)
    inside = inside.strip("- \n\t")
    return macros.output(inside, notes) if opening == "{{" else macros.statement(inside, notes)
