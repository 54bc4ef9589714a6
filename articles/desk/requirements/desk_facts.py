"""What the desk must have settled: the address, the embargo, and what readers are told of a change."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from articles.desk.requirements.issues import Issue
from articles.models import Address, Story
from articles.models.kinds import NOTED_CHANGES, ChangeKind


def change(story: Story, public: dict[str, Any], at: datetime) -> Iterator[Issue]:
    """A change to a published story says what kind it is, and what readers are told."""
    if not story.pk or not story.editions.published(at).exists():
        return
    if not public["change_kind"]:
        says = "The story has been published: say what kind of change this is."
        yield Issue("change_kind", says, "change_kind")
    if public["change_kind"] in NOTED_CHANGES and not public["public_note"]:
        kind = ChangeKind(public["change_kind"]).word.lower()
        yield Issue(
            "public_note", f"Tell readers what the {kind} is about, in a sentence or two.", "public_note"
        )


def address(story: Story, public: dict[str, Any]) -> Iterator[Issue]:
    slug = public["slug"]
    if not slug:
        yield Issue("slug", "The headline gives no address: write a short one in plain letters.", "slug")
        return
    others = Address.objects.filter(slug=slug)
    if (others.exclude(story=story.pk) if story.pk else others).exists():
        says = f"The address “{slug}” belongs to another story. Choose a different one."
        yield Issue("slug", says, "slug_taken", slug)


def embargo(story: Story, at: datetime) -> Iterator[Issue]:
    if story.embargo_at is not None and story.is_embargoed(at):
        until = date_format(timezone.localtime(story.embargo_at), "j F Y, H:i")
        says = f"The story is under embargo until {until}. Publish it then or later."
        yield Issue("embargo_at", says, "embargo")
