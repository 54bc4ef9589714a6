"""Puts the demo's sections, topics, authors and pictures in their places, each once."""

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from articles.demo import content
from articles.demo.artwork import draw
from articles.demo.staff import Staff
from articles.models import Author, Image, Section, Tag
from articles.pictures import library

_DRAWN = "Drawn by code for the demo: {name}"


def shelve(staff: Staff) -> int:
    """Make the sections, topics and authors that are missing; answers how many."""
    made = 0
    for order, section in enumerate(content.site()["sections"], 1):
        words = {"name": section.name, "description": section.description, "order": order * 10}
        made += Section.objects.get_or_create(slug=section.slug, defaults=words)[1]
    for topic in content.site()["topics"]:
        words = {"name": topic.name, "description": topic.description}
        made += Tag.objects.get_or_create(slug=topic.slug, defaults=words)[1]
    for author in content.site()["authors"]:
        words = {"name": author.name, "job_title": author.job_title, "biography": author.biography}
        user = staff.named(author.name)
        if user and not Author.objects.filter(user=user).exists():
            words["user"] = user
        made += Author.objects.get_or_create(slug=author.slug, defaults=words)[1]
    return made


def missing_pictures() -> list[str]:
    return [name for name in content.pictures() if _drawn(name) is None]


def hang(names: list[str], staff: Staff) -> Iterator[str]:
    """Draw these pictures and add them to the library; yields each name when it is there."""
    with ThreadPoolExecutor(max_workers=2) as drawers:
        for name, drawing in zip(names, drawers.map(draw, names), strict=True):
            words = content.pictures()[name]
            library.add(
                io.BytesIO(drawing),
                by=staff["editor"],
                alt=words.alt,
                caption=words.caption,
                credit=words.credit,
                licence_kind=Image.Licence.OWN,
                licence_holder="The Civic Wire",
                licence_proof=_DRAWN.format(name=name),
            )
            yield name


def hung() -> dict[str, Image]:
    """The demo's pictures by name."""
    found = {name: _drawn(name) for name in content.pictures()}
    return {name: image for name, image in found.items() if image}


def _drawn(name: str) -> Image | None:
    return Image.objects.filter(licence_proof=_DRAWN.format(name=name)).first()
