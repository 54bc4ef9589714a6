"""From the tree of what was written to the blocks of a body: the content model, and how the rest is fitted to it."""

from collections.abc import Iterable
from dataclasses import replace

from articles.body import office
from articles.body.document import BREAK, Block, Code, Figure, Heading, List, Paragraph, Quote, Rule, Run
from articles.body.flow import Flow, Place
from articles.body.inline import one_line, text_of
from articles.body.links import address
from articles.body.reading import Element
from articles.body.schema import HEADINGS, KEY, MARKS, MAX_ALT, MAX_LIST_DEPTH, PULL
from articles.body.tables import only_cell, table

_LIST_PARTS = {"ul", "ol", "li"}
_TABLE_PARTS = {"caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
_INLINE = set(MARKS) | {"span", "font", "q", "a"}


def build(root: Element) -> list[Block]:
    flow = Flow(Place())
    _walk_all(root.children, Run(""), flow)
    flow.end_line()
    return _without_idle_rules(office.grouped(flow.blocks))


def _walk_all(nodes: "Iterable[Element | str]", style: Run, flow: Flow) -> None:
    for node in nodes:
        if isinstance(node, str):
            flow.line.append(Run(node, style.marks, style.href))
        else:
            _walk(node, style, flow)
            flow.settle()


def _walk(element: Element, style: Run, flow: Flow) -> None:
    name = element.name
    if office.is_marker(element):
        return
    if name in _INLINE:
        _inline(element, style, flow)
    elif name == "br":
        flow.line.append(BREAK)
    elif name == "img":
        _picture(element, flow)
    elif flow.place.name == "line":
        _boundary(element, style, flow)
    elif name in HEADINGS:
        _heading(element, style, flow)
    elif name in _LIST_PARTS:
        _list(element if name != "li" else Element("ul", {}, [element]), style, flow)
    elif name in _BLOCK_WAYS:
        _BLOCK_WAYS[name](element, style, flow)
    else:
        _division(element, style, flow)


def _inline(element: Element, style: Run, flow: Flow) -> None:
    marks = (style.marks | office.added(element)) - office.removed(element)
    href = style.href or (address(element.attributes.get("href", "")) if element.name == "a" else "")
    quoted = element.name == "q"
    inner = style._replace(marks=marks, href=href)
    if quoted:
        flow.line.append(inner._replace(text="“"))
    _walk_all(element.children, inner, flow)
    if quoted:
        flow.line.append(inner._replace(text="”"))


def _boundary(element: Element, style: Run, flow: Flow) -> None:
    """A block where only a line fits: its words, set apart by a space."""
    flow.line.append(Run(" "))
    _walk_all(element.children, style, flow)
    flow.line.append(Run(" "))


def _division(element: Element, style: Run, flow: Flow) -> None:
    flow.end_line()
    item = office.list_item(element) if flow.place.may_list else None
    if item:
        item.level = min(item.level, MAX_LIST_DEPTH - flow.place.lists)
        inside = Flow(Place("item", flow.place.lists + item.level))
        _walk_all(element.children, style, inside)
        flow.blocks += [replace(item, blocks=blocks) for blocks in _led_by_paragraph(flow.take(inside))]
        return
    before = len(flow.blocks)
    _walk_all(element.children, style, flow)
    flow.end_line()
    if element.name == "dt":
        for block in flow.blocks[before:]:
            if isinstance(block, Paragraph):
                block.runs = _strong(block.runs)


def _heading(element: Element, style: Run, flow: Flow) -> None:
    flow.end_line()
    runs = one_line(_line(element, style, flow), without="strong")
    worded = any(c.isalnum() for c in text_of(runs))
    if worded and flow.place.top:
        flow.blocks.append(Heading(HEADINGS[element.name], runs))
    else:
        flow.line += _strong(runs) if worded else runs
        flow.end_line()


def _strong(runs: list[Run]) -> list[Run]:
    return [run if run == BREAK else run._replace(marks=run.marks | {"strong"}) for run in runs]


def _line(element: Element, style: Run, flow: Flow) -> list[Run]:
    inside = Flow(Place("line"))
    _walk_all(element.children, style, inside)
    flow.risen += inside.risen
    return inside.line


def _quote(element: Element, style: Run, flow: Flow) -> None:
    flow.end_line()
    inside = Flow(Place("quote", flow.place.lists) if flow.place.name in ("top", "item") else flow.place)
    _walk_all(element.children, style, inside)
    blocks = flow.take(inside)
    if blocks and inside.place.name == "quote":
        flow.blocks.append(Quote(blocks, pull=PULL in element.classes))
    else:
        flow.blocks += blocks


def _list(element: Element, style: Run, flow: Flow) -> None:
    flow.end_line()
    deep = flow.place.lists >= MAX_LIST_DEPTH
    items: list[list[Block]] = []
    for child in element.children:
        inside = Flow(Place("item", flow.place.lists + 1))
        if isinstance(child, Element) and child.name == "li":
            _walk_all(child.children, style, inside)
        else:
            _walk_all([child], style, inside)
        blocks = flow.take(inside)
        if isinstance(child, Element) and child.name in ("ul", "ol") and items:
            items[-1] += blocks
        elif blocks:
            items += _led_by_paragraph(blocks)
    start = element.attributes.get("start", "")
    number = int(start) if start.isascii() and start.isdigit() and len(start) < 8 else 1
    if items and deep:
        flow.blocks += [block for item in items for block in item]
    elif items:
        flow.blocks.append(List(items, element.name == "ol", number if element.name == "ol" else 1))


def _led_by_paragraph(blocks: list[Block]) -> list[list[Block]]:
    """An item begins with words: a list that begins an item stands in its place."""
    items: list[list[Block]] = []
    while blocks and isinstance(blocks[0], List):
        items += blocks[0].items
        blocks = blocks[1:]
    return [*items, blocks] if blocks else items


def _code(element: Element, _style: Run, flow: Flow) -> None:
    lines = _lines_of(element).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    text = "\n".join(line.rstrip() for line in lines).strip("\n")
    if text.strip():
        flow.add(Code(text))


def _lines_of(element: Element) -> str:
    parts = (
        child if isinstance(child, str) else "\n" if child.name == "br" else _lines_of(child)
        for child in element.children
    )
    return "".join(parts)


def _rule(_element: Element, _style: Run, flow: Flow) -> None:
    flow.end_line()
    if flow.place.top:
        flow.blocks.append(Rule())


def _table(element: Element, style: Run, flow: Flow) -> None:
    flow.end_line()
    alone = element if flow.place.name == "cell" else only_cell(element)
    if alone:
        _walk_all(alone.children, style, flow)
        flow.end_line()
        return

    def inside(cell: Element) -> list[Block]:
        collected = Flow(Place("cell", flow.place.lists))
        _walk_all(cell.children, style, collected)
        return flow.take(collected)

    built = table(element, inside)
    if built:
        flow.rise(built)


def _figure(element: Element, style: Run, flow: Flow) -> None:
    """A figure with pictures of ours; one without is only its words, or nothing if a picture was all it had."""
    flow.end_line()
    captions, rest = _captions_apart(element)
    inside = Flow(flow.place if not flow.place.top else Place("quote"))
    before = len(flow.risen)
    _walk_all(rest, style, inside)
    blocks = flow.take(inside)
    caption = [run for part in captions for run in [*_line(part, Run(""), flow), Run(" ")]]
    mine = [block for block in flow.risen[before:] if isinstance(block, Figure)]
    if mine:
        mine[-1].caption = one_line(caption)
    flow.blocks += blocks
    if blocks and not mine:
        flow.line += caption
        flow.end_line()


def _captions_apart(element: Element) -> "tuple[list[Element], list[Element | str]]":
    captions: list[Element] = []
    rest: list[Element | str] = []
    for child in element.children:
        if isinstance(child, Element) and child.name == "figcaption":
            captions.append(child)
        else:
            rest.append(child)
    return captions, rest


def _picture(element: Element, flow: Flow) -> None:
    key = element.attributes.get("data-file", "")
    if KEY.fullmatch(key):
        alt = " ".join(element.attributes.get("alt", "").split())[:MAX_ALT].strip()
        flow.rise(Figure(key, alt, []))


def _without_idle_rules(blocks: list[Block]) -> list[Block]:
    """A rule parts two passages: none at the ends, none doubled."""
    kept: list[Block] = []
    for block in blocks:
        if isinstance(block, Rule) and (not kept or isinstance(kept[-1], Rule)):
            continue
        kept.append(block)
    while kept and isinstance(kept[-1], Rule):
        kept.pop()
    return kept


_BLOCK_WAYS = {
    "blockquote": _quote,
    "pre": _code,
    "hr": _rule,
    "table": _table,
    "figure": _figure,
}
