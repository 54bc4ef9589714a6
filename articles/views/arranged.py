"""Which story stands where on the front page: what editors picked, as far as it is live, and the newest for the rest.

Nobody stands twice: the picks come first, then the lead, the secondaries, the latest and last the bands.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from articles import navigation
from articles.models.kinds import Kind
from articles.models.placements import SECONDARIES
from articles.views import front_lines
from articles.views.front_lines import Lines
from articles.views.lines import Line

#: A row of secondaries: pictures stand in the whole first row or in none.
ROW = 3
LATEST = 10
#: A picture story and three headlines.
BAND = 4
LEAD = 0


class Pick(Protocol):
    """What an arrangement says of one place; a Placement, or as much of it."""

    @property
    def story_id(self) -> int: ...
    @property
    def section_id(self) -> int | None: ...
    @property
    def position(self) -> int: ...
    @property
    def without_picture(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Band:
    section: navigation.Entry
    first: Line
    rest: list[Line]


@dataclass(frozen=True, slots=True)
class Arranged:
    #: Lead and secondaries, by place.
    top: dict[int, Line]
    latest: list[Line]
    bands: list[Band]
    #: The stories that stand where somebody put them.
    picked: frozenset[int]


def arranged(live: Lines, picks: Iterable[Pick], now: datetime) -> Arranged:
    """Fill every place from what is live: two queries."""
    entries = navigation.sections()
    wanted = [pick for pick in picks if pick.section_id is None or pick.section_id in _keys(entries)]
    stories = [pick.story_id for pick in wanted]
    editions = live.newest(1 + SECONDARIES + LATEST + len(stories), stories)
    top, firsts = _standing(wanted, {edition.story_id: edition for edition in editions})
    picked = frozenset(edition.story_id for edition in [*top.values(), *firsts.values()])
    free = [edition for edition in editions if edition.story_id not in picked]
    top |= _by_themselves([place for place in range(1 + SECONDARIES) if place not in top], top, free, now)
    placed = picked | {edition.story_id for edition in top.values()}
    latest = [edition for edition in free if edition.story_id not in placed][:LATEST]
    placed |= {edition.story_id for edition in latest}
    return Arranged(top, latest, _bands(live, entries, firsts, placed, now), picked)


def _keys(entries: Iterable[navigation.Entry]) -> set[int]:
    return {entry.id for entry in entries}


def _standing(picks: Iterable[Pick], live: Mapping[int, Line]) -> tuple[dict[int, Line], dict[int, Line]]:
    """The picks that hold, by place and by section: live, no advertisement as the lead, in the band's own section."""
    top: dict[int, Line] = {}
    firsts: dict[int, Line] = {}
    for pick in picks:
        edition = live.get(pick.story_id)
        if edition is None:
            continue
        if pick.section_id is None and (pick.position != LEAD or edition.kind != Kind.SPONSORED):
            top[pick.position] = edition
        elif pick.section_id is not None and pick.section_id == edition.section_id:
            firsts[pick.section_id] = edition
    return top, firsts


def _by_themselves(
    places: list[int], top: Mapping[int, Line], free: list[Line], now: datetime
) -> dict[int, Line]:
    """The newest for the open places, less what somebody paid for.

    Stories with pictures come into the first row, if they fill what is open of it and the rest of it has pictures.
    """
    newest = [edition for edition in free if edition.kind != Kind.SPONSORED][: len(places)]
    found = {LEAD: newest.pop(0)} if newest and LEAD in places else {}
    row = range(1, 1 + ROW)
    open_in_row = len([place for place in row if place in places])
    first = [edition for edition in newest if edition.shows_picture(now)][:open_in_row]
    if len(first) < open_in_row or not all(top[place].shows_picture(now) for place in row if place in top):
        first = []
    order = [*first, *(edition for edition in newest if edition not in first)]
    return found | dict(zip([place for place in places if place != LEAD], order, strict=False))


def _bands(
    live: Lines,
    entries: Sequence[navigation.Entry],
    firsts: Mapping[int, Line],
    placed: Iterable[int],
    now: datetime,
) -> list[Band]:
    """The newest of every section in one query, less what stands above already."""
    if not entries:
        return []
    wanted = [front_lines.Band(entry.id, BAND - (entry.id in firsts)) for entry in entries]
    editions: dict[int | None, list[Line]] = defaultdict(list)
    for edition in live.of_sections(wanted, list(placed)):
        editions[edition.section_id].append(edition)
    bands = [_band(entry, firsts.get(entry.id), editions[entry.id], now) for entry in entries]
    return [band for band in bands if band]


def _band(entry: navigation.Entry, first: Line | None, found: list[Line], now: datetime) -> Band | None:
    """Let the newest story with a picture stand first where nobody picked one."""
    if first is None:
        first = next((edition for edition in found if edition.shows_picture(now)), next(iter(found), None))
    return Band(entry, first, [edition for edition in found if edition is not first]) if first else None
