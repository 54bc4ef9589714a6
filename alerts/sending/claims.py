"""Claims: which mails a worker has taken in hand, so that no other takes them too.

A claimed mail is still waiting: it is due again when the lease ends (`next_try_at`), and `lease_no` says whose it is.
Whatever a worker writes names the number it took, so one that slept past its lease writes nothing. Times are the
worker's clock: machines whose clocks differ by a lease would send twice, and nothing would be lost.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from alerts.masking import without_addresses
from alerts.models.deliveries import Delivery, DeliveryQuerySet, State
from alerts.sending import fence
from alerts.sending.outcomes import MOST_ATTEMPTS, UNWRITTEN, pause

#: More than a mail server may take for one mail (four answers within 20 seconds each); then whoever had it is taken
#: for dead, and what it had begun is uncertain.
LEASE = timedelta(minutes=2)


def claim(lane: str, most: int, now: datetime) -> list[Delivery]:
    """Take up to `most` mails of a lane, those first that have waited longest, each with its recipient and notice."""
    due = Delivery.objects.due(now).filter(lane=lane).order_by("next_try_at", "pk")
    if not due.exists():  # asked all the time: it takes nobody's lock
        return []
    if fence.refusal():  # a database that was put in place of ours since we looked last
        return []
    with transaction.atomic():
        # SQLite locks no rows: there the transaction itself keeps the others out.
        mine = due.select_for_update(skip_locked=True, of=("self",))
        claimed = list(mine.select_related("notice", "subscriber", "user", "registration")[:most])
        if claimed:
            keys = [delivery.pk for delivery in claimed]
            Delivery.objects.filter(pk__in=keys).update(lease_no=F("lease_no") + 1, next_try_at=now + LEASE)
            fence.advance(now)
    if claimed:
        fence.remember()
    for delivery in claimed:
        delivery.lease_no += 1
    return claimed


def release(claimed: Iterable[Delivery]) -> None:
    """Give back what was not begun: it keeps its place in the queue."""
    with transaction.atomic():
        for delivery in claimed:
            put_off(delivery, delivery.next_try_at)


def put_off(delivery: Delivery, until: datetime) -> None:
    """Give one back, not to be taken before `until`."""
    _mine(delivery).update(next_try_at=until)


def end(delivery: Delivery, state: State, reason: str, now: datetime) -> bool:
    """End a claimed mail that was never begun; False where somebody else has it by now, or ended it."""
    return bool(_mine(delivery).update(state=state, reason=reason, settled_at=now))


def stumble(delivery: Delivery, fault: Exception, now: datetime) -> None:
    """A claimed mail could not be written: a fault of ours counts as an attempt, an impossible address ends it."""
    attempts, said = (
        delivery.attempts + 1,
        without_addresses(f"{type(fault).__name__}: {fault}")[:300].replace("\x00", ""),
    )
    if isinstance(fault, ValueError) or attempts >= MOST_ATTEMPTS:
        changes = {"state": State.FAILED, "reason": UNWRITTEN, "settled_at": now}
    else:
        changes = {"state": State.RETRY, "next_try_at": now + pause(attempts)}
    _mine(delivery).update(attempts=attempts, reply=said, **changes)


def _mine(delivery: Delivery) -> DeliveryQuerySet:
    return Delivery.objects.waiting().filter(pk=delivery.pk, lease_no=delivery.lease_no)
