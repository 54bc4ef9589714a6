"""A body as plain text: for search, and for the first lines in a list."""

from collections.abc import Iterable

from articles.body.clean import blocks
from articles.body.document import Block, Code, Figure, Heading, List, Paragraph, Quote, Rule, Table
from articles.body.inline import text_of


def plain_text(html: str) -> str:
    """All words a reader gets, captions too: an empty line between paragraphs, a line for each item and table row."""
    return "\n\n".join(part for part in map(words, blocks(html)) if part)


def prose(html: str) -> str:
    """The words that must be plain language: as `plain_text`, without code, where any sign may stand."""
    kept = (block for block in blocks(html) if not isinstance(block, Code))
    return "\n\n".join(part for part in (words(block, code=False) for block in kept) if part)


def shortened(text: str, length: int) -> str:
    """At most `length` characters, cut between words with an ellipsis."""
    if len(text) <= length:
        return text
    kept = text[:length]
    head = kept.rpartition(" ")[0] if " " in kept else kept[:-1]
    return head.rstrip(" ,;:–—-") + "…"


def words(block: Block, *, code: bool = True) -> str:
    """One block's words."""
    match block:
        case Paragraph() | Heading():
            runs = block.runs if code else [run for run in block.runs if "code" not in run.marks]
            return text_of(runs)
        case Code():
            return block.text if code else ""
        case Figure():
            return text_of(block.caption)
        case Quote():
            return _lines(block.blocks, code, "\n\n")
        case List():
            return "\n".join(_lines(item, code, "\n") for item in block.items)
        case Table():
            rows = ("\t".join(_lines(cell.blocks, code, " ") for cell in row).strip() for row in block.rows)
            return "\n".join(part for part in (block.caption, *rows) if part)
        case Rule():
            return ""


def _lines(inside: Iterable[Block], code: bool, between: str) -> str:
    return between.join(part for part in (words(block, code=code) for block in inside) if part)
