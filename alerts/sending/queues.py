"""The mails one worker has in hand, lane by lane, and which of them is next."""

from collections import deque
from collections.abc import Iterator
from datetime import datetime, timedelta

from alerts.models.deliveries import Delivery
from alerts.models.notices import Lane
from alerts.models.stops import Stop
from alerts.sending import claims
from alerts.sending.writing import Writer

#: Who waits at a screen goes first, and cannot keep the others waiting for good: of eighteen mails so many each.
WEIGHTS = {Lane.FAST: 8, Lane.STAFF: 4, Lane.ALERT: 4, Lane.DIGEST: 2}

#: What is taken in hand at once: what a killed worker had waits for the end of its lease.
_A_HANDFUL = {Lane.FAST: 5, Lane.STAFF: 10, Lane.ALERT: 50, Lane.DIGEST: 50}

#: A lane that was found empty is looked into again after this.
_LOOKED = timedelta(seconds=0.5)


class Queues:
    """Of each lane some mails in hand; more are claimed when they are used up."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._in_hand: dict[Lane, deque[Delivery]] = {lane: deque() for lane in WEIGHTS}
        self._credit = dict.fromkeys(WEIGHTS, 0)
        self._next_look: dict[Lane, datetime] = {}

    def next(self, now: datetime) -> Delivery | None:
        """The mail whose turn it is; None where nothing is due."""
        self._fill(now)
        lanes = [lane for lane, mails in self._in_hand.items() if mails]
        if not lanes:
            return None
        for lane in lanes:
            self._credit[lane] += WEIGHTS[lane]
        best = max(lanes, key=lambda lane: self._credit[lane])
        self._credit[best] -= sum(WEIGHTS[lane] for lane in lanes)
        return self._in_hand[best].popleft()

    def give_back(self) -> None:
        """Release everything that was not begun."""
        claims.release(self._all())

    def give_back_lane(self, lane: Lane) -> None:
        """Release what is in hand of a lane that turned out to be held."""
        claims.release(self._in_hand[lane])
        self._in_hand[lane].clear()

    def _all(self) -> Iterator[Delivery]:
        for mails in self._in_hand.values():
            while mails:
                yield mails.popleft()

    def _fill(self, now: datetime) -> None:
        empty = [
            lane
            for lane, mails in self._in_hand.items()
            if not mails and self._next_look.get(lane, now) <= now
        ]
        held = {lane for stop in Stop.objects.open() for lane in stop.holds} if empty else set()
        for lane in empty:
            self._next_look[lane] = now + _LOOKED
            if lane in held:
                continue
            if claimed := claims.claim(lane, _A_HANDFUL[lane], now):
                self._in_hand[lane].extend(self._writer.make_ready(claimed, now))
                self._next_look.pop(lane)
