"""What the front page is filled from: the newest, what was picked, and the newest of every section.

Readers ask the same two queries again and again, so these are kept; a preview asks them once of other editions.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, Protocol

from django.db.models import QuerySet

from articles.models.editions import Edition, EditionQuerySet
from articles.models.sections import Section
from articles.prepared import Prepared
from articles.views import lines
from articles.views.branches import any_of, of_each
from articles.views.lines import Line, line, remembered


class Band(NamedTuple):
    """How many of a section are wanted."""

    section: int
    most: int


class Lines(Protocol):
    def newest(self, count: int, picked: Sequence[int]) -> list[Line]:
        """So many of the newest, and the stories that were picked; newest first."""

    def of_sections(self, bands: Sequence[Band], without: Sequence[int]) -> list[Line]:
        """The newest of each section less some stories; newest first."""


class LinesOf:
    """Of any editions."""

    def __init__(self, editions: EditionQuerySet) -> None:
        self._editions = editions

    def newest(self, count: int, picked: Sequence[int]) -> list[Line]:
        return [*map(line, _newest(self._editions, count, picked))]

    def of_sections(self, bands: Sequence[Band], without: Sequence[int]) -> list[Line]:
        return [*map(line, _of_sections(self._editions, bands, without))]


class LiveLines:
    """Of what readers see at a moment, by queries kept for each number of stories and sections."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def newest(self, count: int, picked: Sequence[int]) -> list[Line]:
        asked = _kept_newest(count, len(picked))
        return remembered.of(asked, now=self._now, **_named("story", picked))

    def of_sections(self, bands: Sequence[Band], without: Sequence[int]) -> list[Line]:
        sections = _named("section", [band.section for band in bands])
        asked = _kept_of_sections(tuple(band.most for band in bands), len(without))
        return remembered.of(asked, now=self._now, **sections, **_named("story", without))


def _newest(live: EditionQuerySet, count: int, picked: Sequence[int]) -> QuerySet[Any, Any]:
    branches = [live.newest_first().values("pk")[:count]]
    if picked:
        branches.append(live.filter(story_id__in=picked).values("pk"))
    return lines.asked(live.filter(pk__in=any_of(branches)).newest_first())


def _of_sections(live: EditionQuerySet, bands: Sequence[Band], without: Sequence[int]) -> QuerySet[Any, Any]:
    others = (live.exclude(story_id__in=without) if without else live).newest_first()
    branches = [
        branch
        for most in sorted({band.most for band in bands})
        for branch in _of_bands([band.section for band in bands if band.most == most], most, others)
    ]
    return lines.asked(live.filter(pk__in=any_of(branches)).newest_first())


def _of_bands(keys: Sequence[int], most: int, editions: EditionQuerySet) -> list[QuerySet[Any, Any]]:
    return of_each(
        keys,
        Section.objects.filter(pk__in=keys),
        lambda section: editions.in_section(section).values("pk")[:most],
    )


@cache
def _kept_newest(count: int, picked: int) -> Prepared:
    def build(now: datetime, **stories: int) -> QuerySet[Any, Any]:
        return _newest(Edition.objects.live(now), count, [*stories.values()])

    return Prepared(build, now=datetime, **dict.fromkeys(_named("story", range(picked)), int))


@cache
def _kept_of_sections(counts: tuple[int, ...], without: int) -> Prepared:
    def build(now: datetime, **keys: int) -> QuerySet[Any, Any]:
        sections, stories = [*keys.values()][: len(counts)], [*keys.values()][len(counts) :]
        bands = [*map(Band, sections, counts)]
        return _of_sections(Edition.objects.live(now), bands, stories)

    keys = [*_named("section", counts), *_named("story", range(without))]
    return Prepared(build, now=datetime, **dict.fromkeys(keys, int))


def _named(name: str, values: Sequence[int]) -> dict[str, int]:
    return {f"{name}{number}": value for number, value in enumerate(values)}
