"""A story in which everything that could leak carries a mark, and whether an answer has it."""

from typing import Any

from django.http import HttpResponse

from articles.models import Author, Image, Section, Tag
from articles.pictures.library import add
from tests.newsdesk import author, picture_file, section, topic

MARK = "zanzara"


def canary(state: str) -> dict[str, Any]:
    """The fields of a story in which everything that could leak carries the mark."""
    words, slug = f"{MARK} {state.replace('_', ' ')}", slug_of(state)
    inside, lead, face = (_picture(f"{words} {what}") for what in ("inside", "lead", "face"))
    caption = f"<figcaption>{words} caption</figcaption>"
    tag, person = topic(f"{words} topic"), author(f"{words} author", f"{words} title")
    Tag.objects.filter(pk=tag.pk).update(description=f"{words} description")
    Author.objects.filter(pk=person.pk).update(biography=f"{words} biography", picture=face)
    place = section(f"{words} section", f"{slug}-section")
    Section.objects.filter(pk=place.pk).update(description=f"{words} description")
    return {
        "headline": f"{words} headline",
        "slug": slug,
        "standfirst": f"{words} standfirst",
        "kicker": f"{words} kicker",
        "search_headline": f"{words} search",
        "social_headline": f"{words} social",
        "body": f'<p>{words} body</p><figure><img data-file="{inside.key}" alt="{words}">{caption}</figure>',
        "lead_image": lead,
        "topics": [tag],
        "authors": [person],
        "section": place,
    }


def slug_of(state: str) -> str:
    return f"{MARK}-{state.replace('_', '-')}"


def slugs_of(state: str) -> list[str]:
    """Every slug that the story brings into the world."""
    return [slug_of(state), *(f"{slug_of(state)}-{thing}" for thing in ("topic", "author", "section"))]


def keys() -> list[str]:
    """The keys of every picture that carries the mark."""
    return list(Image.objects.filter(alt__startswith=MARK).values_list("key", flat=True))


def leaks(response: HttpResponse) -> bool:
    got = response.content.decode(errors="replace") + repr(dict(response.headers))
    return MARK in got.casefold()


def _picture(words: str) -> Image:
    file = picture_file(f"{words.replace(' ', '-')}.jpg", (330, 200))
    said = {"alt": f"{words} alt", "caption": f"{words} caption", "credit": f"{words} credit"}
    return add(file, by=None, **said, licence_holder=f"{words} holder", licence_proof=f"{words} proof")
