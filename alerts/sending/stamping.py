"""The stamp: that a mail is begun, committed before it is handed over, together with what became of the one before.

Whether it may be begun is decided in the statement that stamps it. What was committed before - that somebody left,
that a story was taken down, that all mail is stopped - is therefore always seen.
"""

from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.models import User
from alerts.hashes import address_hash
from alerts.models.deliveries import CORRECTING, Delivery, State
from alerts.models.notices import Letter
from alerts.models.stops import Stop
from alerts.models.subscribers import Subscriber
from alerts.models.suppressions import Suppression
from alerts.sending import claims
from alerts.sending.outcomes import Outcome
from alerts.sending.overtaken import overtaken
from articles.models.editions import FAR_FUTURE
from articles.prepared import PreparedUpdate, one_after_the_other


class Settled(NamedTuple):
    delivery: Delivery
    outcome: Outcome


def begin(delivery: Delivery, *, now: datetime, before: Settled | None = None) -> bool:
    """Stamp a claimed mail as being sent, and settle the one before; False where it must not be sent.

    Once this has committed somebody may have the mail, whatever happens next.
    """
    stamp = {
        "key": delivery.pk,
        "lease_no": delivery.lease_no,
        "now": now,
        "lease_until": now + claims.LEASE,
        "reachable_at": FAR_FUTURE if delivery.letter.variant in CORRECTING else now,
        "written_at": delivery.letter.rendered_at,
        "address_hash": hash_of(delivery),
    }
    settled = [(_settle(), _settled(*before))] if before is not None else []
    *_, begun = one_after_the_other(*settled, (_stamp(delivery.lane), stamp))
    if begun:
        delivery.attempts += 1
        delivery.begun_at, delivery.lease_until = now, now + claims.LEASE
    return bool(begun)


def settle(delivery: Delivery, outcome: Outcome) -> bool:
    """Write what became of a mail that was begun; False where the lease was over and somebody else has it."""
    return bool(_settle()(**_settled(delivery, outcome)))


def _settled(delivery: Delivery, outcome: Outcome) -> dict[str, Any]:
    return {
        "key": delivery.pk,
        "lease_no": delivery.lease_no,
        "state": outcome.state.value,
        "reason": outcome.reason,
        "reply": outcome.reply,
        "next_try_at": outcome.next_try_at or delivery.next_try_at,
        "settled_at": outcome.settled_at,
        "lease_until": outcome.lease_until,
    }


def hash_of(delivery: Delivery) -> str:
    """By which a suppression of the recipient's address is found."""
    if delivery.user is not None:
        return address_hash(delivery.user.email)
    recipient = delivery.subscriber or delivery.registration
    return recipient.address_hash if recipient else ""


@cache
def _stamp(lane: str) -> PreparedUpdate:
    def statement(
        *,
        key: int,
        lease_no: int,
        now: datetime,
        lease_until: datetime,
        reachable_at: datetime,
        written_at: datetime,
        address_hash: str,
    ) -> tuple[QuerySet[Any], dict[str, Any]]:
        theirs = Suppression.objects.of_mail().filter(address_hash=address_hash)
        reachable = Subscriber.objects.reachable(reachable_at).filter(pk=OuterRef("subscriber"))
        # A letter that was blanked, or written anew, since this mail was made of it is another one.
        as_written = Letter.objects.filter(pk=OuterRef("letter"), rendered_at=written_at)
        employed = User.objects.filter(is_active=True, pk=OuterRef("user"))
        mine = Delivery.objects.waiting().filter(
            Exists(as_written.filter(notice__cancelled_at=None)),
            Q(subscriber=None) | Exists(reachable),
            Q(user=None) | Exists(employed),
            ~Exists(overtaken(OuterRef("letter"), now)),
            ~Exists(theirs),
            ~Exists(Stop.objects.holding(lane)),
            pk=key,
            lease_no=lease_no,
        )
        changes = {"attempts": F("attempts") + 1, "begun_at": now, "lease_until": lease_until}
        return mine, {"state": State.SENDING, **changes}

    moments = dict.fromkeys(("now", "lease_until", "reachable_at", "written_at"), datetime)
    return PreparedUpdate(statement, key=int, lease_no=int, address_hash=str, **moments)


@cache
def _settle() -> PreparedUpdate:
    def statement(*, key: int, lease_no: int, **changes: Any) -> tuple[QuerySet[Any], dict[str, Any]]:
        return Delivery.objects.filter(pk=key, lease_no=lease_no, state=State.SENDING), changes

    return PreparedUpdate(
        statement,
        key=int,
        lease_no=int,
        state=str,
        reason=str,
        reply=str,
        next_try_at=datetime,
        settled_at=datetime,
        lease_until=datetime,
    )
