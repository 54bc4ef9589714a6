"""Which story stands where on the front page: what editors picked, as far as it is live, and the newest for the rest.

Nobody stands twice: the picks come first, then the lead, the secondaries, the latest and last the bands.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from articles import navigation
from articles.models.editions import Edition, EditionQuerySet
from articles.models.kinds import Kind
from articles.models.placements import SECONDARIES, Placement
from articles.views.branches import any_of
from articles.views.pictures import may_be_shown

#: A row of secondaries: pictures stand in the whole first row or in none.
ROW = 3
LATEST = 10
#: A picture story and three headlines.
BAND = 4
LEAD = 0


@dataclass(frozen=True, slots=True)
class Band:
    section: navigation.Entry
    first: Edition
    rest: list[Edition]


@dataclass(frozen=True, slots=True)
class Arranged:
    #: Lead and secondaries, by place.
    top: dict[int, Edition]
    latest: list[Edition]
    bands: list[Band]
    #: The stories that stand where somebody put them.
    picked: frozenset[int]


def arranged(live: EditionQuerySet, picks: Iterable[Placement], now: datetime) -> Arranged:
    """Fill every place from the editions in `live`: two queries."""
    entries = navigation.sections()
    wanted = [pick for pick in picks if pick.section_id is None or pick.section_id in _keys(entries)]
    editions = _read(live, [pick.story_id for pick in wanted])
    top, firsts = _standing(wanted, {edition.story_id: edition for edition in editions})
    picked = frozenset(edition.story_id for edition in [*top.values(), *firsts.values()])
    free = [edition for edition in editions if edition.story_id not in picked]
    top |= _by_themselves([place for place in range(1 + SECONDARIES) if place not in top], top, free, now)
    placed = picked | {edition.story_id for edition in top.values()}
    latest = [edition for edition in free if edition.story_id not in placed][:LATEST]
    placed |= {edition.story_id for edition in latest}
    return Arranged(top, latest, _bands(live, entries, firsts, placed, now), picked)


def pictured(edition: Edition, now: datetime) -> bool:
    return bool(edition.lead) and may_be_shown(edition.lead_image, now)


def _keys(entries: Iterable[navigation.Entry]) -> set[int]:
    return {entry.id for entry in entries}


def _read(live: EditionQuerySet, stories: Sequence[int]) -> list[Edition]:
    """The newest, enough of them for every place, and those that were picked; newest first."""
    newest = live.newest_first().values("pk")[: 1 + SECONDARIES + LATEST + len(stories)]
    branches = [newest, live.filter(story_id__in=stories).values("pk")] if stories else [newest]
    return list(live.filter(pk__in=any_of(branches)).for_listing().newest_first())


def _standing(
    picks: Iterable[Placement], live: Mapping[int, Edition]
) -> tuple[dict[int, Edition], dict[int, Edition]]:
    """The picks that hold, by place and by section: live, no advertisement as the lead, in the band's own section."""
    top: dict[int, Edition] = {}
    firsts: dict[int, Edition] = {}
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
    places: list[int], top: Mapping[int, Edition], free: list[Edition], now: datetime
) -> dict[int, Edition]:
    """The newest for the open places, less what somebody paid for.

    Stories with pictures come into the first row, if they fill what is open of it and the rest of it has pictures.
    """
    newest = [edition for edition in free if edition.kind != Kind.SPONSORED][: len(places)]
    found = {LEAD: newest.pop(0)} if newest and LEAD in places else {}
    row = range(1, 1 + ROW)
    open_in_row = len([place for place in row if place in places])
    first = [edition for edition in newest if pictured(edition, now)][:open_in_row]
    if len(first) < open_in_row or not all(pictured(top[place], now) for place in row if place in top):
        first = []
    order = [*first, *(edition for edition in newest if edition not in first)]
    return found | dict(zip([place for place in places if place != LEAD], order, strict=False))


def _bands(
    live: EditionQuerySet,
    entries: Sequence[navigation.Entry],
    firsts: Mapping[int, Edition],
    placed: Iterable[int],
    now: datetime,
) -> list[Band]:
    """The newest of every section in one query, less what stands above already."""
    if not entries:
        return []
    others = live.exclude(story_id__in=list(placed)).newest_first()
    newest = [others.in_section(entry.id).values("pk")[: BAND - (entry.id in firsts)] for entry in entries]
    editions: dict[int | None, list[Edition]] = defaultdict(list)
    for edition in live.filter(pk__in=any_of(newest)).for_listing().newest_first():
        editions[edition.section_id].append(edition)
    bands = [_band(entry, firsts.get(entry.id), editions[entry.id], now) for entry in entries]
    return [band for band in bands if band]


def _band(entry: navigation.Entry, first: Edition | None, found: list[Edition], now: datetime) -> Band | None:
    """Let the newest story with a picture stand first where nobody picked one."""
    if first is None:
        first = next((edition for edition in found if pictured(edition, now)), next(iter(found), None))
    return Band(entry, first, [edition for edition in found if edition is not first]) if first else None
