"""Finds or makes the topics, authors and sections that records name."""

from django.utils.text import slugify

from articles.models import Author, Section, Tag

LONGEST_TOPIC = 100
LONGEST_NAME = 120


class Names:
    """What there is by name, kept for one run so that each is looked up once.

    Names are compared casefolded, because a database's idea of upper case may stop at ASCII.
    """

    def __init__(self) -> None:
        self.topics = {tag.name.casefold(): tag for tag in Tag.objects.all()}
        self.authors = {author.name.casefold(): author for author in Author.objects.all()}

    def topic(self, name: str) -> Tag:
        name = name[:LONGEST_TOPIC].strip()
        key = name.casefold()
        if key not in self.topics:
            self.topics[key] = Tag.objects.create(name=name, slug=_free(slugify(name) or "topic", Tag))
        return self.topics[key]

    def author(self, name: str) -> Author:
        name = name[:LONGEST_NAME].strip()
        key = name.casefold()
        if key not in self.authors:
            self.authors[key] = Author.objects.create(
                name=name, slug=_free(slugify(name) or "author", Author)
            )
        return self.authors[key]


def section(name: str) -> Section:
    """The section of this name or slug, made where there is none."""
    slug = slugify(name)
    found = Section.objects.filter(slug=slug).first() or Section.objects.filter(name__iexact=name).first()
    return found or Section.objects.create(name=name, slug=slug, order=Section.objects.count())


def _free(slug: str, model: type[Tag] | type[Author]) -> str:
    slug = slug[:90]
    taken = set(model.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free
