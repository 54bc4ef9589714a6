"""What becomes of a mail after an answer: the end of it, or when it is tried again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from alerts.models.deliveries import Delivery, State
from alerts.sending.answers import Answer, Verdict

MOST_ATTEMPTS = 8

#: 45 s, 2, 7, 20 minutes, 1, 3 and 9 hours: eight attempts within fourteen hours. The first is short, because many
#: servers refuse a stranger's first mail on purpose, and somebody may be waiting for it at a screen.
FIRST_PAUSE, _GROWTH = timedelta(seconds=45), 3

#: A mail that may have been accepted is asked about after this: the server may still be at it.
A_MOMENT = timedelta(seconds=10)

REFUSED, NO_MAILBOX = "refused by the mail server", "no such mailbox"
UNWRITTEN = "could not be written"
GIVEN_UP, TOO_OLD = "given up after eight attempts", "waited too long"


@dataclass(frozen=True)
class Outcome:
    """What is written of a delivery."""

    state: State
    reason: str = ""
    reply: str = ""
    next_try_at: datetime | None = None
    settled_at: datetime | None = None
    #: Only of one that stays in hand, until it is asked about.
    lease_until: datetime | None = None


def outcome(delivery: Delivery, answer: Answer, now: datetime) -> Outcome:
    """`delivery.attempts` counts the one that was answered."""
    reply = answer.words[:300]
    match answer.verdict:
        case Verdict.ACCEPTED:
            return Outcome(State.ACCEPTED, reply=reply, settled_at=now)
        case Verdict.REFUSED:
            return Outcome(State.FAILED, REFUSED, reply, settled_at=now)
        case Verdict.NO_MAILBOX:
            return Outcome(State.FAILED, NO_MAILBOX, reply, settled_at=now)
        case Verdict.UNCERTAIN:
            return Outcome(State.SENDING, reply=reply, lease_until=now + A_MOMENT)
        case Verdict.LATER:
            return later(delivery, reply, now)


def later(delivery: Delivery, reply: str, now: datetime) -> Outcome:
    """Another attempt after a pause that grows, or the end where there were enough, or it would come too late."""
    if delivery.attempts >= MOST_ATTEMPTS:
        return Outcome(State.FAILED, GIVEN_UP, reply, settled_at=now)
    again = now + pause(delivery.attempts)
    if again > delivery.made_at + delivery.patience:
        return Outcome(State.FAILED, TOO_OLD, reply, settled_at=now)
    return Outcome(State.RETRY, reply=reply, next_try_at=again)


def pause(attempts: int) -> timedelta:
    return FIRST_PAUSE * _GROWTH ** (attempts - 1)
