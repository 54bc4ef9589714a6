"""A newsroom's days for drill A9: readers who change their minds, stories that come and go, a worker that is away.

What each reader must get, and may, is worked out here from what happened, without a look at how digests are made.
"""

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

START = datetime(2026, 1, 5, tzinfo=UTC)
TICK, DAY = timedelta(minutes=15), timedelta(days=1)
FREQUENCIES = ("at_once", "daily", "weekly")

#: Two weeks and what an outage adds: by then whoever still follows it must have been told.
HORIZON = timedelta(days=15)


class Span(NamedTuple):
    """A thing was followed this often for a while."""

    thing: Any
    frequency: str
    began: datetime
    ended: datetime | None


@dataclass
class Person:
    row: Any
    spans: list[Span] = field(default_factory=list)
    #: When they changed the hour or day of their digests, paused (from, until), and left.
    moves: list[datetime] = field(default_factory=list)
    pauses: list[tuple[datetime, datetime]] = field(default_factory=list)
    left: datetime | None = None


@dataclass
class News:
    story: Any
    at: datetime
    things: set[Any]
    #: Times when it was not there for readers.
    gone: list[datetime] = field(default_factory=list)
    updates: list[datetime] = field(default_factory=list)


@dataclass
class World:
    chance: random.Random
    cast: Any
    things: list[Any]
    people: list[Person] = field(default_factory=list)
    news: list[News] = field(default_factory=list)
    #: The worker comes back then.
    away_until: datetime = START
    done: Counter[str] = field(default_factory=Counter)


def run(days: int, readers: int, *, turn: timedelta = TICK, seed: int = 9) -> dict[str, int]:
    """Live through so many days, with a worker's turn now and then. Raises AssertionError when the drill fails."""
    world = _world(readers, seed)
    now, end = START, START + days * DAY
    while now < end:
        _happen(world, now)
        if now >= world.away_until and (now - START) % turn == timedelta(0):
            _work(now)
            _send(now)
        now += TICK
    for late in range(16):  # nothing new, so that everything owed comes
        _work(end + late * DAY)
    return _judged(world, end)


def _world(readers: int, seed: int) -> World:
    from tests import newsdesk

    chance, cast = random.Random(seed), newsdesk.hire()
    sections = [newsdesk.section(name, name.lower()) for name in ("Health", "Justice", "Money")]
    topics = [newsdesk.topic(name) for name in ("Cloud", "Data", "Identity", "Records", "Policing")]
    authors = [newsdesk.author(name) for name in ("Ada Quill", "Bea Nib")]
    world = World(chance, cast, [None, *sections, *topics, *authors])
    world.people = [_person(world, number) for number in range(readers)]
    return world


def _person(world: World, number: int) -> Person:
    from tests.alerts.digests import readership

    row = readership.reader(
        since=START, hour=world.chance.randrange(24), weekday=world.chance.randrange(7), frequency="daily"
    )
    person = Person(row, [Span(None, "daily", START, None)])
    for thing in world.chance.sample(world.things, number % 4):
        _follow(world, person, thing, START + timedelta(seconds=number))
    return person


def _happen(world: World, now: datetime) -> None:
    """A quarter of an hour: three stories a day, one changes, and each reader changes their mind about once a week."""
    chance = world.chance
    now += timedelta(seconds=chance.randrange(900))
    if chance.random() < 3 / 96:
        _publish(world, now)
    if chance.random() < 1 / 96 and world.news:
        _change_story(world, chance.choice(world.news[-8:]), now)
    for person in world.people:
        if person.left is None and chance.random() < 1 / (96 * 7):
            _change_mind(world, person, now)
    if chance.random() < 1 / (96 * 20):
        world.away_until = now + chance.random() * 6 * DAY
        world.done["outages"] += 1


def _publish(world: World, now: datetime) -> None:
    from tests import newsdesk

    sections, topics, authors = world.things[1:4], world.things[4:9], world.things[9:]
    section = world.chance.choice(sections)
    on = world.chance.sample(topics, world.chance.randint(1, 4))
    by = [world.chance.choice(authors)]
    words = {"section": section, "topics": on, "authors": by, "headline": f"Minutes {len(world.news)}"}
    story = newsdesk.published(world.cast, now=now, **words)
    world.news.append(News(story, now, {None, section, *on, *by}))
    world.done["stories"] += 1


def _change_story(world: World, news: News, now: datetime) -> None:
    from articles.desk import workflow
    from articles.models import Edition
    from tests import newsdesk

    news.story.refresh_from_db()
    if not Edition.objects.live(now).filter(story=news.story).exists():
        workflow.perform(news.story, "reinstate", by=world.cast.manager, now=now, note="It may stand.")
        news.gone.append(now)
        world.done["brought back"] += 1
        return
    kind = world.chance.choice(["typo", "correction", "update", "removal"])
    world.done[kind] += 1
    if kind == "removal":
        words = {"kind": "error", "public_note": "Too soon."}
        workflow.perform(news.story, "take_down", by=world.cast.manager, now=now, **words)
        news.gone.append(now)
        return
    words = {"change_kind": kind, "public_note": "It was wrong." if kind == "correction" else ""}
    if kind == "update":
        words["tell_readers"] = True
        news.updates.append(now)
    newsdesk.republished(news.story, world.cast, now=now, standfirst=f"As of {now:%d %B %H:%M:%S}.", **words)


