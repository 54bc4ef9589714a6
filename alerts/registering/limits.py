"""How often somebody may be written to, and how often one network may ask, whoever else asks at the same moment.

Counted in the database, under a lock a network and a lock an address, so that two requests at once are two.
"""

from datetime import datetime, timedelta

from django.db import connection

from alerts.models.attempts import Attempt
from alerts.models.registrations import Registration

#: Mails to one address, for each purpose. One that was confirmed does not count for the day: its owner may well come
#: back within it to follow something more, and whoever wants to flood a mailbox cannot confirm.
A_DAY = 1, timedelta(hours=24)
A_WEEK = 3, timedelta(days=7)

#: Requests from one network.
AN_HOUR = 20, timedelta(hours=1)


class TooManyError(Exception):
    """This network has asked too often."""


def wait_for_turn(*hashes: str) -> None:
    """Hold these to oneself until the transaction ends. On SQLite, whoever writes is alone already."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for one in sorted(hashes):  # in one order, so that no two wait for each other
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(one[:15], 16)])


def count(source_hash: str, now: datetime) -> None:
    """Count one more request from this network; raise TooManyError where it has had its share."""
    most, span = AN_HOUR
    attempts = Attempt.objects.from_source(source_hash)
    if attempts.since(now - span).count() >= most:
        raise TooManyError
    Attempt.objects.create(source_hash=source_hash, at=now)


def may_be_written_to(asked: Registration, now: datetime) -> bool:
    """Whether the address has not had its share of mails for this purpose."""
    lately = Registration.objects.of_address(asked.address_hash).filter(purpose=asked.purpose)
    asks = lately.since(now - A_WEEK[1]).values_list("requested_at", "confirmed_at")
    today = [moment for moment, confirmed in asks if moment > now - A_DAY[1] and confirmed is None]
    return len(asks) < A_WEEK[0] and len(today) < A_DAY[0]


def forget_old(now: datetime) -> None:
    """What is older counts no more."""
    Attempt.objects.old(now).delete()
