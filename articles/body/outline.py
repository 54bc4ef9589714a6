"""The outline of a body: whether its crossheads make sense to somebody who moves from heading to heading."""

from collections.abc import Iterator

from articles.body.characters import is_readable
from articles.body.document import Block, Heading
from articles.body.faults import Fault, mark
from articles.body.inline import text_of
from articles.body.text import shortened


def outline_faults(blocks: list[Block]) -> Iterator[Fault]:
    """Faults in the crossheads (WCAG 2.2, 1.3.1 and 2.4.6). The headline is the h1 above them."""
    level = 1
    for block in blocks:
        if not isinstance(block, Heading):
            continue
        words = text_of(block.runs)
        if not is_readable(words):
            yield Fault("heading_empty", "A crosshead has no words: write some, or take it out.", mark(words))
        elif block.level > level + 1:
            quote = shortened(words, 80)
            sentence = f"The crosshead “{quote}” is a level too deep: put a main crosshead before it."
            yield Fault("heading_order", sentence, mark(words), quote)
        level = block.level
