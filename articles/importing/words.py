"""Puts the short texts of a record into words that can stand on a page: titles, standfirsts, names."""

import re

from articles.body.text import plain_text
from articles.importing.convert import convert

LONGEST_STANDFIRST = 500
GOOD_STANDFIRST = 300

_SENTENCE = re.compile(r".+?[.!?][”’\"')\]]*(?=\s|$)", re.DOTALL)
#: What plain words hold none of; it saves reading most titles and names as markup.
_MARKUP = re.compile(r"[&<>*_`\[\]{}\\#|~^$=+]|^\s*[-\d]|://")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

#: Words of topics that are spoken letter by letter.
_INITIALS = {
    word.casefold(): word
    for word in ("AI", "API", "APIs", "CSS", "HTML", "IT", "NHS", "SEO", "UX", "UK", "US", "XML")
}


def line(text: str, markup: str = "md") -> str:
    """One line of plain text: markup and entities read, white space in order."""
    if not _MARKUP.search(text):
        return " ".join(text.split())
    # A title is no list, quote or heading, whatever it begins with
    kept = re.sub(r"^(\s*)([#>*+-]|\d+[.)])(?=\s)", r"\1\\\2", text) if markup == "md" else text
    return " ".join(plain_text(convert(kept, markup).html).split())


def standfirst(summary: str, html: str) -> str:
    """The summary, or else the first sentences of the body; cut at the end of a sentence or word."""
    words = line(summary)
    if words:
        return shortened(words, LONGEST_STANDFIRST)
    first = next((part for part in plain_text(html).split("\n") if len(part.split()) > 5), "")
    return shortened(" ".join(first.split()), GOOD_STANDFIRST)


def shortened(text: str, longest: int) -> str:
    """`text`, cut after the last whole sentence that fits, else after a word with an ellipsis."""
    if len(text) <= longest:
        return text
    kept = ""
    for sentence in _SENTENCE.findall(text):
        if len(kept) + len(sentence) > longest:
            break
        kept += sentence
    return kept.strip() or text[: longest - 1].rsplit(" ", 1)[0].rstrip(",;:–—-") + "…"


def person(name: str) -> str:
    """An author's name; an identifier such as `ada-quill` becomes Ada Quill."""
    name = line(name, "html")
    if "-" in name and _SLUG.fullmatch(name):
        return " ".join(part.capitalize() for part in name.split("-"))
    return name


def topic(name: str) -> str:
    """A topic's name; an identifier such as `open-data` becomes Open data."""
    name = line(name, "html")
    if not _SLUG.fullmatch(name):
        return name
    words = [_INITIALS.get(word, word) for word in name.split("-")]
    return " ".join(words)[0].upper() + " ".join(words)[1:]
