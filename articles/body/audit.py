"""What a requirement can ask of a body: its faults, its links, its pictures. Read once a text."""

from dataclasses import dataclass
from functools import lru_cache

from articles.body.clean import blocks
from articles.body.document import Figure
from articles.body.faults import Fault
from articles.body.link_words import Link, link_faults, links
from articles.body.outline import outline_faults
from articles.body.table_heads import table_faults


@dataclass(frozen=True)
class Audit:
    """`pictures` are keys, once a use."""

    faults: tuple[Fault, ...]
    links: tuple[Link, ...]
    pictures: tuple[str, ...]


@lru_cache(maxsize=8)  # one page asks several times about the same text or two
def audit(html: str) -> Audit:
    """Read a cleaned body. Works on every string, in the time that cleaning it takes."""
    parts = blocks(html)
    found = tuple(links(parts))
    return Audit(
        faults=(*outline_faults(parts), *link_faults(found), *table_faults(parts)),
        links=found,
        pictures=tuple(block.key for block in parts if isinstance(block, Figure)),
    )
