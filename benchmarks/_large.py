"""Fills a database with a large archive in minutes: short stories whose words are as common as words are.

Everything is what the product would have written, past no trigger: a test compares, and each run does so now and then.
Run as a module with the number of stories; the same number makes the same archive.
"""

import random
import sys
from bisect import bisect
from datetime import timedelta
from itertools import accumulate, batched
from typing import Any

import django

from benchmarks._archive import BATCH, NEWEST, RARE, SYLLABLES, VOCABULARY, Furniture, Told, picture, store

TOPICS, AUTHORS, VOCABULARY_SIZE = 400, 120, 60_000
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
CHECKED = 10_000

#: The words everybody uses come first, then what the title writes about, then made-up ones, ever rarer.
_LITTLE = VOCABULARY.split("the a to of in and for with on")[0].split()
_USED = ["the", "of", "to", "and", "a", "in", "for", "on", "with", "from"]
_MADE = [a + b + c + d for a in SYLLABLES for b in SYLLABLES for c in SYLLABLES for d in SYLLABLES]
_FOURS = [f"{word}{ending}" for ending in ("th", "st") for word in _MADE]
WORDS = [*_USED, *_LITTLE, *RARE, *_MADE, *_FOURS][:VOCABULARY_SIZE]


def _zipf(count: int) -> list[float]:
    """Weights that add up as `random.choices` wants them: the tenth as often as a tenth of the first, nearly."""
    return list(accumulate(1 / (rank + 2.7) for rank in range(1, count + 1)))


_WORDS, _TOPICS, _AUTHORS = _zipf(len(WORDS)), _zipf(TOPICS), _zipf(AUTHORS)


def main(number: int) -> None:
    django.setup()
    from django.db import connection, transaction

    from benchmarks._indexes import lifted

    furniture = furnish()
    with transaction.atomic(), lifted(connection):
        for numbers in batched(reversed(range(number)), BATCH):
            editions = store([told(one, furniture) for one in numbers], plain)
            if numbers[0] // CHECKED != (numbers[-1] - 1) // CHECKED:
                check(editions[-1])
    # A server that has run for a minute knows what its tables hold; a load this sudden leaves it guessing.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def furnish() -> Furniture:
    from articles.models import Author, Section, Tag

    sections = [
        Section(name=name, slug=name.lower().replace(" ", "-"), order=n) for n, name in enumerate(SECTIONS)
    ]
    topics = [Tag(name=f"Topic {n}", slug=f"topic-{n}") for n in range(TOPICS)]
    authors = [Author(name=f"Writer {n}", slug=f"writer-{n}", job_title="Reporter") for n in range(AUTHORS)]
    for model, rows in ((Section, sections), (Tag, topics), (Author, authors)):
        model.objects.bulk_create(rows)
    return Furniture(sections, topics, authors, [picture(n) for n in range(6)])


def told(number: int, furniture: Furniture) -> Told:
    """Make the story of a number: of 20 years for 100,000 of them, the newest is number 0."""
    from benchmarks._archive import use

    order = random.Random(number)
    section = order.choices(furniture.sections, list(SECTIONS.values()))[0]
    author = furniture.authors[_drawn(order, _AUTHORS)]
    picked = {_drawn(order, _TOPICS) for _ in range(order.randint(1, 5))}
    topics = sorted((furniture.topics[n] for n in picked), key=lambda topic: topic.slug)
    image = order.choice(furniture.images) if order.random() < 0.7 else None
    said = {
        "format": 1,
        "headline": _sentence(order, order.randint(5, 11)).rstrip("."),
        "standfirst": _sentence(order, order.randint(12, 24)),
        "kicker": "",
        "kind": order.choices(list(KINDS), list(KINDS.values()))[0],
        "body": _body(order),
        "section": {"name": section.name, "slug": section.slug},
        "topics": [{"name": topic.name, "slug": topic.slug} for topic in topics],
        "byline": {
            "people": [{"name": author.name, "job_title": author.job_title, "slug": author.slug}],
            "label": "",
        },
        "lead": use(image) if image else None,
        "pictures": [],
        "slug": f"story-{number}",
        "search_headline": "",
        "social_headline": "",
        "change_kind": "",
        "public_note": "",
    }
    at = NEWEST - timedelta(minutes=105 * number + order.randint(0, 104), seconds=order.randint(0, 59))
    return Told(at, said, section, topics, author, image)


def plain(edition: Any) -> tuple[str, str]:
    """What the renderer makes of paragraphs of plain words, without its pains; `check` holds it to that."""
    body: str = edition.public()["body"]
    return body, body.removeprefix("<p>").removesuffix("</p>").replace("</p>\n<p>", "\n\n")


def check(edition: Any) -> None:
    """Refuse to go on with what the product would have written otherwise."""
    from articles.rendering import rendered

    if plain(edition) != rendered(edition):
        raise SystemExit(f"{edition.slug} is not rendered as the product would render it")


def _body(order: random.Random) -> str:
    """Of 120 to 400 words."""
    rest, parts = order.randint(120, 400), []
    while rest > 0:
        length = min(rest, order.randint(25, 70))
        parts.append(f"<p>{_sentence(order, length)}</p>")
        rest -= length
    return "\n".join(parts)


def _sentence(order: random.Random, words: int) -> str:
    return " ".join(order.choices(WORDS, cum_weights=_WORDS, k=words)).capitalize() + "."


def _drawn(order: random.Random, weights: list[float]) -> int:
    return min(bisect(weights, order.random() * weights[-1]), len(weights) - 1)


if __name__ == "__main__":
    main(int(sys.argv[1]))
