"""What staff may do about one address or one uncertain mail. Each is on record."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from alerts.hashes import address_hash, source_hash
from alerts.leaving import leave
from alerts.masking import without_addresses
from alerts.models import Delivery, Handling, Leaving, Registration, Subscriber, Suppression
from alerts.models.deliveries import PATIENCE
from alerts.models.registrations import KEPT
from alerts.registering.asking import ask
from alerts.registering.limits import TooManyError
from alerts.sending.uncertain import resend_uncertain, settle_uncertain
from alerts.wording import CURRENT


@dataclass(frozen=True)
class Known:
    """All that is known of one address. Of `subscribers` the newest comes first; at most one is not erased."""

    subscribers: list[Subscriber]
    suppressions: list[Suppression]
    registrations: list[Registration]

    def __bool__(self) -> bool:
        return bool(self.subscribers or self.suppressions or self.registrations)

    @property
    def present(self) -> Subscriber | None:
        """The one whose address is still kept, whether they left or not."""
        return next((each for each in self.subscribers if each.erased_at is None), None)


def known_of(hashed: str, now: datetime) -> Known:
    """Three queries. A registration that is too old is as good as forgotten."""
    asked = Registration.objects.of_address(hashed).filter(confirmed_at=None).order_by("-requested_at")
    return Known(
        list(Subscriber.objects.filter(address_hash=hashed).order_by("-pk")),
        list(Suppression.objects.filter(address_hash=hashed).order_by("lifted_at", "-at")),
        list(asked.since(now - KEPT)),
    )


def look_up(address: str, *, by: User, now: datetime) -> str:
    """The hash by which its page is found, or nothing; that somebody looked is kept where there was something."""
    hashed = address_hash(address)
    known = known_of(hashed, now)
    if not known:
        return ""
    _record(Handling.Act.LOOKED_UP, by, now, known.subscribers[0] if known.subscribers else None)
    return hashed


@transaction.atomic
def take_out(subscriber: Subscriber, *, by: User, now: datetime, note: str, for_good: bool) -> bool:
    """Send them nothing any more, and `for_good` never write to the address again; whether they were there."""
    note = without_addresses(note)
    left = leave(subscriber, reason=Leaving.STAFF, how=note, now=now, by=by)
    if for_good:
        Suppression.objects.get_or_create(
            address_hash=subscriber.address_hash,
            reason=Suppression.Reason.STAFF,
            lifted_at=None,
            defaults={"at": now, "detail": note[:300]},
        )
    if left or for_good:
        _record(Handling.Act.TOOK_OUT, by, now, subscriber, note)
    return left


@transaction.atomic
def lift(suppression: Suppression, *, by: User, now: datetime, note: str) -> bool:
    """Let mail go there again. That somebody left is nobody's to lift but theirs, by registering."""
    standing = Suppression.objects.of_mail().filter(pk=suppression.pk)
    if not standing.update(lifted_at=now):
        return False
    subscriber = Subscriber.objects.filter(address_hash=suppression.address_hash).order_by("-pk").first()
    _record(Handling.Act.LIFTED, by, now, subscriber, note)
    return True


@transaction.atomic
def send_link(subscriber: Subscriber, *, by: User, now: datetime) -> bool:
    """Mail them the link to their preferences, as if they had asked; False where one was sent within a day."""
    asked = Registration(
        purpose=Registration.Purpose.MANAGE,
        address=subscriber.address,
        source_hash=source_hash(f"staff {by.pk}"),
        page="the desk",
        wording=CURRENT,
    )
    try:
        ask(asked, now=now)
    except TooManyError:
        return False
    if asked._state.adding:
        return False
    _record(Handling.Act.SENT_LINK, by, now, subscriber)
    return True


@transaction.atomic
def send_again(delivery: Delivery, *, by: User, now: datetime) -> bool:
    """Whoever sends it still asks whether the story is out and the reader there. News is not sent a day late."""
    sent = may_be_sent(delivery, now) and resend_uncertain(delivery, by=by, now=now)
    return sent and _settled(delivery, "Send again", by, now)


@transaction.atomic
def it_arrived(delivery: Delivery, *, by: User, now: datetime) -> bool:
    settled = settle_uncertain(delivery, accepted=True, by=by, now=now)
    return settled and _settled(delivery, "It arrived", by, now)


@transaction.atomic
def it_did_not(delivery: Delivery, *, by: User, now: datetime) -> bool:
    settled = settle_uncertain(delivery, accepted=False, by=by, now=now)
    return settled and _settled(delivery, "It did not arrive", by, now)


def may_be_sent(delivery: Delivery, now: datetime) -> bool:
    return now - delivery.made_at < PATIENCE


def _settled(delivery: Delivery, words: str, by: User, now: datetime) -> bool:
    Handling.objects.create(act=Handling.Act.SETTLED, by=by, at=now, delivery=delivery, note=words)
    return True


def _record(act: str, by: User, now: datetime, subscriber: Subscriber | None, note: str = "") -> None:
    Handling.objects.create(act=act, by=by, at=now, subscriber=subscriber, note=without_addresses(note)[:300])