def _change_mind(world: World, person: Person, now: datetime) -> None:
    from tests.alerts.digests import readership

    match world.chance.randrange(12):
        case 0 | 1:
            person.moves.append(now)
            hour, weekday = world.chance.randrange(24), world.chance.randrange(7)
            readership.change(person.row, hour=hour, weekday=weekday)
        case 2:
            until = now + world.chance.random() * 10 * DAY
            person.pauses.append((now, until))
            readership.change(person.row, paused_until=until)
        case 3 if world.chance.random() < 0.1:
            person.left = now
            _leave(person, now)
        case 4 | 5:
            _stop(person, world.chance.choice(world.things), now)
        case _:
            _follow(world, person, world.chance.choice(world.things), now)
    world.done["changes of mind"] += 1


def _follow(world: World, person: Person, thing: Any, now: datetime) -> None:
    from tests.alerts.digests import readership

    frequency = world.chance.choice(FREQUENCIES)
    _end(person, thing, now)
    person.spans.append(Span(thing, frequency, now, None))
    readership.follow(person.row, thing, frequency=frequency, at=now)


def _stop(person: Person, thing: Any, now: datetime) -> None:
    from tests.alerts.digests import readership

    _end(person, thing, now)
    readership.stop(person.row, thing, at=now)


def _end(person: Person, thing: Any, now: datetime) -> None:
    person.spans = [
        span._replace(ended=now) if span.thing == thing and span.ended is None else span
        for span in person.spans
    ]


def _leave(person: Person, now: datetime) -> None:
    from alerts.leaving import leave
    from alerts.models import Leaving

    leave(person.row, reason=Leaving.UNSUBSCRIBED, how="drill", now=now)


def _work(now: datetime) -> None:
    from articles.desk.following_up import sweep
    from tests.alerts.digests import readership

    sweep(now)
    readership.work(now)


def _send(now: datetime) -> None:
    """What waited for an hour is sent; meanwhile a story may change."""
    from alerts.models import Delivery, State

    waiting = Delivery.objects.waiting().filter(made_at__lte=now - timedelta(hours=1))
    waiting.update(state=State.ACCEPTED, settled_at=now)


def _judged(world: World, end: datetime) -> dict[str, int]:
    told = _told()
    figures: Counter[str] = Counter(world.done)
    for person in world.people:
        for news in world.news:
            key = (person.row.pk, news.story.pk)
            editions, times = told.digests[key], len(told.digests[key])
            figures["told"] += times
            most = _most(person, news)
            assert times <= most, f"{key}: told {times} times of at most {most}"
            assert len(set(editions)) == times, f"{key}: the same edition twice"
            if news.at < end - HORIZON and _must(person, news):
                figures["owed"] += 1
                assert times or told.alerts[key], f"{key}: never told"
    figures["digests"] = _whole()
    return dict(figures)


class Told(NamedTuple):
    """By reader and story: the editions their digests told of, and how many alerts they got."""

    digests: dict[tuple[int, int], list[int]]
    alerts: dict[tuple[int, int], int]


def _told() -> Told:
    from alerts.models import Delivery, Notice, State

    digests: dict[tuple[int, int], list[int]] = defaultdict(list)
    alerts: dict[tuple[int, int], int] = defaultdict(int)
    rows = Delivery.objects.exclude(state=State.CANCELLED).values_list(
        "subscriber", "notice__kind", "letter__edition_rows__edition__story", "letter__edition_rows__edition"
    )
    for reader, kind, story, edition in rows:
        if kind == Notice.Kind.DIGEST:
            digests[reader, story].append(edition)
        else:
            alerts[reader, story] += 1
    return Told(digests, alerts)


def _most(person: Person, news: News) -> int:
    """How often they may be told: for each time it was news while they had digests of it, and no alert."""
    moments = [news.at, *news.updates]
    return sum(
        any(
            _held(span, at) and span.thing in news.things
            for span in person.spans
            if span.frequency != "at_once"
        )
        and not _by_alert(person, news, at)
        and not any(begun <= at <= until for begun, until in person.pauses[-1:])
        for at in moments
    )


def _must(person: Person, news: News) -> bool:
    """Whether nothing came between: they followed it for digests all along, and the story stood."""
    until = news.at + HORIZON
    if (person.left is not None and person.left < until) or any(
        begun < until and end > news.at for begun, end in person.pauses
    ):
        return False
    if any(news.at <= at < until for at in news.gone) or _by_alert(person, news, news.at):
        return False
    if sum(news.at - DAY <= at < until for at in person.moves) > 1:
        return False
    return any(
        _held(span, news.at)
        and span.thing in news.things
        and span.frequency != "at_once"
        and (span.ended is None or span.ended > until)
        for span in person.spans
    )


def _by_alert(person: Person, news: News, at: datetime) -> bool:
    return any(
        span.frequency == "at_once" and span.thing in news.things and _held(span, at) for span in person.spans
    )


def _held(span: Span, at: datetime) -> bool:
    return span.began <= at and (span.ended is None or span.ended > at)


def _whole() -> int:
    """Every digest says something, of stories that were there; how many there are."""
    from django.db.models import Count, F

    from alerts.models import Delivery, Notice

    digests = Delivery.objects.filter(notice__kind=Notice.Kind.DIGEST)
    assert not digests.filter(letter__edition_rows=None).exists(), "an empty digest"
    assert not digests.filter(made_at__lt=F("notice__period_end")).exists(), "a digest before it was due"
    notices = Notice.objects.filter(kind=Notice.Kind.DIGEST).annotate(made=Count("deliveries"))
    assert not notices.exclude(eligible=F("made")).exists(), "a notice that counts others than were made"
    assert not Notice.objects.digests_to_fan_out().exists(), "a digest that was never worked out"
    return digests.count()
