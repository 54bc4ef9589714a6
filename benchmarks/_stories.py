"""Stories of an archive, each made from its number alone: 0 is the newest, and says the same in every archive.

A body has about 120 words in the middle: nineteen of twenty are short, the twentieth is a long read of about 500 with
crossheads, a list, a quotation and links. Topics are as popular as topics are: the first stands on a quarter of all
stories, the last on one of thirty thousand.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from random import Random
from typing import Any

from benchmarks._words import WORDS, Zipf, phrase, sentence

SEED = 1
NEWEST, SPAN = datetime(2026, 1, 1, 9, tzinfo=UTC), timedelta(days=25 * 365)
TOPICS, AUTHORS, PICTURES = 10_000, 400, 6
SECTIONS = {
    "Local Government": 30,
    "Health": 20,
    "Justice": 12,
    "Data": 12,
    "Money": 10,
    "Transport": 7,
    "Schools": 6,
    "Security": 3,
}
KINDS = {"news": 80, "opinion": 8, "feature": 7, "analysis": 5}
LONG_READS = 20

#: What every story of an archive says likewise.
UNSAID = {
    "format": 1,
    "kicker": "",
    "pictures": [],
    "search_headline": "",
    "social_headline": "",
    "change_kind": "",
    "public_note": "",
}

_TOPICS, _AUTHORS = Zipf(TOPICS), Zipf(AUTHORS, flat=2.7)
_SECTIONS, _KINDS = list(accumulate(SECTIONS.values())), list(accumulate(KINDS.values()))
_KIND_NAMES = list(KINDS)


@dataclass(frozen=True)
class Named:
    """A section, a topic or an author, by key."""

    id: int
    name: str
    slug: str

    def said(self) -> dict[str, str]:
        return {"name": self.name, "slug": self.slug}


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture by key, and how a lead picture is printed."""

    id: int
    use: dict[str, Any]


@dataclass(frozen=True)
class Furniture:
    """What stories share."""

    sections: list[Named]
    topics: list[Named]
    authors: list[Named]
    pictures: list[Picture]


@dataclass(frozen=True)
class Told:
    """What a story says, when it appeared, and what it names."""

    at: datetime
    said: dict[str, Any]
    section: Named
    topics: list[Named]
    authors: list[Named]
    picture: Picture | None


def is_long(number: int) -> bool:
    return number % LONG_READS == LONG_READS - 1


def told(number: int, of: int, furniture: Furniture, *, seed: int = SEED) -> Told:
    """Make the story of a number in an archive `of` so many, spread over a quarter of a century."""
    order = Random(seed * 10**9 + number)
    (section,) = order.choices(furniture.sections, cum_weights=_SECTIONS)
    picked = {_TOPICS.one(order) for _ in range(order.randint(1, 5))}
    topics = sorted((furniture.topics[rank] for rank in picked), key=lambda topic: topic.slug)
    signing = dict.fromkeys(_AUTHORS.one(order) for _ in range(1 if order.random() < 0.85 else 2))
    authors = [furniture.authors[rank] for rank in signing]
    picture = order.choice(furniture.pictures) if furniture.pictures and order.random() < 0.7 else None
    said = {
        **UNSAID,
        "headline": phrase(order, order.randint(5, 11)),
        "standfirst": sentence(order, order.randint(12, 24)),
        "kind": order.choices(_KIND_NAMES, cum_weights=_KINDS)[0],
        "body": _long_read(order) if is_long(number) else _short(order),
        "section": section.said(),
        "topics": [topic.said() for topic in topics],
        "byline": {"people": [signed(author) for author in authors], "label": ""},
        "lead": picture.use if picture else None,
        "slug": f"story-{number}",
    }
    back = SPAN * ((number + order.random()) / of)
    return Told((NEWEST - back).replace(microsecond=0), said, section, topics, authors, picture)


def topic_names() -> list[str]:
    """Words of the archive's own, so that a search for a topic's name finds more than the topic."""
    return [word.capitalize() for word in WORDS[2000 : 2000 + TOPICS]]


def author_names() -> list[str]:
    return [f"{first} {last}".title() for first, last in zip(WORDS[100:500], WORDS[-400:], strict=True)]


def signed(author: Named) -> dict[str, str]:
    return {"name": author.name, "job_title": "Reporter", "slug": author.slug}


def _short(order: Random) -> str:
    rest, parts = order.randint(60, 140), []
    while rest > 0:
        length = min(rest, order.randint(25, 60))
        parts.append(f"<p>{sentence(order, length)}</p>")
        rest -= length
    return "\n".join(parts)


def _long_read(order: Random) -> str:
    """In the form that cleaning gives: it is one of the things that take longest."""
    parts = []
    for part in range(order.randint(2, 4)):
        parts += [f"<h2>{phrase(order, 4)}</h2>"] if part else []
        parts += [f"<p>{sentence(order, 22)} {sentence(order, 18)}</p>" for _ in range(3)]
        link = f'<a href="https://example.org/{part}">{phrase(order, 3)}</a>'
        parts.append(f"<p>{sentence(order, 9)} {link}</p>")
    parts.append(f"<blockquote><p>{sentence(order, 20)}</p></blockquote>")
    parts.append(f"<ul>{''.join(f'<li>{sentence(order, 8)}</li>' for _ in range(4))}</ul>")
    return "\n".join(parts)
