"""Plain text made into paragraphs, lists and crossheads, as far as its lines tell."""

import html
import re

_DATELINE = re.compile(r"^(?:\w+day, )?(?:\w+ \d{1,2}, \d{4}|\d{1,2} \w+ \d{4})$")
_ITEM = re.compile(r"^(?:[-*•·]|\d{1,2}[.)])\s+(.*)$", re.DOTALL)
_SPEAKER = re.compile(r"^\(\(([^()]{1,60})\)\)\s+")
_WIKI = re.compile(r"(?<!\{)\{{1,2}[\w ]{0,40}\|(?:[^{}|\n]{0,200}\|)?([^{}|\n]{0,200})\}{1,2}")
_HEADS = {
    "sources", "source", "references", "related news", "related articles", "external links", "external link", "notes",
    "background", "reactions", "sister links", "see also", "further reading",
}  # fmt: skip
_WRAPPED = 55


def html_of(text: str) -> str:
    """Paragraphs stand between empty lines. A date alone on the first line is the story's, not its text's."""
    text = _WIKI.sub(r"\1", text)
    parts = [part.strip() for part in re.split(r"\n[ \t\xa0]*\n\s*", text.replace("\r\n", "\n").strip())]
    if parts and _DATELINE.match(_line(parts[0])):
        parts = parts[1:]
    return "\n".join(_block(part) for part in parts if part)


def _block(part: str) -> str:
    lines = [line.strip() for line in part.split("\n") if line.strip()]
    if len(lines) == 1 and _line(lines[0]).rstrip(":").casefold() in _HEADS:
        return f"<h2>{html.escape(_line(lines[0]).rstrip(':'), quote=False)}</h2>"
    items = [_ITEM.match(line) for line in lines]
    if all(items):
        return f"<ul>{''.join(f'<li>{_escaped(item[1])}</li>' for item in items if item)}</ul>"
    wrapped = len(lines) > 2 and sum(map(len, lines[:-1])) / (len(lines) - 1) > _WRAPPED
    return f"<p>{(' ' if wrapped else '<br>').join(map(_escaped, lines))}</p>"


def _escaped(line: str) -> str:
    """Interviews give each speaker in double brackets."""
    speaker = _SPEAKER.match(line)
    if speaker:
        rest = html.escape(line[speaker.end() :], quote=False)
        return f"<strong>{html.escape(speaker[1], quote=False)}:</strong> {rest}"
    return html.escape(html.unescape(line), quote=False)


def _line(text: str) -> str:
    return " ".join(text.split())
