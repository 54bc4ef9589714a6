"""Words as search knows them: folded, stemmed, and the same on every database.

Databases stem, fold and split each in a way of their own. Here it is done once, before either of them sees a word,
so that SQLite and PostgreSQL find the same stories.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

#: Letters and digits of any alphabet, with apostrophes between them.
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_APOSTROPHES = str.maketrans("", "", "'’")
#: Characters that are read of a word: SearchWord has room for as many.
_LONGEST = 64

#: Words too common to look for where others are given. English, as the stemmer is.
_COMMON = """
a about an and are as at be by for from has have how in is it its of on or over that the their they this to was were
what when where which who why will with
"""
STOP_WORDS = frozenset(_COMMON.split())

_local = threading.local()


class Word(NamedTuple):
    """A word and where it stands: `text[start:end]`."""

    stem: str
    form: str
    start: int
    end: int


def words(text: str) -> Iterator[Word]:
    """Every word of an NFC text, in order."""
    for found in _WORD.finditer(text):
        stem, form = _known(found[0])
        if form:
            yield Word(stem, form, found.start(), found.end())


def vocabulary(text: str) -> set[tuple[str, str]]:
    """The stem and form of each word of an NFC text, without where it stands: in a third of the time."""
    return set(map(_known, _WORD.findall(text)))


@lru_cache(100_000)
def _known(word: str) -> tuple[str, str]:
    folded = fold(word).replace("’", "'")[:_LONGEST]
    stem = _stemmer().stemWord(folded)
    return stem.translate(_APOSTROPHES), folded.translate(_APOSTROPHES)


def fold(text: str) -> str:
    """Without case and accents: `Köln` as `koln`."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()


def _stemmer() -> "snowballstemmer.stemmer":
    """A stemmer of this thread's own: it keeps the word it works on."""
    if not hasattr(_local, "stemmer"):
        _local.stemmer = snowballstemmer.stemmer("english")
    return _local.stemmer
