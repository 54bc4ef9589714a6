"""Slugs: the end of a story's address."""

from django.utils.text import slugify

from articles.models import Address, Story

LONGEST = 80


def slug_for(story: Story) -> str:
    """The slug a story goes under: its own, else one made from the headline that no other story has."""
    return story.slug or _free(slug_from(story.headline), story)


def _free(slug: str, story: Story) -> str:
    """`slug`, or with -2, -3 … where other stories were there first."""
    if not slug:
        return slug
    theirs = Address.objects.exclude(story=story.pk) if story.pk else Address.objects.all()
    taken = set(theirs.filter(slug__startswith=slug).values_list("slug", flat=True))
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{slug}-{number}"
    return free


def slug_from(text: str) -> str:
    """A slug of ASCII letters, digits and hyphens; empty where the text has none."""
    slug = slugify(text)
    if len(slug) <= LONGEST:
        return slug
    return slug[: LONGEST + 1].rsplit("-", 1)[0][:LONGEST].strip("-")
