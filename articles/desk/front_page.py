"""Arranging the front page: who may, what may stand where, and the one way to put an arrangement there."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from accounts.models import User
from articles.desk.refusals import NotAllowed, NotReady, Stale
from articles.models import Arrangement, Edition, Kind, Placement, Section, Story

PERMISSION = "articles.arrange_front_page"
LEAD = 0


@dataclass(frozen=True, order=True)
class Place:
    """The lead (0), a secondary (1 to 6), or the first story of a section's band."""

    section_id: int = 0
    position: int = 0

    @property
    def is_lead(self) -> bool:
        return not self.section_id and self.position == LEAD


@dataclass(frozen=True)
class Pick:
    """A story for a place; `until` when, and for the lead whether without its picture."""

    story_id: int
    until: datetime | None = None
    without_picture: bool = False


type Picks = dict[Place, Pick]


def newest() -> Arrangement | None:
    return Arrangement.objects.select_related("made_by").order_by("-number").first()


def picks_of(placements: Iterable[Placement]) -> Picks:
    return {
        Place(each.section_id or 0, each.position): Pick(each.story_id, each.until, each.without_picture)
        for each in placements
    }


def placements_of(picks: Picks) -> list[Placement]:
    """Placements that are not saved: for a preview, or for an arrangement to come."""
    return [
        Placement(
            story_id=pick.story_id,
            section_id=place.section_id or None,
            position=place.position,
            until=pick.until,
            without_picture=pick.without_picture,
        )
        for place, pick in sorted(picks.items())
    ]


def put(picks: Picks, *, by: User, now: datetime, seen: int, restores: int = 0) -> Arrangement | None:
    """Put an arrangement on the front page; None where it stands there already.

    `seen` is the number of the arrangement it was made from, 0 for none; `restores` that of one it puts back.
    Raises NotAllowed, Stale where somebody else arranged meanwhile, and NotReady.
    """
    if not by.has_perm(PERMISSION):
        raise NotAllowed("The front page is arranged by editors and managers.")
    before = newest()
    if (before.number if before else 0) != seen:
        raise _stale(before)
    standing = picks_of(before.placements.all()) if before else {}
    if standing == picks:
        return None
    earlier = Arrangement.objects.filter(number=restores).first() if restores else None
    known = {pick.story_id for pick in standing.values()}
    if earlier:
        known |= set(earlier.placements.values_list("story_id", flat=True))
    _check(picks, known, by, now)
    return _put(picks, by, now, seen, earlier)


def _put(picks: Picks, by: User, now: datetime, seen: int, restores: Arrangement | None) -> Arrangement:
    try:
        with transaction.atomic():
            made = Arrangement.objects.create(number=seen + 1, made_at=now, made_by=by, restores=restores)
            placements = placements_of(picks)
            for placement in placements:
                placement.arrangement = made
            Placement.objects.bulk_create(placements)
    except IntegrityError:
        # Somebody was faster by an instant: their number is taken.
        after = newest()
        if after is None or after.number == seen:
            raise
        raise _stale(after) from None
    return made


def _stale(after: Arrangement | None) -> Stale:
    who = after.made_by if after and after.made_by else "Somebody"
    return Stale(f"{who} has arranged the front page meanwhile. Nothing of yours is lost: compare the two.")


def _check(picks: Picks, known: set[int], by: User, now: datetime) -> None:
    """Raise NotReady for what cannot stand where it was put; `known` stories stood on the front page before."""
    stories = [pick.story_id for pick in picks.values()]
    if len(set(stories)) < len(stories):
        raise NotReady("A story stands twice. Take it away from one of its places.")
    editions = latest_editions(stories, now)
    seen = set(seen_by(by, stories))
    reachable = known | seen
    if any(story not in reachable or (story not in editions and story not in known) for story in stories):
        raise NotReady("Only stories that are live or scheduled can stand on the front page.")
    for place, pick in picks.items():
        edition = editions.get(pick.story_id)
        _check_time(pick, now)
        # Nothing is said of one that the person may not know of. Readers' pages ask for its kind and section again.
        if edition is not None and is_known(edition, seen, now):
            _check_place(place, edition)
    sections = {place.section_id for place in picks} - {0}
    if Section.objects.filter(pk__in=sections).count() < len(sections):
        raise NotReady("One of the sections is no longer there. Start anew.")


def _check_time(pick: Pick, now: datetime) -> None:
    if pick.until and pick.until <= now:
        raise NotReady(
            "The time until which a story was to stay has passed. Change it, or take the story away."
        )


def _check_place(place: Place, edition: Edition) -> None:
    if place.is_lead and edition.kind == Kind.SPONSORED:
        raise NotReady(f"“{edition.headline}” is sponsored: what somebody paid for does not lead.")
    if place.section_id and edition.section_id != place.section_id:
        raise NotReady(f"“{edition.headline}” is in another section, and cannot stand first in this one.")


def is_known(edition: Edition, seen: Collection[int], now: datetime) -> bool:
    """Whether readers have it, or its story is among those that a person may know of."""
    return edition.published_at <= now or edition.story_id in seen


def latest_editions(stories: Sequence[int], now: datetime) -> dict[int, Edition]:
    """The edition of each story that is live, or else the next to come; stories that have neither are left out."""
    coming = Edition.objects.effective().filter(story_id__in=stories, superseded_at__gt=now, removal_kind="")
    found: dict[int, Edition] = {}
    for edition in coming.order_by("published_at").select_related("section"):
        found.setdefault(edition.story_id, edition)
    return found


def seen_by(user: User, stories: Sequence[int]) -> Iterable[int]:
    return Story.objects.visible_to(user).filter(pk__in=stories).values_list("pk", flat=True)
