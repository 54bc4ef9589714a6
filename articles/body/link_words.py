"""The links of a body, and whether their words say where they lead."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from articles.body.characters import is_readable
from articles.body.document import Block, Run, runs_within
from articles.body.faults import Fault, mark, stands_in
from articles.body.inline import text_of
from articles.body.text import shortened

#: What is read out in a list of links and tells nothing there, as letters and figures with single spaces between.
SAYS_NOTHING = frozenset(
    {
        *("here", "click", "click here", "click this link", "see here", "look here", "over here", "go here"),
        *("link", "this", "this link", "the link", "link here", "this page", "this website", "this site"),
        *(
            "more",
            "read",
            "read more",
            "read this",
            "read on",
            "read here",
            "see more",
            "view more",
            "more here",
        ),
        *("learn more", "find out more", "more information", "more info", "further information", "details"),
        *(
            "more details",
            "continue",
            "continue reading",
            "keep reading",
            "download",
            "download here",
            "press here",
        ),
    }
)

_BARE_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_AROUND = 32
_LONGEST = 80


@dataclass(frozen=True)
class Link:
    """One link as a reader meets it: where it leads, its words, and those with some of the line around them."""

    href: str
    words: str
    quote: str


def links(blocks: list[Block]) -> Iterator[Link]:
    """Every link in the order of the text, captions and tables too."""
    for runs in runs_within(blocks):
        yield from _in_line(runs)


def link_faults(found: Iterable[Link]) -> Iterator[Fault]:
    """Links whose words do not tell their purpose (WCAG 2.2, 2.4.4)."""
    for link in found:
        fault = _fault(link)
        if fault is not None:
            rule, sentence = fault
            yield Fault(rule, sentence, mark(link.words, link.href), link.quote)


def _fault(link: Link) -> tuple[str, str] | None:
    words, where = shortened(link.words, _LONGEST), stands_in(link.quote)
    if not is_readable(link.words):
        return "link_empty", f"A link to {shortened(link.href, _LONGEST)} has no words. {where}"
    if _BARE_ADDRESS.fullmatch(link.words.strip()):
        return "link_bare", f"The link “{words}” is a bare address. Write what it leads to instead. {where}"
    if " ".join(_WORD.findall(link.words.casefold())) in SAYS_NOTHING:
        return "link_vague", f"The link “{words}” does not say where it leads. Link words that do. {where}"
    return None


def _in_line(runs: list[Run]) -> Iterator[Link]:
    line, start = text_of(runs), 0
    for href, marked in groupby(runs, key=lambda run: run.href):
        words = text_of(marked)
        end = start + len(words)
        if href:
            yield Link(href, words, _around(line, start, end))
        start = end


def _around(line: str, start: int, end: int) -> str:
    """The link with a few words on either side."""
    before, after = line[max(0, start - _AROUND) : start], line[end : end + _AROUND]
    if start > _AROUND:
        before = "…" + before.partition(" ")[2]
    if len(line) - end > _AROUND:
        after = after.rpartition(" ")[0] + "…"
    return " ".join(f"{before}{shortened(line[start:end], _LONGEST)}{after}".split())
