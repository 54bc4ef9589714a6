"""Fills a database with an archive fast: imported stories in bulk, past no trigger and through no shortcut.

Run as a module with the number of stories; the same number makes the same archive.
"""

import random
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import batched
from typing import Any

import django

BATCH = 500
NEWEST = datetime(2026, 1, 1, 9, tzinfo=UTC)

VOCABULARY = (
    "council records office digital service public money minister report health school local government data "
    "open contract supplier software register staff patient library planning audit election budget transport housing "
    "archive standard review question answer decision member meeting network security identity payment the a of to in "
    "and for with on from under after before more less new first last every some one two three says plans finds asks "
    "will has was were could may must "
)
SYLLABLES = ("ba", "do", "fim", "gul", "kor", "len", "mip", "nas", "rud", "tov", "wex", "zil")
WORDS = VOCABULARY.split()
#: Made up, each rarer than the one before: the hundredth stands in one story of a thousand.
RARE = [first + middle + last for first in SYLLABLES for middle in SYLLABLES for last in SYLLABLES]
FREQUENCIES = [1 / rank for rank in range(1, len(RARE) + 1)]
SECTIONS = ("Local Government", "Health", "Justice", "Data", "Money", "Transport", "Schools", "Security")


def main(number: int) -> None:
    django.setup()
    from django.db import connection, transaction

    furniture = furnish()
    with transaction.atomic():
        for numbers in batched(range(number), BATCH):
            write(list(numbers), furniture)
    # A server that has run for a minute knows what its tables hold; a load this sudden leaves it guessing.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@dataclass(frozen=True)
class Furniture:
    """What stories share."""

    sections: list[Any]
    topics: list[Any]
    authors: list[Any]
    images: list[Any]


def furnish() -> Furniture:
    from articles.models import Author, Section, Tag

    sections = [
        Section(name=name, slug=name.lower().replace(" ", "-"), order=n) for n, name in enumerate(SECTIONS)
    ]
    topics = [Tag(name=f"Topic {n}", slug=f"topic-{n}") for n in range(40)]
    authors = [Author(name=f"Writer {n}", slug=f"writer-{n}", job_title="Reporter") for n in range(12)]
    for model, rows in ((Section, sections), (Tag, topics), (Author, authors)):
        model.objects.bulk_create(rows)
    return Furniture(sections, topics, authors, [picture(n) for n in range(6)])


def picture(number: int) -> Any:
    """Draw a picture and put it into the library."""
    from PIL import Image as Pillow

    from articles.pictures.library import add

    data = BytesIO()
    Pillow.linear_gradient("L").resize((1400, 900)).point(lambda value: (value + 37 * number) % 256).save(
        data, "PNG"
    )
    data.seek(0)
    data.name = "picture.png"  # type: ignore[attr-defined]
    return add(data, by=None, alt=f"A gradient, number {number}", credit="Drawn by code")


def write(numbers: list[int], furniture: Furniture) -> None:
    """Write stories with everything that belongs to them, one INSERT a table."""
    from articles.rendering import rendered

    told = [Told(NEWEST - timedelta(hours=7) * number, *content(number, furniture)) for number in numbers]
    store(told, rendered)


@dataclass(frozen=True)
class Told:
    """What a story says, when it appeared, and the rows it names."""

    at: datetime
    said: dict[str, Any]
    section: Any
    topics: list[Any]
    author: Any
    image: Any


