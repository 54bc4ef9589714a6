"""Readers' HTML of a body: pictures in their sizes, tables that scroll in their own box, crossheads to link to."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from articles.body.clean import blocks
from articles.body.crossheads import anchor, named
from articles.body.document import Block, Figure, Heading, Quote, Run, Table, runs_within
from articles.body.pictures import element
from articles.body.text import words
from articles.body.write import escaped, inline, table, text, write

_SIZES = "(min-width: 48rem) 42rem, 100vw"
_FALLBACK_WIDTH = 1280
_SOURCE = "Image source: "


@dataclass(frozen=True)
class Picture:
    """What the renderer must know of a picture. `alt` speaks where the body says nothing of its own."""

    key: str
    width: int
    height: int
    credit: str = ""
    widths: Sequence[int] = ()
    alt: str = ""


def render(html: str, pictures: Mapping[str, Picture]) -> str:
    """Return the body for readers. A figure whose picture is not among `pictures` is left out whole."""
    parts = blocks(html)
    names = named(parts)
    _lead_links(parts, names)
    rest = _without_pulls(parts)
    out = []
    tables = 0
    for block in parts:
        tables += isinstance(block, Table)
        out.append(_block(block, pictures=pictures, names=names, rest=rest, number=tables))
    return "\n".join(part for part in out if part)


def without(html: str, keys: set[str]) -> str:
    """Return a stored rendering with the figures of these pictures left out whole, caption and all."""
    if not keys:
        return html
    of_these = "|".join(map(re.escape, sorted(keys)))
    return re.sub(rf'<figure data-image="(?:{of_these})">.*?</figure>\n?', "", html, flags=re.DOTALL)


def _block(
    block: Block, *, pictures: Mapping[str, Picture], names: dict[int, str], rest: str, number: int
) -> str:
    match block:
        case Figure():
            return _figure(block, pictures[block.key]) if block.key in pictures else ""
        case Heading():
            return f'<h{block.level} id="{names[id(block)]}">{inline(block.runs)}</h{block.level}>'
        case Table():
            return _scrolling(block, number)
        case Quote(pull=True) if _plain(words(block)) in rest:
            return _unspoken(block)
    return write([block])


def _figure(figure: Figure, picture: Picture) -> str:
    caption = inline(figure.caption)
    if picture.credit:
        caption += f'{" " if caption else ""}<span class="credit">{_SOURCE}{text(picture.credit)}</span>'
    shown = element(
        picture.key,
        widths=sorted(picture.widths) or [picture.width],
        size=(picture.width, picture.height),
        plain_width=_FALLBACK_WIDTH,
        sizes=_SIZES,
        alt=figure.alt or picture.alt,
        attributes='loading="lazy" decoding="async"',
    )
    return (
        f'<figure data-image="{picture.key}">{shown}'
        f"{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"
    )


def _scrolling(block: Table, number: int) -> str:
    """A box that can be reached and scrolled by keyboard (WCAG 2.2, 2.1.1), named after the table."""
    label = block.caption or f"Table {number}"
    return f'<div class="table" role="region" tabindex="0" aria-label="{escaped(label)}">{table(block)}</div>'


def _unspoken(quote: Quote) -> str:
    """A pull quote says again, in large type, what stands in the text: a screen reader need not hear it twice."""
    for runs in runs_within([quote]):
        runs[:] = [run._replace(href="") for run in runs]
    return write([quote]).replace("<blockquote", '<blockquote aria-hidden="true"', 1)


def _without_pulls(parts: list[Block]) -> str:
    return _plain(" ".join(words(block) for block in parts if not (isinstance(block, Quote) and block.pull)))


def _plain(words_: str) -> str:
    return " ".join(re.findall(r"\w+", words_.casefold()))


def _lead_links(parts: list[Block], names: dict[int, str]) -> None:
    """Links to a crosshead of this body lead there; other links into the page lead nowhere, so only words stay."""
    there = set(names.values())

    def led(run: Run) -> Run:
        if not run.href.startswith("#"):
            return run
        name = anchor(run.href[1:])
        return run._replace(href=f"#{name}" if name in there else "")

    for runs in runs_within(parts):
        runs[:] = map(led, runs)
