"""What the desk must have settled: the address, the embargo, and what readers are told of a change."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from articles.desk.public import tells_again
from articles.desk.requirements.issues import Issue
from articles.models import Address, Edition, Story
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
    if public["change_kind"] and public.get("tell_readers") and not tells_again(public):
        kind = ChangeKind(public["change_kind"]).word
        says = f"Only an update is sent to readers who follow it, and this is called “{kind}”: take the tick away."
        yield Issue("tell_readers", says, "tell_readers")


def address(story: Story, public: dict[str, Any]) -> Iterator[Issue]:
    slug = public["slug"]
    if not slug:
        yield Issue("slug", "The headline gives no address: write a short one in plain letters.", "slug")
        return
    others = Address.objects.filter(slug=slug)
    if (others.exclude(story=story.pk) if story.pk else others).exists():
        says = f"The address “{slug}” belongs to another story. Choose a different one."
        yield Issue("slug", says, "slug_taken", slug)


def related(public: dict[str, Any], at: datetime) -> Iterator[Issue]:
    """No title is told: whoever reads this may know less than who picked. One query, and none for none."""
    picked = public.get("related", [])
    live = Edition.objects.live(at).filter(story_id__in=picked).values_list("story_id", flat=True)
    known = set(live) if picked else set()
    for place, number in enumerate(picked, 1):
        if number not in known:
            says = f"Number {place} of the related stories is not live then: readers see it from when it is."
            yield Issue("related", says, "related_not_live", str(number))


def embargo(story: Story, at: datetime) -> Iterator[Issue]:
    if story.embargo_at is not None and story.is_embargoed(at):
        until = date_format(timezone.localtime(story.embargo_at), "j F Y, H:i")
        says = f"The story is under embargo until {until}. Publish it then or later."
        yield Issue("embargo_at", says, "embargo")