def store(told: list[Told], rendered: Callable[[Any], tuple[str, str]]) -> list[Any]:
    """Write stories of `told`, oldest last, and give their editions; `rendered` makes the two texts of each."""
    from articles.desk.public import canonical, hash_of
    from articles.models import (
        Address,
        Edition,
        EditionAuthor,
        EditionImage,
        EditionTag,
        Rendering,
        Revision,
        Story,
    )
    from articles.rendering import RENDERER
    from benchmarks._documents import store_documents

    stories = [
        Story(
            headline=one.said["headline"],
            slug=one.said["slug"],
            section=one.section,
            state="approved",
            version=1,
        )
        for one in told
    ]
    Story.objects.bulk_create(stories)
    texts = [canonical(one.said) for one in told]
    revisions = [
        Revision(story=story, number=1, public=text, hash=hash_of(text), saved_at=NEWEST)
        for story, text in zip(stories, texts, strict=True)
    ]
    Revision.objects.bulk_create(revisions)
    Address.objects.bulk_create([Address(slug=story.slug, story=story) for story in stories])
    editions, tags, signed, shown = [], [], [], []
    for one, story, revision in zip(told, stories, revisions, strict=True):
        said, at = one.said, one.at
        edition = Edition(
            story=story,
            revision=revision,
            origin=Edition.Origin.IMPORTED,
            slug=story.slug,
            kind=said["kind"],
            section=one.section,
            headline=said["headline"],
            standfirst=said["standfirst"],
            kicker=said["kicker"],
            byline=said["byline"],
            topics=said["topics"],
            lead=said["lead"],
            lead_image=one.image,
            content=revision.public,
            content_hash=revision.hash,
            first_published_at=at,
            published_at=at,
        )
        editions.append(edition)
        placed = {"edition": edition, "story": story, "first_published_at": at}
        tags += [EditionTag(tag=topic, **placed) for topic in one.topics]
        signed.append(EditionAuthor(author=one.author, **placed))
        shown += [EditionImage(edition=edition, image=one.image)] if one.image else []
    Edition.objects.bulk_create(editions)
    for model, rows in ((EditionTag, tags), (EditionAuthor, signed), (EditionImage, shown)):
        model.objects.bulk_create(rows)
    made = [(edition, *rendered(edition)) for edition in editions]
    Rendering.objects.bulk_create(
        [Rendering(edition=edition, html=html, text=text, renderer=RENDERER) for edition, html, text in made]
    )
    store_documents([(edition, text, one) for (edition, _, text), one in zip(made, told, strict=True)])
    return editions


def content(number: int, furniture: Furniture) -> tuple[dict[str, Any], Any, list[Any], Any, Any]:
    """Make the public dict of a story, and the section, topics, author and picture it names."""
    order = random.Random(number)
    section, author = order.choice(furniture.sections), order.choice(furniture.authors)
    topics = sorted(order.sample(furniture.topics, order.randint(1, 4)), key=lambda topic: topic.slug)
    image = order.choice(furniture.images) if order.random() < 0.7 else None
    lead = use(image) if image else None
    said = {
        "format": 1,
        "headline": _sentence(order, 9).rstrip("."),
        "standfirst": f"{_sentence(order, 17)} {order.choices(RARE, FREQUENCIES)[0].capitalize()}.",
        "kicker": "",
        "kind": "news",
        "body": _body(order),
        "section": {"name": section.name, "slug": section.slug},
        "topics": [{"name": topic.name, "slug": topic.slug} for topic in topics],
        "byline": {
            "people": [{"name": author.name, "job_title": author.job_title, "slug": author.slug}],
            "label": "",
        },
        "lead": lead,
        "pictures": [],
        "slug": f"story-{number}",
        "search_headline": "",
        "social_headline": "",
        "change_kind": "",
        "public_note": "",
    }
    return said, section, topics, author, image


def _body(order: random.Random) -> str:
    """About 700 words: three crossheads, a quote, a list and some links."""
    parts = []
    for part in range(3):
        parts.append(f"<h2>{_sentence(order, 4).rstrip('.')}</h2>" if part else "")
        parts += [f"<p>{' '.join(_sentence(order, 17) for _ in range(3))}</p>" for _ in range(4)]
        parts.append(
            f'<p>{_sentence(order, 9)} <a href="https://example.org/{part}">{_sentence(order, 3)}</a></p>'
        )
    parts.append(f"<blockquote><p>{_sentence(order, 20)}</p></blockquote>")
    parts.append(f"<ul>{''.join(f'<li><p>{_sentence(order, 8)}</p></li>' for _ in range(4))}</ul>")
    return "".join(parts)


def _sentence(order: random.Random, words: int) -> str:
    return " ".join(order.choices(WORDS, k=words)).capitalize() + "."


def use(image: Any) -> dict[str, Any]:
    return {
        "key": image.key,
        "alt": image.alt,
        "decorative": False,
        "caption": "",
        "credit": image.credit,
        "focal": [0.5, 0.5],
        "width": image.width,
        "height": image.height,
    }


if __name__ == "__main__":
    main(int(sys.argv[1]))
