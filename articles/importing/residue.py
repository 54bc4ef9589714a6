"""Finds markup that would stand on a reader's screen as raw signs."""

import re

from articles.body.text import prose

_SIGNS = {
    "bold": re.compile(r"\*\*"),
    "link": re.compile(r"\]\(|\]\[|!\["),
    "heading": re.compile(r"##|^#{1,6} \S", re.MULTILINE),
    "fence": re.compile(r"```|~~~"),
    "template": re.compile(r"\{\{|\}\}|\{%|%\}|\{:|\{#|\{\.\w|\[\[toc"),
    "entity": re.compile(r"&(?:[a-zA-Z]{2,31}|#\d{1,7}|#x[0-9a-fA-F]{1,6});"),
    "tag": re.compile(
        r"</?(?:p|div|a|br|span|img|ul|ol|li|table|t[rdh]|strong|em|b|i|h[1-6]|figure|iframe|script|blockquote)(?:\s[^<>]*)?/?>"
    ),
}


def residue(html: str) -> list[str]:
    """What is left of Markdown, templates and HTML in a body's words, code samples aside, with what is round it."""
    words = prose(html)
    found = []
    for kind, sign in _SIGNS.items():
        found += [f"{kind}: …{words[max(0, m.start() - 20) : m.end() + 20]}…" for m in sign.finditer(words)]
    return [" ".join(part.split()) for part in found]
