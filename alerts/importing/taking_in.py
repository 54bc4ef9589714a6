"""Takes the lines of a file in: whoever left, gets no mail or is there already is left as they are and told of.

Some lines a transaction. A file that was half taken in can be given again: who is there is not taken twice. Nothing
is mailed: what they follow begins now, and what was published before is not for them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import batched
from typing import IO, NamedTuple

from django.db import IntegrityError, transaction

from accounts.models import User
from alerts.importing.judging import Known, Target, Wanted, Wrong, judge
from alerts.importing.reading import Line, lines
from alerts.models import Consent, Follows, Handling, Subscriber, Subscription, Suppression

#: Lines a transaction.
A_CHUNK = 500
#: Lines told of by name; of the others the number is told.
MOST_TOLD = 200

_THERE = "They are a subscriber already: nothing of theirs is changed."
_LEFT = "They left: only they themselves may register again."
_SAME = "An earlier line of the file says the same."


@dataclass
class Report:
    """What became of a file's lines; unless `really`, what would become of them."""

    really: bool
    people: int = 0
    taken: int = 0
    skipped: int = 0
    wrong: int = 0
    told: list[tuple[int, str]] = field(default_factory=list)

    @property
    def untold(self) -> int:
        return self.skipped + self.wrong - len(self.told)

    def tell(self, number: int, words: str) -> None:
        if len(self.told) < MOST_TOLD:
            self.told.append((number, words))


class Entry(NamedTuple):
    """One line that is taken: whose, and what of it no earlier line named."""

    line: Wanted
    subscriber: Subscriber
    targets: tuple[Target, ...]


#: Whom this file brought, by the hash of the address, and what they follow.
type Brought = dict[str, tuple[int | None, frozenset[Target]]]


def take_in(file: IO[bytes], *, by: User, now: datetime, really: bool) -> Report:
    """Judge each line and, if `really`, take it in; raise Unreadable before anything is taken."""
    for _ in lines(file):
        pass
    report, known = Report(really), Known()
    brought: Brought = {}
    try:
        for some in batched(lines(file), A_CHUNK):
            _take(list(_judged(some, known, report, now)), report, brought, by=by, now=now)
    finally:
        if really:
            note = f"{report.people} people taken in, {report.skipped} lines skipped, {report.wrong} wrong"
            Handling.objects.create(act=Handling.Act.IMPORTED, by=by, at=now, note=note)
    return report


def _judged(some: Iterable[Line], known: Known, report: Report, now: datetime) -> Iterator[Wanted]:
    for line in some:
        try:
            yield judge(line, known, now)
        except Wrong as fault:
            report.wrong += 1
            report.tell(line.number, str(fault))


def _take(wanted: list[Wanted], report: Report, brought: Brought, *, by: User, now: datetime) -> None:
    """One transaction. Who registers at the same instant is found to be there when it is tried again."""
    try:
        entries, skipped = _written(wanted, brought, by=by, now=now, really=report.really)
    except IntegrityError:
        entries, skipped = _written(wanted, brought, by=by, now=now, really=report.really)
    for entry in entries:
        key = entry.line.address_hash
        report.people += key not in brought
        before = brought.get(key, (None, frozenset()))[1]
        brought[key] = (entry.subscriber.pk, before | set(entry.targets))
    for number, words in skipped:
        report.tell(number, words)
    report.taken += len(entries)
    report.skipped += len(skipped)


@transaction.atomic
def _written(
    wanted: list[Wanted], brought: Brought, *, by: User, now: datetime, really: bool
) -> tuple[list[Entry], list[tuple[int, str]]]:
    entries, skipped = _sorted(wanted, brought, now)
    if really:
        new = {entry.line.address_hash: entry.subscriber for entry in entries if entry.subscriber.pk is None}
        Subscriber.objects.bulk_create(new.values())
        Subscription.objects.bulk_create(row for entry in entries for row in _subscriptions(entry, now))
        Consent.objects.bulk_create(_consent(entry, by) for entry in entries)
    return entries, skipped


def _sorted(
    wanted: list[Wanted], brought: Brought, now: datetime
) -> tuple[list[Entry], list[tuple[int, str]]]:
    """Those that are taken, and the others with the sentence that says why not."""
    entries: list[Entry] = []
    skipped: list[tuple[int, str]] = []
    barred = _barred({line.address_hash for line in wanted} - brought.keys())
    here: dict[str, tuple[Subscriber, frozenset[Target]]] = {}
    for line in wanted:
        key = line.address_hash
        if key in barred:
            skipped.append((line.number, barred[key]))
            continue
        subscriber, before = here.get(key) or _person(line, brought, now)
        targets = tuple(target for target in line.targets if target not in before)
        if not targets:
            skipped.append((line.number, _SAME))
            continue
        here[key] = (subscriber, before | set(targets))
        entries.append(Entry(line, subscriber, targets))
    return entries, skipped


def _person(line: Wanted, brought: Brought, now: datetime) -> tuple[Subscriber, frozenset[Target]]:
    pk, before = brought.get(line.address_hash, (None, frozenset()))
    new = Subscriber(pk=pk, address=line.address, address_hash=line.address_hash, confirmed_at=now)
    return new, before


def _barred(hashes: set[str]) -> dict[str, str]:
    """Whom nobody may take in, and why; two queries."""
    there = Subscriber.objects.filter(address_hash__in=hashes, erased_at=None)
    found = {key: _LEFT if ended else _THERE for key, ended in there.values_list("address_hash", "ended_at")}
    suppressed = Suppression.objects.in_force().filter(address_hash__in=hashes)
    for key, reason in suppressed.values_list("address_hash", "reason"):
        told = Suppression.Reason(reason)
        found[key] = _LEFT if told is Suppression.Reason.LEFT else f"The address gets no mail: {told.label}."
    return found


def _subscriptions(entry: Entry, now: datetime) -> Iterator[Subscription]:
    for follows, key in entry.targets:
        column = {} if follows is Follows.EVERYTHING else {f"{follows.value}_id": key}
        yield Subscription(
            subscriber=entry.subscriber,
            follows=follows,
            frequency=entry.line.frequency,
            started_at=now,
            **column,
        )


def _consent(entry: Entry, by: User) -> Consent:
    """As they gave it, not as we would have asked: there is no version of our own words."""
    line = entry.line
    return Consent(
        subscriber=entry.subscriber,
        act=Consent.Act.IMPORTED,
        asked_at=line.consented_at,
        confirmed_at=line.consented_at,
        how=line.how,
        choices={**_choices(entry.targets), "frequency": line.frequency},
        actor=by,
    )


def _choices(targets: Iterable[Target]) -> dict[str, object]:
    """As a registration keeps them."""
    keys = {what: [key for follows, key in targets if follows is what] for what in Follows}
    return {
        "everything": bool(keys[Follows.EVERYTHING]),
        "sections": keys[Follows.SECTION],
        "topics": keys[Follows.TOPIC],
        "authors": keys[Follows.AUTHOR],
    }
