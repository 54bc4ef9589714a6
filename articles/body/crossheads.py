"""The names by which crossheads can be linked to."""

import re
import unicodedata
from collections import Counter
from urllib.parse import unquote

from articles.body.document import Block, Heading
from articles.body.inline import text_of

_PREFIX = "p-"
_MAX = 60


def named(parts: list[Block]) -> dict[int, str]:
    """Give every crosshead (by `id()` of its block) a name that stays while its words do.

    The prefix keeps a writer's words from taking the name of some part of the page.
    """
    names: dict[int, str] = {}
    taken: set[str] = set()
    used: Counter[str] = Counter()
    for block in parts:
        if isinstance(block, Heading):
            name = wanted = anchor(text_of(block.runs))
            while name in taken:
                used[wanted] += 1
                name = f"{wanted}-{used[wanted] + 1}"
            taken.add(name)
            names[id(block)] = name
    return names


def anchor(words: str) -> str:
    """Make words, or the fragment of an imported link, into a name: letters and figures with hyphens between."""
    folded = unicodedata.normalize("NFKC", unquote(words)).casefold()
    slug = "-".join(re.findall(r"[^\W_]+", folded.replace("'", "").replace("’", "")))
    return _PREFIX + (slug[:_MAX].strip("-") or "part")
