"""Mails of which nobody knows whether they were accepted: a worker died over them, or the connection dropped too late.

The mail server is asked, where it can answer. Else MAIL_UNCERTAIN decides: `resend`, so that nobody misses a mail and
somebody may get it twice (under the same Message-ID), or `hold`, until a person decides. Over plain SMTP there is no
third way (RFC 1047).
"""

from collections.abc import Callable
from datetime import datetime

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from alerts.mails.envelope import message_id
from alerts.models.deliveries import Delivery, State
from alerts.sending import claims
from alerts.sending.asking import was_accepted
from alerts.sending.outcomes import MOST_ATTEMPTS, Outcome, pause
from alerts.sending.stamping import settle

log = structlog.get_logger(__name__)

#: Claimed at once, to be asked about one by one.
_SOME = 20


def sweep(
    now: datetime,
    *,
    stopping: Callable[[], bool] = lambda: False,
    clock: Callable[[], datetime] = timezone.now,
) -> int:
    """Find out what became of the mails whose lease is over; how many there were."""
    found = 0
    while not stopping() and (claimed := _claim(now)):
        for delivery in claimed:
            settle(delivery, _became(delivery, clock()))
        found += len(claimed)
        now = clock()
    return found


def resend_uncertain(delivery: Delivery, *, by: User, now: datetime) -> bool:
    """Send it once more, under the same Message-ID; False where it is not uncertain any more."""
    reason = f"sent again by {by}"[:100]
    return _settle_by_hand(delivery, state=State.RETRY, reason=reason, next_try_at=now, settled_at=None)


def settle_uncertain(delivery: Delivery, *, accepted: bool, by: User, now: datetime) -> bool:
    """Somebody found out; False where it is not uncertain any more."""
    state = State.ACCEPTED if accepted else State.FAILED
    return _settle_by_hand(delivery, state=state, reason=f"so said {by}"[:100], settled_at=now)


def _claim(now: datetime) -> list[Delivery]:
    """Take those that nobody has in hand any more: what their last worker still writes, it writes in vain."""
    with transaction.atomic():
        expired = Delivery.objects.expired(now).select_for_update(skip_locked=True).order_by("lease_until")
        claimed = list(expired[:_SOME])
        keys = [delivery.pk for delivery in claimed]
        Delivery.objects.filter(pk__in=keys).update(
            lease_no=F("lease_no") + 1, lease_until=now + claims.LEASE
        )
    for delivery in claimed:
        delivery.lease_no += 1
    return claimed


def _became(delivery: Delivery, now: datetime) -> Outcome:
    match was_accepted(message_id(delivery)):
        case True:
            return Outcome(State.ACCEPTED, reply="The mail server says it has it.", settled_at=now)
        case None if settings.MAIL_UNCERTAIN == "hold":
            return _held(delivery, now)
        case _ if delivery.attempts >= MOST_ATTEMPTS:
            return _held(delivery, now)
    log.warning("a mail is sent again: nobody knows of an answer to it", delivery=delivery.pk)
    # At once after the first doubt; a server that keeps dropping connections is given time.
    again = now if delivery.attempts < 2 else now + pause(delivery.attempts - 1)
    return Outcome(State.RETRY, reply=delivery.reply, next_try_at=again)


def _held(delivery: Delivery, now: datetime) -> Outcome:
    reason = "a worker ended, or the connection dropped, before the answer"
    return Outcome(State.UNCERTAIN, reason, delivery.reply, settled_at=now)


def _settle_by_hand(delivery: Delivery, **changes: object) -> bool:
    mine = Delivery.objects.filter(pk=delivery.pk, state=State.UNCERTAIN)
    return bool(mine.update(lease_no=F("lease_no") + 1, **changes))
