"""Searching: what readers get for what they typed."""

from dataclasses import dataclass, field
from datetime import datetime

from articles.models.search import first_number
from articles.search.document import author_mark, section_mark, topic_mark
from articles.search.engine import engine
from articles.search.hits import EVERY, Hit, Range
from articles.search.query import Query

PAGE_SIZE = 20

#: Hits are counted up to here: to count them all would take as long as there are hits.
COUNTED = 1000

#: Of how many, the newest, the best are chosen. Ranking reads each of them.
RANKED = 5000


@dataclass(frozen=True, slots=True)
class Filters:
    """What the hits are limited to: keys of a section, a topic and an author; times from and before which."""

    section: int | None = None
    topic: int | None = None
    author: int | None = None
    since: datetime | None = None
    until: datetime | None = None

    def marks(self) -> list[str]:
        kinds = ((section_mark, self.section), (topic_mark, self.topic), (author_mark, self.author))
        return [mark(key) for mark, key in kinds if key is not None]

    def range(self) -> Range:
        return Range(
            first_number(self.since) if self.since else EVERY.lowest,
            first_number(self.until) if self.until else EVERY.below,
        )


@dataclass(frozen=True, slots=True)
class Found:
    """One page of hits."""

    hits: list[Hit] = field(default_factory=list)
    #: How many there are, or more than COUNTED; None on a later page by date, where nobody counts again.
    count: int | None = None
    #: Where the next page begins: the number of this one's last hit by date, else a page. None on the last.
    following: int | None = None


def by_date(query: Query, filters: Filters, *, now: datetime, before: int | None = None) -> Found:
    """The newest first. `before` is the number of the last hit of the page before."""
    within = filters.range()
    if before is not None:
        within = within._replace(below=min(before, within.below))
    limit = COUNTED + 1 if before is None else PAGE_SIZE + 1
    hits = engine().newest(query, filters.marks(), within, now=now, limit=limit)
    shown = hits[:PAGE_SIZE]
    return Found(
        shown,
        len(hits) if before is None else None,
        shown[-1].number if len(hits) > PAGE_SIZE else None,
    )


def by_relevance(query: Query, filters: Filters, *, now: datetime, page: int = 1) -> Found:
    """The best of the newest `RANKED`. `page` begins at 1."""
    within = filters.range()
    newest = engine().newest(query, filters.marks(), within, now=now, limit=RANKED)
    if not newest:
        return Found(count=0)
    last = page * PAGE_SIZE
    within = within._replace(lowest=newest[-1].number)
    hits = engine().best(query, filters.marks(), within, now=now, limit=last)
    following = page + 1 if len(newest) > last else None
    return Found(hits[last - PAGE_SIZE : last], min(len(newest), COUNTED + 1), following)
