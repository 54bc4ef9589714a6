"""What Jekyll's, Eleventy's and the design histories' tags and macros stand for, as Markdown."""

import re
from typing import TYPE_CHECKING, Any

from articles.importing.literals import attributes, call, unquoted
from articles.importing.shortcodes import caption, linked

if TYPE_CHECKING:
    from articles.importing.templates import Notes

_LITERAL = re.compile(r"^(\"[^\"]*\"|'[^']*')\s*(?:\|\s*(\w+)(.*))?$", re.DOTALL)
_CALL = re.compile(r"^[A-Za-z_]\w*\s*\(")
_SILENT = {
    "from", "import", "extends", "set", "if", "elif", "elsif", "else", "endif", "for", "endfor", "unless", "endunless",
    "assign", "capture", "endcapture", "raw", "endraw", "comment", "endcomment", "block", "endblock", "macro",
    "endmacro",
}  # fmt: skip
NOTHING = "\ue005"
"""Says that the crosshead above has nothing under it now."""

_PAGES = ("http://", "https://")


def statement(inside: str, notes: "Notes") -> str:
    """What `{% … %}` stands for."""
    name, _, rest = inside.partition(" ")
    name = name.strip().lower()
    named, _bare = attributes(rest)
    if name.startswith("image") or "image" in named:
        notes.pictures += 1
        return _with_link(caption(named.get("caption", ""), notes), named.get("url", ""))
    if name in ("youtube", "embed", "video"):
        notes.embeds += 1
        address = next((value for value in (*_bare, *named.values()) if value.startswith(_PAGES)), "")
        return linked("Video", address) if address else ""
    if name not in _SILENT:
        notes.unknown.add(name)
    words = [named[key] for key in ("title", "text", "caption", "content") if named.get(key)]
    return "".join(f"\n\n{part}\n\n" for part in words)


def output(inside: str, notes: "Notes") -> str:
    """What `{{ … }}` stands for: the text of a literal, the words of a macro; a variable has none here."""
    literal = _LITERAL.match(inside)
    if literal:
        return _filtered(
            unquoted(literal[1]), literal[2] or "", unquoted((literal[3] or "").strip(" :")), notes
        )
    if _CALL.match(inside):
        name, argument = call(inside)
        return _macro(name, argument, notes)
    return ""


def _filtered(text: str, name: str, rest: str, notes: "Notes") -> str:
    if name == "embed":
        notes.embeds += 1
        return linked(f"Video: {rest}" if rest else "Video", text)
    if name.endswith("photo") or text.lower().endswith((".jpg", ".png", ".gif", ".svg")):
        return ""
    return text


def _macro(name: str, argument: Any, notes: "Notes") -> str:
    said = argument if isinstance(argument, dict) else {}
    match name.removeprefix("app").removeprefix("govuk").removeprefix("nhsuk").lower():
        case "figure" | "image":
            notes.pictures += 1
            return caption(_text(said, "caption"), notes)
        case "screenshots":
            items = said.get("items")
            items = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
            notes.pictures += len(items)
            return "".join(_screenshot(item, notes) for item in items)
        case "email":
            return _email(said)
        case "vimeo":
            notes.embeds += 1
            return linked(
                "Video: on Vimeo", f"https://vimeo.com/{argument}" if isinstance(argument, str) else ""
            )
        case "embed":
            notes.embeds += 1
            address = f"https://www.youtube.com/watch?v={_text(said, 'youtubeId')}"
            return linked(_text(said, "title") or "Video: on YouTube", address)
        case "userneeds" | "card":
            return f"\n\n{NOTHING}\n\n"
        case "insettext" | "warningtext" | "details":
            parts = (_text(said, key) for key in ("summaryText", "titleText", "text", "html"))
            return "".join(f"\n\n{part}\n\n" for part in parts if part)
    notes.unknown.add(name)
    return "".join(
        f"\n\n{words}\n\n" for key in ("title", "heading", "text", "html") if (words := _text(said, key))
    )


def _screenshot(item: dict[str, Any], notes: "Notes") -> str:
    label = caption(_text(item, "text"), notes) if notes.labels_too else ""
    return label + caption(_text(item, "caption"), notes)


def _email(said: dict[str, Any]) -> str:
    lines = [f"**Subject: {_text(said, 'subject')}**", "", *_text(said, "content").strip().splitlines()]
    return "\n\n" + "\n".join(f"> {line}" for line in lines) + "\n\n"


def _text(said: dict[str, Any], key: str) -> str:
    value = said.get(key, "")
    if isinstance(value, dict):
        return _text(value, "text") or _text(value, "html")
    return value if isinstance(value, str) else ""


def _with_link(words: str, address: str) -> str:
    return linked(words.strip() or "See it there", address) if address.startswith(_PAGES) else words
