"""What of an edition can be found, and the marks by which what is found can be filtered."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from articles.bylines import byline_names
from articles.models.editions import Edition
from articles.search.terms import Word, words


@dataclass(frozen=True, slots=True)
class Document:
    """The words of each field, the one that counts most first."""

    headline: list[Word]
    standfirst: list[Word]
    named: list[Word]
    body: list[Word]
    marks: list[str]

    def fields(self) -> tuple[list[Word], ...]:
        return self.headline, self.standfirst, self.named, self.body

    def forms(self) -> list[str]:
        """Every word as it is written, once: the beginning of a word is looked for in these."""
        return sorted({word.form for field in self.fields() for word in field})


def document(edition: Edition, text: str) -> Document:
    """The document of a saved edition whose body says `text`. Two queries."""
    topics = edition.tag_rows.values_list("tag_id", flat=True)
    authors = edition.author_rows.values_list("author_id", flat=True)
    return document_of(edition, text, topics=topics, authors=authors)


def document_of(edition: Edition, text: str, *, topics: Iterable[int], authors: Iterable[int]) -> Document:
    """The same where the keys of its topics and authors are known. No query."""
    names = [*byline_names(edition.byline), *(topic["name"] for topic in edition.topics), edition.kicker]
    return Document(
        headline=_words(edition.headline),
        standfirst=_words(edition.standfirst),
        named=[word for name in names for word in _words(name)],
        body=_words(text),
        marks=[
            *([section_mark(edition.section_id)] if edition.section_id else []),
            *map(topic_mark, sorted(topics)),
            *map(author_mark, sorted(authors)),
        ],
    )


def section_mark(key: int) -> str:
    return f"s{key}"


def topic_mark(key: int) -> str:
    return f"t{key}"


def author_mark(key: int) -> str:
    return f"a{key}"


def _words(text: str) -> list[Word]:
    return list(words(unicodedata.normalize("NFC", text)))
