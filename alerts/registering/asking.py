"""Asking: takes in what somebody typed, and owes one mail to the address. It looks at no subscriber.

So a known address costs the same work as an unknown one, and gets the same answer.
"""

from datetime import datetime

from django.db import transaction

from alerts.hashes import address_hash
from alerts.models.deliveries import Delivery
from alerts.models.notices import Lane, Letter, Notice
from alerts.models.registrations import Registration
from alerts.registering import limits

#: Of each purpose, the letter that answers it.
LETTERS = {Registration.Purpose.REGISTER: "confirm", Registration.Purpose.MANAGE: "manage"}


def ask(asked: Registration, *, now: datetime) -> None:
    """Store the registration and owe its mail; do neither where the address has had its share of them.

    Raises TooManyError when the network has.
    """
    asked.requested_at, asked.address_hash = now, address_hash(asked.address)
    with transaction.atomic():
        limits.wait_for_turn(asked.source_hash, asked.address_hash)
        limits.count(asked.source_hash, now)
        if limits.may_be_written_to(asked, now):
            asked.save(force_insert=True)
            _owe(asked, now)


def _owe(asked: Registration, now: datetime) -> None:
    notice = Notice.objects.create(
        key=f"registration:{asked.pk}",
        kind=Notice.Kind.SERVICE,
        lane=Lane.FAST,
        registration=asked,
        made_at=now,
        as_of=now,
        eligible=1,
        fanned_out_at=now,
    )
    letter = Letter.objects.create(notice=notice, variant=LETTERS[Registration.Purpose(asked.purpose)])
    Delivery.objects.create(
        notice=notice, letter=letter, registration=asked, lane=Lane.FAST, made_at=now, next_try_at=now
    )
