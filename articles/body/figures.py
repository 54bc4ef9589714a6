"""The pictures that a body uses."""

from dataclasses import dataclass

from articles.body import document
from articles.body.clean import blocks
from articles.body.inline import one_line, text_of


@dataclass(frozen=True)
class Figure:
    """One use of a picture: its key, and the words that stand with it here."""

    key: str
    alt: str
    caption: str


def figures(html: str) -> list[Figure]:
    """Return the pictures in the order of the text, one for each use."""
    return [
        Figure(block.key, block.alt, text_of(one_line(block.caption)))
        for block in blocks(html)
        if isinstance(block, document.Figure)
    ]
