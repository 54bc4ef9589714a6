"""A test: a mail as somebody at the desk sees it, to their own address and nobody else's, by the same way as all."""

from datetime import datetime, timedelta

from django.db import transaction

from accounts.models import User
from alerts.mails.lines import line
from alerts.mails.words import Words
from alerts.models import Delivery, Lane, Letter, Notice

MOST = 10
WITHIN = timedelta(hours=1)


class TooManyTests(Exception):
    """Somebody had so many tests lately that another would look like an attack on their mailbox."""


@transaction.atomic
def send(words: Words, *, to: User, now: datetime) -> Delivery:
    """Put it into the outbox, in the lane of those who wait at a screen; raises TooManyTests."""
    User.objects.select_for_update().get(pk=to.pk)  # two at once are counted one after the other
    mine = Notice.objects.filter(key__startswith=f"test:{to.pk}:")
    if mine.filter(made_at__gt=now - WITHIN).count() >= MOST:
        raise TooManyTests
    notice = Notice.objects.create(
        key=f"test:{to.pk}:{now.isoformat()}",
        kind=Notice.Kind.STAFF,
        lane=Lane.FAST,
        made_at=now,
        as_of=now,
        fanned_out_at=now,
        eligible=1,
    )
    subject, text, html = words
    letter = Letter.objects.create(
        notice=notice,
        variant="test",
        subject=line(f"Test: {subject}"),
        text=text,
        html=html,
        rendered_at=now,
    )
    return Delivery.objects.create(
        notice=notice, letter=letter, user=to, lane=Lane.FAST, made_at=now, next_try_at=now
    )
