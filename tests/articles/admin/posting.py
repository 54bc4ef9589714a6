"""What a browser would send from the story form."""

from typing import Any

from django.test import Client

from accounts.models import User
from articles.models import Story

ADD = "/admin/articles/story/add/"


def desk(user: User) -> Client:
    """A browser in which `user` is signed in."""
    client = Client()
    client.force_login(user)
    return client


def change(story: Story) -> str:
    return f"/admin/articles/story/{story.pk}/change/"


def filled(story: Story | None = None, **fields: Any) -> dict[str, Any]:
    """The form as it was opened on `story`, with `fields` changed. `byline` is a list of authors."""
    story = story or Story()
    authors = fields.pop("byline", None)
    if authors is None:
        authors = [row.author for row in story.bylines.all()] if story.pk else []
    data: dict[str, Any] = {
        "seen": story.version,
        **{name: getattr(story, name) for name in TEXTS},
        "section": story.section_id or "",
        "lead_image": story.lead_image_id or "",
        "topics": [topic.pk for topic in story.topics.all()] if story.pk else [],
        "assignee": story.assignee_id or "",
        **rows(authors),
    }
    return data | fields


def rows(authors: list[Any]) -> dict[str, Any]:
    data: dict[str, Any] = {"bylines-TOTAL_FORMS": len(authors), "bylines-INITIAL_FORMS": 0}
    for number, author in enumerate(authors):
        data[f"bylines-{number}-author"] = author.pk
        data[f"bylines-{number}-position"] = number
    return data


TEXTS = (
    "headline",
    "standfirst",
    "kicker",
    "kind",
    "body",
    "lead_alt",
    "lead_caption",
    "lead_credit",
    "byline_label",
    "slug",
    "search_headline",
    "social_headline",
    "change_kind",
    "public_note",
)
