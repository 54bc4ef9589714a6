"""What Word and Google Docs mean by their clipboard's HTML: bullets that are paragraphs, bold that is a style."""

import re
from dataclasses import dataclass

from articles.body.document import Block, List
from articles.body.reading import Element
from articles.body.schema import MARKS

_BULLETS = "·•▪‣◦∙●○■\uf0b7\uf0a7\uf076\uf0d8"
_BULLET = re.compile(rf"^(?:[{_BULLETS}]\s+)+(?=\S)")
_LEVEL = re.compile(r"mso-list:[^;]*\blevel(\d)")
_WEIGHT = re.compile(r"(?<![\w-])font-weight:\s*([a-z]+|\d+)")
_IGNORE = re.compile(r"mso-list:\s*ignore")
_NUMBER = re.compile(r"^\W*([0-9]{1,4}|[a-z]{1,4})[.)]", re.IGNORECASE)


@dataclass
class Item:
    """A paragraph that is a list item in all but name."""

    blocks: list[Block]
    level: int = 1
    ordered: bool = False
    start: int = 1


def bullet(text: str) -> int:
    """Length of the typed bullets, with their space, that the text begins with."""
    match = _BULLET.match(text)
    return match.end() if match else 0


def is_marker(element: Element) -> bool:
    """Tell the bullet or number that Word writes out before an item's words."""
    return bool("style" in element.attributes and _IGNORE.search(element.style))


def list_item(element: Element) -> Item | None:
    """The item that a paragraph of Word's stands for; its blocks are still to come."""
    match = _LEVEL.search(element.style)
    if not match:
        return None
    marker = _marker_text(element)
    number = _NUMBER.match(marker)
    start = int(number[1]) if number and number[1].isdigit() else 1
    return Item([], int(match[1]), ordered=bool(number), start=start)


def _marker_text(element: Element) -> str:
    for child in element.children:
        if isinstance(child, Element):
            found = child.text() if is_marker(child) else _marker_text(child)
            if found:
                return found.strip()
    return ""


def added(element: Element) -> frozenset[str]:
    """Marks that an inline element gives by its name or, as Google Docs does, by its style."""
    style = element.style
    marks = {MARKS[element.name]} if element.name in MARKS else set()
    if not style:
        return frozenset(marks)
    weight = _WEIGHT.search(style)
    if weight and (weight[1] in ("bold", "bolder") or (weight[1].isdigit() and int(weight[1]) >= 600)):
        marks.add("strong")
    if re.search(r"(?<![\w-])font-style:\s*(italic|oblique)", style):
        marks.add("em")
    if position := re.search(r"vertical-align:\s*(super|sub)\b", style):
        marks.add("sup" if position[1] == "super" else "sub")
    return frozenset(marks)


def removed(element: Element) -> frozenset[str]:
    """Marks that a style takes away: the whole of a Google document comes in one <b style="font-weight:normal">."""
    style = element.style
    marks = set()
    weight = _WEIGHT.search(style) if style else None
    if weight and (weight[1] in ("normal", "lighter") or (weight[1].isdigit() and int(weight[1]) < 600)):
        marks.add("strong")
    if "font-style" in style and re.search(r"(?<![\w-])font-style:\s*normal", style):
        marks.add("em")
    return frozenset(marks)


def grouped(blocks: list[Block | Item]) -> list[Block]:
    """Make lists of the items that follow each other, nested by their levels."""
    done: list[Block] = []
    open_lists: list[tuple[int, List]] = []
    for block in blocks:
        if not isinstance(block, Item):
            done.append(block)
            open_lists = []
            continue
        while open_lists and open_lists[-1][0] > block.level:
            open_lists.pop()
        if open_lists and open_lists[-1][0] == block.level and open_lists[-1][1].ordered != block.ordered:
            open_lists.pop()
        if open_lists and open_lists[-1][0] == block.level:
            open_lists[-1][1].items.append(block.blocks)
            continue
        started = List([block.blocks], block.ordered, block.start)
        if open_lists:
            open_lists[-1][1].items[-1].append(started)
        else:
            done.append(started)
        open_lists.append((block.level, started))
    return done
