"""Writes editions: the one place where the desk meets the readers' side.

Every function expects the story locked and a transaction open. Order matters to the database: the old edition's
end is moved first, then the new edition is inserted.
"""

from datetime import datetime, timedelta
from typing import Any

from articles.desk.public import picture_keys, tells_again
from articles.desk.record import write_event
from articles.models import (
    Address,
    Author,
    Edition,
    EditionAuthor,
    EditionCorrection,
    EditionImage,
    EditionTag,
    Image,
    Revision,
    Section,
    Story,
    StoryEvent,
    Tag,
)
from articles.models.editions import FAR_FUTURE
from articles.models.kinds import DATED_CHANGES, NOTED_CHANGES
from articles.rendering import store_rendering

_INSTANT = timedelta(microseconds=1)


def publish(
    story: Story,
    revision: Revision,
    *,
    origin: str,
    at: datetime,
    approval: StoryEvent | None = None,
    reason: str = "",
) -> Edition:
    """Make the edition that prints `revision` from `at` on. `at` may lie ahead: then it is scheduled."""
    at, current = _succeed(story, at)
    content = revision.as_dict()
    edition = _printed(story, content, current)
    edition.revision = revision
    edition.origin = origin
    edition.approval = approval
    edition.reason = reason
    edition.content = revision.public
    edition.content_hash = revision.hash
    edition.published_at = at
    edition.first_published_at = current.first_published_at if current else at
    if origin != Edition.Origin.REINSTATED:
        _tell_the_change(edition, content, current)
    elif current:
        edition.updated_at, edition.corrections = current.updated_at, current.corrections
    Address.objects.get_or_create(slug=edition.slug, defaults={"story": story})
    edition.save(force_insert=True)
    _index(edition, content)
    store_rendering(edition)
    return edition


def cancel_scheduled(story: Story, now: datetime) -> Edition | None:
    """Void what is scheduled: it gets an empty range, and what it would have replaced goes on."""
    scheduled = story.editions.scheduled(now).order_by("published_at").first()
    if scheduled is None:
        return None
    scheduled.superseded_at = scheduled.published_at
    scheduled.save(update_fields=["superseded_at"])
    before = story.editions.current(now).first()
    if before is not None:
        before.superseded_at = FAR_FUTURE
        before.save(update_fields=["superseded_at"])
    return scheduled


def take_down(story: Story, *, now: datetime, kind: str, public_note: str, redirect_to: str) -> Edition:
    """Put a tombstone in place of what readers have. What it printed stays in the record."""
    cancel_scheduled(story, now)
    at, live = _succeed(story, now)
    if live is None:
        raise ValueError("only what readers have can be taken down")
    tombstone = _successor(live)
    tombstone.origin = Edition.Origin.REMOVAL
    tombstone.approval = None
    tombstone.published_at = at
    tombstone.removal_kind = kind
    tombstone.public_note = public_note
    tombstone.redirect_to = redirect_to
    tombstone.change_kind = ""
    tombstone.tell_readers = False
    tombstone.save(force_insert=True)
    store_rendering(tombstone)
    return tombstone


def last_readable(story: Story, now: datetime) -> Edition | None:
    """The newest edition that was ever live: what a reinstatement brings back."""
    return story.editions.published(now).filter(removal_kind="").order_by("-published_at").first()


def _succeed(story: Story, at: datetime) -> tuple[datetime, Edition | None]:
    """End what is in force at `at`; returns the time from which its successor stands.

    Two acts in one instant, or a clock set back, must not leave an edition that ended before it began.
    """
    current = story.editions.filter(superseded_at=FAR_FUTURE).first()
    if current is None:
        return at, None
    at = max(at, current.published_at + _INSTANT)
    current.superseded_at = at
    current.save(update_fields=["superseded_at"])
    return at, current


def _successor(edition: Edition) -> Edition:
    """A new, unsaved edition that prints the same."""
    copied = {
        field.attname: getattr(edition, field.attname)
        for field in Edition._meta.concrete_fields
        if field.name not in {"id", "superseded_at"}
    }
    return Edition(**copied)


def printed(story: Story, revision: Revision, *, at: datetime) -> Edition:
    """An edition of `revision` that is not saved: what a preview shows readers would get at `at`."""
    current, content = story.editions.current(at).first(), revision.as_dict()
    edition = _printed(story, content, current)
    edition.content = revision.public
    edition.published_at = at
    edition.first_published_at = current.first_published_at if current else at
    if current is None or current.revision_id != revision.pk:
        _tell_the_change(edition, content, current)
    return edition


def _printed(story: Story, content: dict[str, Any], current: Edition | None) -> Edition:
    lead = content["lead"]
    return Edition(
        story=story,
        slug=content["slug"],
        kind=content["kind"],
        section=Section.objects.filter(slug=content["section"]["slug"]).first()
        if content["section"]
        else None,
        headline=content["headline"],
        standfirst=content["standfirst"],
        kicker=content["kicker"],
        byline=content["byline"],
        topics=content["topics"],
        lead=lead,
        lead_image=Image.objects.filter(key=lead["key"]).first() if lead else None,
        search_headline=content["search_headline"],
        social_headline=content["social_headline"],
        related=content.get("related", []),
        change_kind=content["change_kind"],
        public_note=content["public_note"],
        tell_readers=tells_again(content),
        corrections=current.corrections if current else [],
        updated_at=current.updated_at if current else None,
    )


def _tell_the_change(edition: Edition, content: dict[str, Any], current: Edition | None) -> None:
    """Print the dated note that a correction owes its readers, and the time they are told it was updated."""
    if current is None:
        return
    kind = content["change_kind"]
    if kind in DATED_CHANGES:
        edition.updated_at = edition.published_at
    if kind in NOTED_CHANGES:
        note = {"at": edition.published_at.isoformat(), "kind": kind, "note": content["public_note"]}
        edition.corrections = [*edition.corrections, note]


def _index(edition: Edition, content: dict[str, Any]) -> None:
    """Write the rows that listings and the picture door read."""
    common = {"edition": edition}
    placed = {"story_id": edition.story_id, "first_published_at": edition.first_published_at}
    tags = Tag.objects.filter(slug__in=[topic["slug"] for topic in content["topics"]])
    EditionTag.objects.bulk_create([EditionTag(tag=tag, **common, **placed) for tag in tags])
    people = Author.objects.filter(slug__in=[person["slug"] for person in content["byline"]["people"]])
    EditionAuthor.objects.bulk_create([EditionAuthor(author=author, **common, **placed) for author in people])
    images = Image.objects.filter(key__in=picture_keys(content))
    EditionImage.objects.bulk_create([EditionImage(image=image, **common) for image in images])
    if _is_noted(edition):
        EditionCorrection.objects.create(
            edition=edition, story_id=edition.story_id, published_at=edition.published_at
        )


def _is_noted(edition: Edition) -> bool:
    """Whether this very edition, not one before it, brought its last note."""
    told = edition.corrections
    return bool(told) and told[-1]["at"] == edition.published_at.isoformat()


def void(story: Story, act: str, *, by: Any, now: datetime) -> Edition | None:
    """Cancel what is scheduled because of `act`, and say so in the record."""
    cancelled = cancel_scheduled(story, now)
    if cancelled is not None:
        write_event(
            story,
            "unschedule",
            by=by,
            now=now,
            revision=cancelled.revision,
            details={"because_of": act, "was_due": cancelled.published_at.isoformat()},
        )
    return cancelled
