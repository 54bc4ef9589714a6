"""The one door for a story's body: whatever was written, pasted or imported leaves it as clean, canonical HTML."""

from articles.body.build import build
from articles.body.document import Block
from articles.body.reading import as_paragraphs, read, too_costly
from articles.body.write import write

_WORTH_A_LOOK = 50_000


def clean(html: str) -> str:
    """Return the body in its canonical form, holding nothing but what `articles.body.schema` allows.

    Works on every string, in bounded time, and cleaning twice changes nothing.
    """
    cleaned = write(blocks(html))
    if len(cleaned) > _WORTH_A_LOOK and too_costly(cleaned):
        # A second cleaning would find it too costly, and differ.
        return write(build(as_paragraphs(cleaned)))
    return cleaned


def blocks(html: str) -> list[Block]:
    """Return the blocks that a body is made of."""
    return build(read(html))
