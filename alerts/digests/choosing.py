"""What one reader's digest tells: each story once, under the first thing of theirs that it is about. Pure."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from alerts.digests.news import EVERYTHING, Moment, News, Shelf, Thing
from alerts.digests.readers import Following, Reader
from alerts.models.subscriptions import Follows, Frequency

#: In which order a digest goes through what a reader follows. Who follows everything has the rest by section.
_KINDS = (Follows.SECTION, Follows.TOPIC, Follows.AUTHOR, Follows.EVERYTHING)
_LAST = 1_000_000


class Heading(NamedTuple):
    """What a group of stories stands under, sorting as groups stand. Stories of no section have no name over them."""

    kind: int
    order: int
    name: str
    key: int = 0


class Chosen(NamedTuple):
    """A story that is owed to a reader: what it is about of what they follow, and whether they are told of it again."""

    news: News
    things: set[Thing]
    is_update: bool


def contents(reader: Reader, shelf: Shelf, frequency: Frequency, introduction: int | None) -> dict[str, Any]:
    """What the letter of this reader says; with no group in it where there is nothing to tell."""
    groups: dict[Heading, list[dict[str, Any]]] = defaultdict(list)
    for one in _chosen(reader, shelf, frequency):
        headings = sorted(_heading(thing, one.news, shelf) for thing in one.things)
        because = [heading.name for heading in headings if heading.kind < len(_KINDS) - 1]
        groups[headings[0]].append(
            {"edition": one.news.edition, "because": list(dict.fromkeys(because)), "updated": one.is_update}
        )
    has_all = any(
        one.thing == EVERYTHING and one.frequency == frequency and one.ended_at is None
        for one in reader.following
    )
    return {
        "groups": [
            {"follows": [heading.name] if heading.name else [], "editions": groups[heading]}
            for heading in sorted(groups)
        ],
        "everything": has_all,
        "introduction": introduction if has_all else None,
    }


def _chosen(reader: Reader, shelf: Shelf, frequency: Frequency) -> Iterator[Chosen]:
    """Newest first. What they heard of as often as this and follow no more, however often, is not owed any more."""
    things: dict[int, set[Thing]] = defaultdict(set)
    is_new: set[int] = set()
    still = reader.things
    for one in reader.following:
        if one.frequency != frequency or one.thing not in still:
            continue
        for news in shelf.about.get(one.thing, ()):
            for moment in news.moments:
                if one.is_in_force(moment.at) and _is_owed(reader, news, moment):
                    things[news.story].add(one.thing)
                    if not moment.is_update:
                        is_new.add(news.story)
    for news in shelf.news if things else ():
        if news.story in things:
            yield Chosen(news, things[news.story], news.story not in is_new)


def _is_owed(reader: Reader, news: News, moment: Moment) -> bool:
    """Whether nothing told them, nor will. A story is told once; an update to who was told of what was before it."""
    if moment.at <= reader.since:
        return False
    told = reader.told.get(news.story)
    if told is not None and told >= moment.at:
        return False
    return not any(_hears_at_once(one, news, moment) for one in reader.following)


def _hears_at_once(one: Following, news: News, moment: Moment) -> bool:
    """The alert is on its way, even where its delivery is not made yet."""
    if one.frequency != Frequency.AT_ONCE or not one.is_in_force(moment.at):
        return False
    return one.thing == EVERYTHING or one.thing in news.about


def _heading(thing: Thing, news: News, shelf: Shelf) -> Heading:
    kind = _KINDS.index(Follows(thing.follows))
    if thing == EVERYTHING:
        sections = [one for one in news.about if one.follows == Follows.SECTION]
        if not sections:
            return Heading(kind, _LAST, "")
        thing = sections[0]
    called = shelf.called[thing]
    return Heading(kind, called.order, called.name, thing.key or 0)
