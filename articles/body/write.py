"""Blocks written as HTML: every word escaped, every element from the schema, one form for one meaning."""

from collections.abc import Iterable

from articles.body.document import (
    BREAK,
    Block,
    Cell,
    Code,
    Figure,
    Heading,
    List,
    Paragraph,
    Quote,
    Rule,
    Run,
    Table,
)
from articles.body.schema import MARK_ORDER, PULL


def write(blocks: Iterable[Block]) -> str:
    return "\n".join(_block(block) for block in blocks)


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def inline(runs: Iterable[Run]) -> str:
    """Marked text, nested in the one order of the schema; neighbours share the elements they can."""
    out: list[str] = []
    opened: list[str] = []
    for run in runs:
        if run == BREAK:
            _close(out, opened, 0)
            out.append("<br>")
            continue
        wanted = _elements(run)
        shared = 0
        while shared < min(len(opened), len(wanted)) and opened[shared] == wanted[shared]:
            shared += 1
        _close(out, opened, shared)
        out += [f"<{element}>" for element in wanted[shared:]]
        opened += wanted[shared:]
        out.append(text(run.text))
    _close(out, opened, 0)
    return "".join(out)


def text(words: str) -> str:
    """Escape words that stand between elements, where quotation marks are harmless."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\xa0", "&nbsp;")


def _elements(run: Run) -> list[str]:
    link = [f'a href="{escaped(run.href)}"'] if run.href else []
    return link + [mark for mark in MARK_ORDER if mark in run.marks]


def _close(out: list[str], opened: list[str], keep: int) -> None:
    while len(opened) > keep:
        out.append(f"</{opened.pop().split(' ')[0]}>")


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return f"<p>{inline(block.runs)}</p>"
        case Heading():
            return f"<h{block.level}>{inline(block.runs)}</h{block.level}>"
        case Quote():
            kind = f' class="{PULL}"' if block.pull else ""
            return f"<blockquote{kind}>{_blocks(block.blocks)}</blockquote>"
        case List():
            return items(block)
        case Table():
            return table(block)
        case Figure():
            caption = f"<figcaption>{inline(block.caption)}</figcaption>" if block.caption else ""
            return f'<figure><img data-file="{block.key}" alt="{escaped(block.alt)}">{caption}</figure>'
        case Code():
            return f"<pre><code>{text(block.text)}</code></pre>"
        case Rule():
            return "<hr>"


def _blocks(blocks: Iterable[Block]) -> str:
    return "".join(_block(block) for block in blocks)


def items(block: List) -> str:
    name = "ol" if block.ordered else "ul"
    start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
    return f"<{name}{start}>{''.join(f'<li>{_tight(item)}</li>' for item in block.items)}</{name}>"


def _tight(blocks: list[Block]) -> str:
    """Leave out the paragraph's own tags where it stands alone, or with nothing but lists after it."""
    if blocks and isinstance(blocks[0], Paragraph) and all(isinstance(block, List) for block in blocks[1:]):
        return inline(blocks[0].runs) + _blocks(blocks[1:])
    return _blocks(blocks)


def table(block: Table, *, attributes: str = "") -> str:
    caption = f"<caption>{text(block.caption)}</caption>" if block.caption else ""
    head, body = block.rows[: block.heads], block.rows[block.heads :]
    thead = f"<thead>{_rows(head, 'col')}</thead>" if head else ""
    return f"<table{attributes}>{caption}{thead}<tbody>{_rows(body, 'row')}</tbody></table>"


def _rows(rows: Iterable[list[Cell]], scope: str) -> str:
    return "".join(f"<tr>{''.join(_cell(cell, scope) for cell in row)}</tr>" for row in rows)


def _cell(cell: Cell, scope: str) -> str:
    name = "th" if cell.header else "td"
    about = f' scope="{scope}"' if cell.header else ""
    about += f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    about += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    return f"<{name}{about}>{_tight(cell.blocks)}</{name}>"
