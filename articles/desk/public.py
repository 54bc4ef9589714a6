"""The public dict: everything readers would get of a story, in one canonical form with one hash.

Difference, preview, approval, edition and feed all read this dict, so "nothing changed" and "same hash" are the
same statement. Schedule and desk fields are not in it.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from articles.body.clean import clean
from articles.body.figures import figures
from articles.desk.slugs import slug_for
from articles.models import Author, Image, Story, Tag
from articles.models.kinds import NOTED_CHANGES, ChangeKind

FORMAT = 1

#: What a change says of itself, as against what it changes.
CHANGE_FIELDS = ("change_kind", "public_note", "tell_readers")


def public_dict(
    story: Story, *, people: Iterable[Author] | None = None, topics: Iterable[Tag] | None = None
) -> dict[str, Any]:
    """What readers would get of the working copy as it stands.

    `people` (of the byline, in order) and `topics` are given where a form says others than are stored.
    """
    topics = story.topics.all() if topics is None else topics
    body = clean(story.body)
    public = {
        "format": FORMAT,
        "headline": _line(story.headline),
        "standfirst": _line(story.standfirst),
        "kicker": _line(story.kicker),
        "kind": story.kind,
        "body": body,
        "section": _named(story.section) if story.section else None,
        "topics": [_named(topic) for topic in sorted(topics, key=lambda topic: topic.slug)],
        "byline": byline(story, people),
        "lead": _lead(story),
        "pictures": _body_pictures(body),
        "slug": slug_for(story),
        "search_headline": _line(story.search_headline),
        "social_headline": _line(story.social_headline),
        "change_kind": story.change_kind,
        "public_note": _line(story.public_note),
    }
    # Only where there is something: a dict from before there was any reads, and hashes, as it did.
    public |= {"related": list(story.related)} if story.related else {}
    return public | ({"tell_readers": True} if story.tell_readers else {})


def canonical(public: dict[str, Any]) -> str:
    """The one string for a public dict; this is what is hashed, stored and compared."""
    return json.dumps(public, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def hash_of(text: str) -> str:
    """SHA-256 of a canonical string, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def adds_nothing(public: dict[str, Any], published: dict[str, Any]) -> bool:
    """Whether readers of `published` would get no other word, and be told of no clarification or correction."""
    return public["change_kind"] not in NOTED_CHANGES and without_change(public) == without_change(published)


def tells_again(public: Mapping[str, Any]) -> bool:
    """Whether those who follow it are to be told of this text again: it was ticked, and is an update."""
    return bool(public.get("tell_readers")) and public["change_kind"] == ChangeKind.UPDATE


def without_change(public: dict[str, Any]) -> dict[str, Any]:
    """The dict less what a change says of itself: two equal ones read the same."""
    return {name: value for name, value in public.items() if name not in CHANGE_FIELDS}


def picture_keys(public: dict[str, Any]) -> set[str]:
    """The keys of every picture a public dict shows."""
    return {use["key"] for use in [public["lead"], *public["pictures"]] if use}


def byline(story: Story, people: Iterable[Author] | None = None) -> dict[str, Any]:
    """The byline as it will be printed: people in order, or a label, or nothing."""
    if story.byline_label:
        return {"people": [], "label": _line(story.byline_label)}
    if people is None:
        rows = story.bylines.select_related("author").order_by("position", "id")
        people = [row.author for row in rows]
    return {"people": [_person(author) for author in people], "label": ""}


def _person(author: Author) -> dict[str, str]:
    return {"name": author.name, "job_title": author.job_title, "slug": author.slug}


def _named(thing: Any) -> dict[str, str]:
    return {"name": thing.name, "slug": thing.slug}


def _lead(story: Story) -> dict[str, Any] | None:
    image = story.lead_image
    if image is None:
        return None
    return _picture(image, alt=story.lead_alt, caption=story.lead_caption, credit=story.lead_credit)


def _body_pictures(body: str) -> list[dict[str, Any]]:
    """The pictures in the text, each once a use, with the words as used there."""
    used = figures(body) if "<figure" in body else []
    images = {image.key: image for image in Image.objects.filter(key__in={figure.key for figure in used})}
    return [
        _picture(images[figure.key], alt=figure.alt, caption=figure.caption, keep_caption=True)
        for figure in used
        if figure.key in images
    ]


def _picture(
    image: Image, *, alt: str, caption: str, credit: str = "", keep_caption: bool = False
) -> dict[str, Any]:
    alt = _line(alt)
    return {
        "key": image.key,
        "alt": "" if image.decorative and not alt else alt or image.alt,
        "decorative": image.decorative and not alt,
        "caption": _line(caption) if keep_caption else _line(caption) or image.caption,
        "credit": _line(credit) or image.credit,
        "focal": [image.focal_x, image.focal_y],
        "width": image.width,
        "height": image.height,
    }


def _line(text: str) -> str:
    """One line of text: runs of white space are one space, and characters no database takes are gone."""
    return " ".join(text.replace("\x00", "").split())
