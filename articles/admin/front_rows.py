"""What the page that arranges the front page shows of each place: who stands there now, by pick or by itself."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from accounts.models import User
from articles.admin.front_proposal import PickForm, Proposal, Slot
from articles.admin.marks import exact
from articles.desk import front_page
from articles.desk.front_page import Pick, Place
from articles.models import Edition, Story
from articles.models.placements import SECONDARIES
from articles.views.arranged import Arranged, arranged
from articles.views.front_lines import LiveLines
from articles.views.lines import Line


@dataclass(frozen=True)
class Told:
    """A story as this person may know of it."""

    headline: str
    standing: str
    #: When it appears, where that is to come.
    at: datetime | None = None


@dataclass(frozen=True)
class Row:
    slot: Slot
    #: The story somebody picked, if any.
    pick: Pick | None
    picked: Told | None
    #: What readers would get there now.
    shown: Line | None
    #: Whether it is the pick that readers would get.
    holds: bool
    form: PickForm
    #: Whether the time until which it was to stay has passed.
    is_over: bool
    up: Slot | None
    down: Slot | None
    #: The step that was taken to come here, on which the cursor goes on: up, down or choose.
    focus: str = ""

    @property
    def story_id(self) -> int:
        return self.pick.story_id if self.pick else self.shown.story_id if self.shown else 0

    @property
    def headline(self) -> str:
        return self.picked.headline if self.picked else self.shown.headline if self.shown else ""

    @property
    def is_set(self) -> bool:
        """Whether more is said of the pick than which story it is."""
        return bool(self.pick and (self.pick.until or self.pick.without_picture)) or bool(self.form.errors)


def rows(proposal: Proposal, slots: list[Slot], user: User, now: datetime, *, at: str = "") -> list[Row]:
    lasting = {place: pick for place, pick in proposal.picks.items() if not _is_over(pick, now)}
    standing = arranged(LiveLines(now), front_page.placements_of(lasting), now)
    shown = _shown(standing)
    told = headlines([pick.story_id for pick in proposal.picks.values()], user, now)
    listed = [_row(slot, slots, proposal, shown, told, now) for slot in slots]
    step, _, name = at.partition(":")
    return [replace(row, focus=_focus(row, step)) if row.slot.name == name else row for row in listed]


def headlines(stories: Iterable[int], user: User, now: datetime) -> dict[int, Told]:
    """What may be said of each story to this person: what readers know, else what the desk lets them know."""
    stories = list(stories)
    editions = front_page.latest_editions(stories, now)
    visible = {story.pk: story for story in Story.objects.visible_to(user).filter(pk__in=stories)}
    return {key: _told(editions.get(key), visible.get(key), now) for key in stories}


def _told(edition: Edition | None, story: Story | None, now: datetime) -> Told:
    if edition is not None and edition.published_at <= now:
        return Told(edition.headline, "live")
    if story is None:
        return Told("A story you may not see", "")
    if edition is not None:
        return Told(edition.headline, f"Scheduled for {exact(edition.published_at)}", edition.published_at)
    return Told(story.headline, "Not live")


def _shown(standing: Arranged) -> dict[Place, Line]:
    top = {Place(position=position): edition for position, edition in standing.top.items()}
    return top | {Place(band.section.id): band.first for band in standing.bands}


def _row(
    slot: Slot,
    slots: list[Slot],
    proposal: Proposal,
    shown: dict[Place, Line],
    told: dict[int, Told],
    now: datetime,
) -> Row:
    pick, edition = proposal.picks.get(slot.place), shown.get(slot.place)
    initial = {"until": pick.until, "plain": pick.without_picture} if pick else {}
    form = proposal.faulty.get(slot.name) or PickForm(prefix=slot.name, initial=initial)
    at = slots.index(slot)
    moves = not slot.place.section_id
    return Row(
        slot,
        pick,
        told[pick.story_id] if pick else None,
        edition,
        bool(pick and edition and edition.story_id == pick.story_id and not _is_over(pick, now)),
        form,
        is_over=bool(pick and _is_over(pick, now)),
        up=slots[at - 1] if moves and at > 0 else None,
        down=slots[at + 1] if moves and at < SECONDARIES else None,
    )


def _focus(row: Row, step: str) -> str:
    """The same button again; at either end, where it is not there, the one that leads back."""
    if step == "up" and row.up is None:
        return "down"
    if step == "down" and row.down is None:
        return "up"
    return step


def _is_over(pick: Pick, now: datetime) -> bool:
    return pick.until is not None and pick.until <= now
