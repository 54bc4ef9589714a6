"""Puts what a revision says back into a story's working copy."""

from typing import Any

from articles.models import Author, Byline, Image, Section, Story, Tag

_LINES = (
    "headline",
    "standfirst",
    "kicker",
    "kind",
    "body",
    "slug",
    "search_headline",
    "social_headline",
)


def apply(public: dict[str, Any], story: Story) -> None:
    """Write the public dict into the working copy. A topic, person or picture that is gone since stays out.

    Kind of change, public note and tick stay as they are: they speak of the next edition, not of the old one.
    """
    for name in _LINES:
        setattr(story, name, public[name])
    story.section = (
        Section.objects.filter(slug=public["section"]["slug"]).first() if public["section"] else None
    )
    story.byline_label = public["byline"]["label"]
    story.related = public.get("related", [])
    _apply_lead(public["lead"], story)
    story.save()
    story.topics.set(Tag.objects.filter(slug__in=[topic["slug"] for topic in public["topics"]]))
    _apply_byline(public["byline"]["people"], story)


def _apply_lead(lead: dict[str, Any] | None, story: Story) -> None:
    story.lead_image = Image.objects.filter(key=lead["key"]).first() if lead else None
    story.lead_alt = lead["alt"] if lead else ""
    story.lead_caption = lead["caption"] if lead else ""
    story.lead_credit = lead["credit"] if lead else ""


def _apply_byline(people: list[dict[str, str]], story: Story) -> None:
    authors = {author.slug: author for author in Author.objects.filter(slug__in=[p["slug"] for p in people])}
    story.bylines.all().delete()
    present = [authors[person["slug"]] for person in people if person["slug"] in authors]
    Byline.objects.bulk_create(
        Byline(story=story, author=author, position=position) for position, author in enumerate(present)
    )
