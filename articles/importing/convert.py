"""From an article's body, in whatever markup it came, to a body of ours."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from articles.body.build import build
from articles.body.clean import clean
from articles.body.crossheads import anchor, named
from articles.body.document import BREAK, Block, Heading, List, Paragraph, Quote, Run, Table, runs_within
from articles.body.inline import text_of
from articles.body.reading import Element, read
from articles.body.write import inline, write
from articles.importing import embedded, markdown, plain
from articles.importing.residue import residue
from articles.importing.templates import Notes, expanded, restored

_ABSOLUTE = ("http://", "https://", "mailto:", "tel:", "www.")
_SUSPECT = re.compile(
    r"\*\*|\]\s?[(\[]|\{#|(?<![\w_])_[^\s_][^_\n]*_(?![\w_])|`|^#{1,6}\s|!\[|<(?:img|a|span|div|p|font|td)\s+\w+="
)
_LONGEST_CROSSHEAD = 200
_HEADING_LINE = re.compile(r"^(#{1,6})\s+")


@dataclass
class Converted:
    """A cleaned body, and what a person should know about how it was made."""

    html: str
    warnings: list[str] = field(default_factory=list)


def convert(body: str, kind: str, *, title: str = "", base: str = "") -> Converted:
    """Convert a body of kind "md", "text" or "html"; never raises on any text.

    `title` is the article's: a first crosshead that repeats it is left out. `base` is the address the article had;
    without it, links within its old site become plain words.
    """
    notes = Notes()
    made, dead = _made(body, kind, notes, title, base)
    if not made:
        notes = Notes(labels_too=True)
        made, dead = _made(body, kind, notes, title, base)
    return Converted(made, list(_warnings(notes, dead, made)))


def _made(body: str, kind: str, notes: Notes, title: str, base: str) -> tuple[str, int]:
    html = embedded.as_words(_html(body, kind, notes), notes)
    root = read(restored(html))
    dead = _settle_links(root, base)
    _settle_headings(root)
    blocks = _second_chance(build(root))
    blocks = _in_order(_without_title(_without_idle_end(blocks), title))
    _settle_fragments(blocks)
    return clean(write(blocks)), dead


def _html(body: str, kind: str, notes: Notes) -> str:
    body = body.replace("\r\n", "\n").replace("\r", "\n")
    if kind == "text":
        return plain.html_of(body)
    return markdown.html_of(expanded(body, notes)) if kind == "md" else body


def _elements(root: Element) -> Iterator[Element]:
    for child in root.children:
        if isinstance(child, Element):
            yield child
            yield from _elements(child)


def _settle_links(root: Element, base: str) -> int:
    dead = 0
    for link in _elements(root):
        href = link.attributes.get("href", "").strip()
        if link.name != "a" or not href or href.lower().startswith(_ABSOLUTE) or href.startswith("#"):
            continue
        found = _joined(base, href)
        link.attributes["href"] = found
        dead += not found
    return dead


def _joined(base: str, href: str) -> str:
    try:
        found = urljoin(base, href) if base else ""
    except ValueError:
        return ""
    return found if found.startswith(_ABSOLUTE) else ""


def _settle_headings(root: Element) -> None:
    """The highest level that was used becomes the crosshead, all others the one below it."""
    headings = [
        element
        for element in _elements(root)
        if re.fullmatch(r"h[1-6]", element.name) and element.text().strip()
    ]
    highest = min((element.name for element in headings), default="h2")
    for element in headings:
        element.name = "h2" if element.name == highest else "h3"


def _second_chance(blocks: list[Block]) -> list[Block]:
    """Read again as Markdown what a block of HTML had kept from being read."""
    done: list[Block] = []
    for block in blocks:
        match block:
            case Paragraph():
                done += _reread(block)
            case Heading():
                runs = _line(block.runs)
                long = len(text_of(runs)) > _LONGEST_CROSSHEAD
                done.append(Paragraph(runs) if long else Heading(block.level, runs))
            case Quote():
                done.append(Quote(_second_chance(block.blocks), block.pull))
            case List():
                done.append(List([_second_chance(item) for item in block.items], block.ordered, block.start))
            case Table():
                for row in block.rows:
                    for cell in row:
                        cell.blocks = _second_chance(cell.blocks)
                done.append(block)
            case _:
                done.append(block)
    return done


def _reread(paragraph: Paragraph) -> list[Block]:
    if not _suspect(paragraph.runs):
        return [paragraph]
    heading = _HEADING_LINE.match(text_of(paragraph.runs))
    level = "" if not heading else "h2" if len(heading[1]) < 3 else "h3"
    html = inline(paragraph.runs)
    if heading:
        return build(read(f"<{level}>{markdown.inline_html(html[heading.end() :])}</{level}>"))
    found = build(read(f"<p>{markdown.inline_html(html)}</p>"))
    for part in found:
        if isinstance(part, Paragraph):
            part.runs = _without_stars(part.runs)
    return found


def _without_stars(runs: list[Run]) -> list[Run]:
    """Stars that bound no words."""
    if "**" not in text_of(runs):
        return runs
    return [run if "code" in run.marks else run._replace(text=run.text.replace("*", "")) for run in runs]


def _line(runs: list[Run]) -> list[Run]:
    if not _suspect(runs):
        return runs
    found = build(read(f"<p>{markdown.inline_html(inline(runs))}</p>"))
    return found[0].runs if len(found) == 1 and isinstance(found[0], Paragraph) else runs


def _suspect(runs: list[Run]) -> bool:
    return bool(_SUSPECT.search(text_of(run for run in runs if run != BREAK and "code" not in run.marks)))


def _without_idle_end(blocks: list[Block]) -> list[Block]:
    """A crosshead at the very end had a picture or a template under it."""
    end = len(blocks)
    while end and isinstance(blocks[end - 1], Heading):
        end -= 1
    return blocks[:end] or blocks


def _in_order(blocks: list[Block]) -> list[Block]:
    """Crossheads begin at the higher level."""
    for block in blocks:
        if isinstance(block, Heading):
            if block.level == 2:
                break
            block.level = 2
    return blocks


def _without_title(blocks: list[Block], title: str) -> list[Block]:
    first = blocks[0] if blocks else None
    if title and isinstance(first, Heading) and text_of(first.runs).casefold() == title.casefold():
        return blocks[1:]
    return blocks


def _settle_fragments(blocks: list[Block]) -> None:
    there = set(named(blocks).values())
    for runs in runs_within(blocks):
        for i, run in enumerate(runs):
            if run.href.startswith("#") and anchor(run.href[1:]) not in there:
                runs[i] = run._replace(href="")


def _warnings(notes: Notes, dead: int, made: str) -> Iterator[str]:
    if not made:
        yield "no text is left of it"
    if notes.pictures:
        yield f"{notes.pictures} pictures were left out"
    if notes.embeds:
        yield f"{notes.embeds} embedded players or posts became links"
    if dead:
        yield f"{dead} links within the old site became plain words"
    if notes.unknown:
        yield f"unknown template tags were left out: {', '.join(sorted(notes.unknown))}"
    for left in residue(made)[:3]:
        yield f"raw markup is left: {left}"
