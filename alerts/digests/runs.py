"""Makes the notices of digests: each when it is due, and those that were missed afterwards, the oldest first."""

from datetime import datetime, timedelta

from django.db import transaction

from alerts.digests.due import CATCH_UP, FREQUENCIES, Due, due
from alerts.models.digest_marks import DigestMark
from alerts.models.notices import Notice
from alerts.models.subscriptions import Frequency

#: How long after its hour a digest is made: what was published at that hour may be committed a little later.
SETTLING = timedelta(seconds=30)


def make_due(now: datetime) -> int:
    """Make every digest that is due and has readers; how many. Any number of workers may do so at once."""
    return sum(_make(frequency, now) for frequency in FREQUENCIES)


def _make(frequency: Frequency, now: datetime) -> int:
    until = now - SETTLING
    mark, is_new = DigestMark.objects.get_or_create(frequency=frequency, defaults={"until": until})
    if is_new or not _missing(mark, now):
        return 0
    with transaction.atomic():
        mark = DigestMark.objects.select_for_update().get(frequency=frequency)
        wanted = [one for one in _missing(mark, now) if one.readers(now).exists()]
        # The key is unique for ever: a mark that was put back makes none a second time.
        Notice.objects.bulk_create([one.notice(now) for one in wanted], ignore_conflicts=True)
        DigestMark.objects.filter(frequency=frequency, until__lt=until).update(until=until)
    return len(wanted)


def _missing(mark: DigestMark, now: datetime) -> list[Due]:
    return due(Frequency(mark.frequency), after=max(mark.until, now - CATCH_UP), until=now - SETTLING)
