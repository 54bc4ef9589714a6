"""Sends what is due: one mail after the other over one connection, each begun in a commit of its own."""

import time
from collections.abc import Callable
from datetime import datetime
from time import monotonic

import structlog
from django.db import transaction
from django.utils import timezone

from alerts.models.deliveries import Delivery, State
from alerts.models.notices import Lane
from alerts.models.stops import Stop
from alerts.sending import claims, fence, pacing
from alerts.sending.answers import Verdict
from alerts.sending.outcomes import TOO_OLD, outcome
from alerts.sending.pacing import Pacer
from alerts.sending.queues import Queues
from alerts.sending.setting_aside import set_aside
from alerts.sending.stamping import Settled, begin, settle
from alerts.sending.suppressing import bounced
from alerts.sending.transport import Transport, Unreachable
from alerts.sending.writing import Writer
from alerts.stopping import stop

log = structlog.get_logger(__name__)

type Clock = Callable[[], datetime]

#: Seconds before the fence is looked at again, the connection closed, and what else there is to do gets its turn.
A_TURN = 5.0

#: Mails given up in one transaction.
_AT_ONCE = 1_000

#: A mail server that is away is tried again after one second, then after twice as long each time.
_LONGEST_PAUSE = 60.0


class Patience:
    """How long this process waits before it asks a mail server again that was away."""

    def __init__(self) -> None:
        self.pause, self.until = 0.0, 0.0

    @property
    def is_over(self) -> bool:
        return monotonic() >= self.until

    def answered(self) -> None:
        self.pause = self.until = 0.0

    def was_away(self) -> None:
        """Whoever else found it away at the same time found the same."""
        if not self.is_over:
            return
        self.pause = min(self.pause * 2 or 1.0, _LONGEST_PAUSE)
        self.until = monotonic() + self.pause


_PATIENCE = Patience()


def send_due(
    now: datetime,
    *,
    stopping: Callable[[], bool] = lambda: False,
    clock: Clock = timezone.now,
    patience: Patience = _PATIENCE,
) -> bool:
    """Send for a while, until nothing is due or `stopping`; whether there may be more to send at once.

    The mail in hand when it is told to stop is the last one; what was claimed and not begun is given back.
    """
    if why := fence.refusal():
        stop(Stop.Kind.FENCE, by=None, now=now, reason=why)
    if not patience.is_over:
        return False
    run = Run(stopping, clock)
    try:
        more = run.until(monotonic() + A_TURN)
    except Unreachable as fault:
        patience.was_away()
        log.warning("the mail server does not answer", fault=str(fault), again_in=patience.pause)
        return False
    finally:
        run.close()
    patience.answered()
    return more


def give_up_old(now: datetime) -> int:
    """End what waited too long, for whatever reason; how many that were."""
    ended = 0
    while some := _give_up_some(now):
        ended += some
    return ended


def _give_up_some(now: datetime) -> int:
    """The lowest first, as everybody locks them."""
    old = Delivery.objects.too_old(now).order_by("pk").select_for_update(of=("self",))
    with transaction.atomic():
        keys = list(old.values_list("pk", flat=True)[:_AT_ONCE])
        waiting = Delivery.objects.waiting().filter(pk__in=keys)
        return waiting.update(state=State.FAILED, reason=TOO_OLD, settled_at=now)


class Run:
    """One worker's turn."""

    def __init__(self, stopping: Callable[[], bool], clock: Clock) -> None:
        self._stopping, self._clock = stopping, clock
        self._writer, self._pacer, self._transport = Writer(), Pacer(), Transport()
        self._queues = Queues(self._writer)
        #: The last mail, answered but not yet settled: that is committed with the next one's stamp.
        self._last: Settled | None = None

    def until(self, ends: float) -> bool:
        """Whether it ended because it was time, rather than for want of mails."""
        while not self._stopping() and monotonic() < ends:
            if not self._pause():
                return True
            delivery = self._queues.next(self._clock())
            if delivery is None:
                return False
            self._send(delivery)
        return not self._stopping()

    def close(self) -> None:
        """Settle, give back what was not begun, and hang up."""
        self._settle_last()
        self._queues.give_back()
        self._transport.close()

    def _pause(self) -> bool:
        """Wait for the next slot, nothing left unsettled meanwhile; False where it is too far off."""
        wait = self._pacer.wait(self._clock()).total_seconds()
        if wait > 0:
            self._settle_last()
            time.sleep(min(wait, 1.0))
        return wait <= 1.0

    def _send(self, delivery: Delivery) -> None:
        now = self._clock()
        if later := pacing.turn_of(_domain(delivery), now):
            claims.put_off(delivery, later)
            return
        mail = self._writer.write(delivery, now)
        if mail is None:
            return
        self._open(delivery)
        if not self._begin(delivery):
            return
        self._pacer.spend()
        answer = self._transport.hand_over(mail)
        self._last = Settled(delivery, outcome(delivery, answer, self._clock()))
        if answer.verdict is Verdict.NO_MAILBOX:
            self._bounce(delivery, answer.words)

    def _open(self, delivery: Delivery) -> None:
        try:
            self._transport.open()
        except Unreachable:
            claims.release([delivery])
            raise

    def _begin(self, delivery: Delivery) -> bool:
        """Stamp it, unless something is against it that was committed meanwhile."""
        now = self._clock()
        begun = begin(delivery, now=now, before=self._last)
        self._last = None
        if begun:
            return True
        set_aside(delivery, now)
        if Stop.objects.holding(delivery.lane).exists():
            self._queues.give_back_lane(Lane(delivery.lane))
        return False

    def _bounce(self, delivery: Delivery, words: str) -> None:
        """With its settling; the subscriber is locked before the delivery, as everybody does."""
        with transaction.atomic():
            bounced(_address(delivery), now=self._clock(), detail=words)
            self._settle_last()

    def _settle_last(self) -> None:
        if self._last is not None and not settle(*self._last):
            log.warning("a mail was taken over before it was settled", delivery=self._last.delivery.pk)
        self._last = None


def _address(delivery: Delivery) -> str:
    if delivery.user is not None:
        return delivery.user.email
    recipient = delivery.subscriber or delivery.registration
    return recipient.address if recipient else ""


def _domain(delivery: Delivery) -> str:
    return _address(delivery).rpartition("@")[2]
