"""What becomes of a mail that must not be begun: it is ended with its reason, or waits for what holds it."""

from datetime import datetime, timedelta

from django.db import transaction

from alerts.models.deliveries import CORRECTING, LEFT, REMOVED, SUPERSEDED, WITHHELD, Delivery, State
from alerts.models.notices import Notice
from alerts.models.stops import Stop
from alerts.models.subscribers import Subscriber
from alerts.models.suppressions import Suppression
from alerts.sending import claims
from alerts.sending.overtaken import overtaken
from alerts.sending.rewriting import rewrite
from alerts.sending.stamping import hash_of
from alerts.telling.carrying import carry
from articles.models.editions import Edition

CALLED_OFF, PAUSING, GONE = "called off", "pausing", "no longer on the staff"
ADDRESS, EMPTY = "the address gets no mail", "nothing is left to tell"

#: How long a mail that a stop holds waits before it is looked at again.
_HELD = timedelta(seconds=15)


def set_aside(delivery: Delivery, now: datetime, *, is_empty: bool = False) -> None:
    """End a mail that `begin` would not begin, for the reason of the moment; or put it off where there is none."""
    with transaction.atomic():
        if not Delivery.objects.filter(pk=delivery.pk).exists():
            return  # forgotten meanwhile, with the registration it answered
        _refresh(delivery)
        state, reason = _why(delivery, now)
        if state is State.READY and is_empty and not _is_early(delivery, now):
            claims.end(delivery, State.CANCELLED, EMPTY, now)
        elif state is State.READY:
            claims.put_off(delivery, now + _HELD)
        elif reason in (SUPERSEDED, REMOVED, WITHHELD) and delivery.notice.kind == Notice.Kind.DIGEST:
            rewrite(delivery.letter, now)
        elif claims.end(delivery, state, reason, now) and reason in (SUPERSEDED, REMOVED):
            # Whoever waited for this story may be owed it as it is now.
            carry(delivery, now)


def _refresh(delivery: Delivery) -> None:
    """The recipient and the notice as they are now; what we know of our own claim stays.

    The subscriber is locked, before any delivery is, as everybody does (`alerts.leaving`).
    """
    if delivery.subscriber is not None:
        locked = Subscriber.objects.select_for_update(no_key=True)
        delivery.subscriber.refresh_from_db(from_queryset=locked)
    for one in (delivery.user, delivery.notice):
        if one is not None:
            one.refresh_from_db()


def _why(delivery: Delivery, now: datetime) -> tuple[State, str]:
    """`ready` means that nothing is against it but a stop, or a claim that is over."""
    subscriber, user = delivery.subscriber, delivery.user
    if delivery.notice.cancelled_at is not None:
        return State.CANCELLED, CALLED_OFF
    if subscriber is not None and subscriber.ended_at is not None:
        return State.CANCELLED, LEFT
    if user is not None and not user.is_active:
        return State.CANCELLED, GONE
    if reason := _of_editions(delivery, now):
        return State.CANCELLED, reason
    if Suppression.objects.of_mail().filter(address_hash=hash_of(delivery)).exists():
        return State.SUPPRESSED, ADDRESS
    if Stop.objects.holding(delivery.lane).exists():
        return State.READY, ""
    is_pausing = (
        subscriber is not None and subscriber.paused_until is not None and subscriber.paused_until > now
    )
    if is_pausing and delivery.letter.variant not in CORRECTING:
        return State.CANCELLED, PAUSING
    return State.READY, ""


def _is_early(delivery: Delivery, now: datetime) -> bool:
    """Whether it tells of an edition that began by a clock ahead of ours: that is news in a moment."""
    return Edition.objects.filter(letter_rows__letter=delivery.letter_id, published_at__gt=now).exists()


def _of_editions(delivery: Delivery, now: datetime) -> str:
    for edition in overtaken(delivery.letter, now).exclude(published_at__gt=now):
        if edition.superseded_at > now:
            return WITHHELD
        newest = Edition.objects.current(now).filter(story_id=edition.story_id).first()
        return REMOVED if newest is None or newest.is_removal else SUPERSEDED
    return ""
