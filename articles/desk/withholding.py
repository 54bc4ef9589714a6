"""Withholding: what was published and may be shown to managers alone, and who may read what."""

from datetime import datetime

from django.db.models import QuerySet

from accounts.models import User
from articles.desk import publishing
from articles.desk.asking import Request, event_of
from articles.desk.refusals import NotAllowed, NotReady
from articles.models import Edition, Revision, Story, StoryEvent, Withholding, WithholdingKind
from articles.models.withholdings import WithholdingQuerySet


def may_read(user: User, revision: Revision, now: datetime) -> bool:
    """Whether `user`, who may know of the story, may read what this revision says."""
    return user.has_perm("articles.review_story") or withheld(revision, now) is None


def closed_to(user: User, story: Story, now: datetime) -> QuerySet[Revision]:
    """The story's revisions that `user` may not read: whatever quotes them is closed with them."""
    revisions = Revision.objects.filter(story=story)
    if user.has_perm("articles.review_story"):
        return revisions.none()
    return revisions.filter(hash__in=_in_force(story, now).texts())


def withheld(revision: Revision, now: datetime) -> Withholding | None:
    """What keeps a revision's words from being shown: any edition that prints the same is enough."""
    rows = _in_force(revision.story, now).select_related("placed_by").order_by("pk")
    return rows.filter(edition__content_hash=revision.hash).first()


def refuse(revision: Revision, now: datetime) -> None:
    """Raise NotReady where these words are withheld: nothing may bring them back to readers."""
    if withheld(revision, now) is not None:
        raise NotReady("This very text is withheld. It can be published again when another manager shows it.")


def can_be_withheld(story: Story, now: datetime) -> QuerySet[Edition]:
    """What readers once had, newest first, less what they have now and what is withheld already."""
    editions = story.editions.published(now).filter(removal_kind="")
    current = story.editions.current(now).first()
    if current is not None and current.shows_text:
        editions = editions.exclude(content_hash=current.content_hash)
    return editions.exclude(content_hash__in=_in_force(story, now).texts()).order_by("-published_at")


def check(story: Story, now: datetime) -> None:
    """Raise NotReady where no edition of the story can be withheld."""
    if can_be_withheld(story, now).exists():
        return
    current = story.editions.current(now).first()
    if current is not None and current.shows_text:
        raise NotReady("Readers have this text now. Take the story down first, then withhold it.")
    raise NotReady("Everything of this story that readers had is withheld already.")


def withhold(request: Request) -> StoryEvent:
    """One row for every edition that printed the same text."""
    story, now = request.story, request.now
    kind = request.details.get("kind") or ""
    public_note = " ".join((request.details.get("public_note") or "").split())
    edition = _chosen(request)
    if kind not in WithholdingKind.values:
        raise NotReady("Say whether the law or somebody's privacy forbids it.", field="kind")
    current = story.editions.current(now).first()
    if current is not None and current.shows_text and current.content_hash == edition.content_hash:
        raise NotReady("Readers have this text now. Take the story down first, then withhold it.")
    if edition.content_hash in _in_force(story, now).texts():
        raise NotReady("This text is withheld already.")
    scheduled = story.editions.scheduled(now).filter(content_hash=edition.content_hash)
    if scheduled.exists():
        publishing.void(story, request.act, by=request.by, now=now)
    same = story.editions.published(now).filter(content_hash=edition.content_hash).order_by("pk")
    Withholding.objects.bulk_create(
        Withholding(edition=row, kind=kind, public_note=public_note, placed_at=now, placed_by=request.by)
        for row in same
    )
    details = {"editions": [row.pk for row in same], "kind": kind, "public_note": public_note}
    return event_of(request, edition.revision, details)


def lift(request: Request) -> StoryEvent:
    story, now = request.story, request.now
    edition = _chosen(request)
    rows = list(_in_force(story, now).filter(edition__content_hash=edition.content_hash).order_by("pk"))
    if not rows:
        raise NotReady("This edition is not withheld.")
    if any(row.placed_by_id == request.by.pk for row in rows):
        raise NotAllowed("You withheld it: another manager has to show it again.")
    for row in rows:
        row.lifted_at, row.lifted_by = now, request.by
        row.save(update_fields=["lifted_at", "lifted_by"])
    return event_of(request, edition.revision, {"editions": [row.edition_id for row in rows]})


def _chosen(request: Request) -> Edition:
    """The edition the act names, which has to be one that readers had."""
    number = request.details.get("edition")
    known = request.story.editions.published(request.now).select_related("revision")
    edition = known.filter(pk=number).first() if isinstance(number, int) else None
    if edition is None:
        raise NotReady("Say which edition.", field="edition")
    return edition


def _in_force(story: Story, now: datetime) -> WithholdingQuerySet:
    return Withholding.objects.in_force(now).of_story(story.pk)
