"""What a reader typed, understood: words, "phrases", -exclusions and beginnings*.

Nothing of it is ever handed to a database as typed. There is no input that is an error: what has no word in it
asks for nothing.
"""

import re
import unicodedata
from dataclasses import dataclass

from articles.search.terms import STOP_WORDS, words

#: Characters and clauses that are read; a query is a few words, and each costs the database work.
LONGEST = 200
MOST_CLAUSES = 16

#: Letters a beginning has at least: one letter begins a tenth of all words.
SHORTEST = 3

_PART = re.compile(r'(?P<minus>-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_QUOTES = str.maketrans("“”„«»", '"""""')


@dataclass(frozen=True, slots=True)
class Clause:
    """Stems that stand side by side; or, with `is_prefix`, the folded beginning of one word."""

    stems: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """All of `wanted`, and none of `unwanted`."""

    wanted: tuple[Clause, ...] = ()
    unwanted: tuple[Clause, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted)


def parse(typed: str) -> Query:
    text = unicodedata.normalize("NFC", typed[:LONGEST]).translate(_QUOTES)
    wanted: list[Clause] = []
    unwanted: list[Clause] = []
    common: list[Clause] = []
    for part in _PART.finditer(text):
        clause, is_common = _clause(part["phrase"], part["word"])
        if clause is None:
            continue
        if part["minus"]:
            unwanted.append(clause)
        else:
            (common if is_common else wanted).append(clause)
    return Query(_some(wanted or common), _some(unwanted))


def _clause(phrase: str | None, word: str | None) -> tuple[Clause | None, bool]:
    """A part as a clause, if there is a word in it, and whether it is too common to be looked for."""
    found = list(words(word or phrase or ""))
    if not found:
        return None, False
    if word is not None and word.endswith("*") and len(found) == 1 and _says_enough(found[0].form):
        return Clause((found[0].form,), is_prefix=True), False
    is_common = phrase is None and len(found) == 1 and found[0].form in STOP_WORDS
    return Clause(tuple(each.stem for each in found)), is_common


def _says_enough(beginning: str) -> bool:
    """In alphabets of some thirty letters, that is: of other writing one sign may be a word."""
    return len(beginning) >= SHORTEST or not beginning.isascii()


def _some(clauses: list[Clause]) -> tuple[Clause, ...]:
    return tuple(dict.fromkeys(clauses))[:MOST_CLAUSES]
